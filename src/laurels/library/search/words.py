"""One analyser for all scripts, used for what is found and for what is asked alike.

A text becomes *lexemes*. Words are folded (NFKC, case, accents, the Cyrillic yo, Arabic vowel signs
and letter forms) and stemmed by Snowball in the language of the text. Han, kana and hangul have
no spaces to go by or write endings on to words, so that runs of them become overlapping pairs, Han
in simplified characters. Nothing here asks a database.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import cache
from typing import NamedTuple

import Stemmer
from opencc import OpenCC

LONGEST_WORD = 60  # characters; PostgreSQL refuses a lexeme of more than 2 kB
IN_PAIRS = "\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
# Signs that stand on or within a letter and split no word; of India and its neighbours, of Thai.
MARKS = (
    "\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0981-\u0dff\u0e31-\u0e3a\u0e47-\u0e4e\u102b-\u103e"
)
RUN = re.compile(rf"[{IN_PAIRS}]+|(?:[^\W_{IN_PAIRS}]|[{MARKS}])+")
PAIRED = re.compile(rf"[{IN_PAIRS}]")
# Arabic vowel signs, tatweel, and the signs that only steer the direction or the joining.
UNSEEN = re.compile(
    "[\u00ad\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u2060-\u2064\ufeff]"
)
LETTERS = str.maketrans(
    {
        "ё": "е", "đ": "d", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th",
        "ħ": "h", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و",
        "ة": "ه", "ک": "ك", "ء": None,
    }
)  # fmt: skip
SHORT_I = "й"  # a letter of its own, which a decomposition would make an "и"
ANY_LANGUAGE = ""
MOST_KNOWN = 300_000  # written words of a language that are kept at hand
FIRST_PAIRED = IN_PAIRS[0]
SNOWBALL = {
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "pt": "portuguese",
    "ru": "russian",
    "ar": "arabic",
}
# Languages that a word of a script may be in when it is asked for.
LANGUAGES_OF = {"latin": ("en", "es", "fr"), "cyrillic": ("ru",), "arabic": ("ar",), "other": ()}
STOP_WORDS = {
    "en": "a about after all also an and any are as at be been before both but by can do each for"
    " from had has have how if in into is it its more most no not of on one only or other our out"
    " over s same so some such than that the their them then there these they this through to up"
    " was we were what when where which while who will with within without would you your",
    "es": "a al como con de del e el en entre es esta este ha la las lo los más muy no o para pero"
    " por que se sin sobre su sus también un una y",
    "fr": "a au aux avec ce ces d dans de des du elle en est et il l la le les leur ne on ou par"
    " pas pour qu que qui sa se ses son sur un une",
    "ru": "а был была были быть в во все для до его за и из или их к как на не"
    " но о об от по при с со то у что чтобы это",
    "ar": "في من على الي عن ان او هذا هذه التي الذي مع ما لا كل قد و",
}
SCRIPTS = {
    "latin": ((0x0, 0x250), (0x1E00, 0x1F00)),
    "cyrillic": ((0x400, 0x530),),
    "arabic": ((0x600, 0x780),),
}
HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000))


class Word(NamedTuple):
    """A written form, folded, and what it is found by."""

    form: str
    lexeme: str


class _Stemmers(threading.local):
    """Snowball's stemmers keep their state, so that each thread has its own."""

    def __init__(self) -> None:
        self.of = {code: Stemmer.Stemmer(name, 0) for code, name in SNOWBALL.items()}


_stemmers = _Stemmers()


@cache
def simplified() -> dict[int, str]:
    """Return OpenCC's table of single traditional characters as one for `str.translate`."""
    every = [chr(code) for first, end in HAN for code in range(first, end)]
    turned = OpenCC("t2s").convert("\n".join(every)).split("\n")
    return {ord(one): other for one, other in zip(every, turned, strict=True) if one != other}


def seen(text: str) -> str:
    """Return the text composed, without signs that nobody sees or that split no word."""
    return text if text.isascii() else UNSEEN.sub("", unicodedata.normalize("NFKC", text))


