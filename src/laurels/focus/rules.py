"""How a FOCUS article is announced, read and signed. Pure: values in, values out."""

from __future__ import annotations

import unicodedata

from laurels.focus.models import LONGEST_TEASER

WORDS_A_MINUTE, CHARACTERS_A_MINUTE = 200, 400
ELLIPSIS = "\u2026"
JOINER = "\u200d"
# Scripts that are written without spaces between words: a cut may fall between any two of
# their characters. Thai to Khmer; CJK signs, kana and ideographs; full-width punctuation.
UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x2E80, 0x312F),
    (0x31A0, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF01, 0xFF0F),
    (0xFF1A, 0xFF20),
    (0xFF5B, 0xFF9F),
    (0x20000, 0x3FFFF),
)
LOOSE_ENDS = " ,;:-\u2013\u2014(\u3001\uff0c\uff1b\uff1a\uff08\u300c\u300a\u00b7"


def teaser(text: str, longest: int = LONGEST_TEASER) -> str:
    """Return the text in at most `longest` characters, white space folded.

    A longer text ends in an ellipsis after a whole word; in scripts without spaces, after a
    whole character with its marks. A first word that does not fit leaves the ellipsis alone.
    Raise ValueError where `longest` has no room for the ellipsis.
    """
    if longest < 1:
        message = f"A teaser of {longest} characters has no room for anything."
        raise ValueError(message)
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    cuts = range(longest - 1, 0, -1)
    cut = next((position for position in cuts if _may_cut(text, position)), 0)
    return text[:cut].rstrip(LOOSE_ENDS) + ELLIPSIS


def reading_minutes(text: str) -> int:
    """Return how long a text takes to read, in whole minutes, at least one; 0 for no text.

    Two hundred words a minute; in scripts without spaces, four hundred characters.
    """
    if not text.strip():
        return 0
    unspaced = sum(map(_is_unspaced, text))
    spaced = "".join(" " if _is_unspaced(letter) else letter for letter in text)
    minutes = len(spaced.split()) / WORDS_A_MINUTE + unspaced / CHARACTERS_A_MINUTE
    return max(1, round(minutes))


def _may_cut(text: str, position: int) -> bool:
    before, after = text[position - 1], text[position]
    if after == " ":
        return True
    if JOINER in (before, after) or unicodedata.category(after).startswith("M"):
        return False
    return _is_unspaced(before) or _is_unspaced(after)


def _is_unspaced(character: str) -> bool:
    code = ord(character)
    return any(first <= code <= last for first, last in UNSPACED)