def runs(text: str) -> list[str]:
    """Return words and runs of pairs as they are written, in their order."""
    return RUN.findall(seen(text))


def is_paired(run: str) -> bool:
    return PAIRED.match(run) is not None


def pairs(run: str) -> list[str]:
    """Return 海綿城市 as 海绵, 绵城, 城市; a character that stands alone as itself."""
    plain = run.translate(simplified())
    return [plain] if len(plain) == 1 else [plain[at : at + 2] for at in range(len(plain) - 1)]


def fold(word: str) -> str:
    """Return a word in small letters without accents: "Bogotá", "BOGOTA" become "bogota"."""
    small = unicodedata.normalize("NFKC", word).casefold()
    if small.isascii():
        return small
    bare = unicodedata.normalize("NFD", small.replace(SHORT_I, "\ue000"))
    kept = "".join(char for char in bare if not _is_accent(char)).replace("\ue000", SHORT_I)
    return unicodedata.normalize("NFC", kept).translate(LETTERS)


def _is_accent(char: str) -> bool:
    # The vowel signs of India and Thailand are letters of their words.
    return unicodedata.category(char) == "Mn" and not "\u0900" <= char < "\u1100"


def script(word: str) -> str:
    """Return `latin`, `cyrillic`, `arabic` or `other` by the first letter of a folded word."""
    code = ord(word[0])
    for name, spans in SCRIPTS.items():
        if any(first <= code < end for first, end in spans):
            return name
    return "other"


STOPS = {
    language: frozenset(fold(word) for word in words.split())
    for language, words in STOP_WORDS.items()
}
EVERY_STOP = frozenset[str]().union(*STOPS.values())


def analysed(written: str, language: str) -> Word:
    """Return a word's form and lexeme; it keeps its ending in ANY_LANGUAGE, as names do.

    A word of a script that its text's language is not written in is stemmed as one of the first
    language of that script.
    """
    form = fold(written[:LONGEST_WORD])
    if language == ANY_LANGUAGE or not form or not form.isalpha():
        return Word(form, form)
    languages = LANGUAGES_OF[script(form)]
    if language not in languages and (language not in SNOWBALL or script(form) != "latin"):
        if not languages:
            return Word(form, form)
        language = languages[0]
    # The stemmer sees the accents (Spanish -ación); its answer is folded.
    small = unicodedata.normalize("NFKC", written[:LONGEST_WORD]).casefold()
    return Word(form, fold(_stemmers.of[language].stemWord(small)) or form)


class _Known(dict[str, Word | None]):
    """Words of one language as they are written; None for its stop words. Kept within bounds."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.stops = STOPS.get(language, frozenset())

    def __missing__(self, written: str) -> Word | None:
        if len(self) > MOST_KNOWN:
            self.clear()
        word = analysed(written, self.language)
        found = word if word.lexeme and word.form not in self.stops else None
        self[written] = found
        return found


@cache
def _known(language: str) -> _Known:
    return _Known(language)


def lexemes(text: str, language: str, forms: set[Word] | None = None) -> list[str]:
    """Return a text's lexemes in order, without the stop words of its language.

    `forms` collects the written forms, for spelling.
    """
    known = _known(language)
    found: list[str] = []
    for run in runs(text):
        if run[0] >= FIRST_PAIRED and is_paired(run):
            found += pairs(run)
            continue
        word = known[run]
        if word is not None:
            found.append(word.lexeme)
            if forms is not None:
                forms.add(word)
    return found


def guesses(written: str) -> list[str]:
    """Return every lexeme that a word of an unknown language may have: first its plain form."""
    form = fold(written[:LONGEST_WORD])
    if not form:
        return []
    stems = [analysed(written, language).lexeme for language in LANGUAGES_OF[script(form)]]
    return list(dict.fromkeys([form, *stems]))


def base(code: str) -> str:
    """Return the language of a locale: "zh-hans" is "zh"."""
    return code.partition("-")[0].lower()
