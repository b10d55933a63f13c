"""What of an initiative is found: its texts and traits, and the vectors made of them."""

from __future__ import annotations

import math
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils.translation import to_locale

from laurels.library.search.facets import Packed, Traits, pack
from laurels.library.search.words import ANY_LANGUAGE, Word, base, fold, lexemes

if TYPE_CHECKING:
    from collections.abc import Mapping

BEST_WORDS = 48  # of the body, kept for the order
OFTEN = 5  # times: such a word counts like one of the summary
RAREST = 12.0  # weight of a word that no other case holds


class Telling(NamedTuple):
    """The words of a case in one language; `language` is its code."""

    language: str
    title: str
    summary: str
    body: str


class Document(NamedTuple):
    """One public case as the index takes it; plain values, so that a process may be handed it."""

    pk: int
    tellings: tuple[Telling, ...]  # the original first, then its translations
    places: tuple[str, ...]  # the city's names and its country's, in every language of the site
    subjects: tuple[str, ...]  # names of its themes
    traits: Traits


class Analysed(NamedTuple):
    """A document's lexemes by where they stand, and its written forms."""

    title: list[str]
    places: list[str]
    summary: list[str]
    body: list[str]
    forms: set[Word]  # of title, places and summary
    body_forms: set[Word]

    @property
    def every(self) -> set[str]:
        return {*self.title, *self.places, *self.summary, *self.body}


class Row(NamedTuple):
    """A case as the two tables hold it; both vectors in PostgreSQL's own text."""

    pk: int
    packed: Packed
    year: int
    city: str
    country: str
    lexemes: str
    head: str


def analyse(document: Document) -> Analysed:
    forms: set[Word] = set()
    body_forms: set[Word] = set()
    places = [lexeme for name in document.places for lexeme in lexemes(name, ANY_LANGUAGE, forms)]
    places += lexemes(str(document.traits.year), ANY_LANGUAGE)
    title, summary, body = list[str](), list[str](), list[str]()
    for telling in document.tellings:
        language = base(telling.language)
        title += lexemes(telling.title, language, forms)
        summary += lexemes(telling.summary, language, forms)
        body += lexemes(telling.body, language, body_forms)
    # Themes are named in the award's own language, whatever the case is written in.
    for subject in document.subjects:
        summary += lexemes(subject, base(settings.LANGUAGE_CODE), forms)
    return Analysed(title, places, summary, body, forms, body_forms)


def row(document: Document, analysed: Analysed, rarity: Mapping[str, float]) -> Row:
    """Return the rows of a case; `rarity` says how much each lexeme tells (see `rarity_of`)."""
    return Row(
        pk=document.pk,
        packed=pack(document.traits),
        year=document.traits.year,
        city=fold(document.places[0]),
        country=fold(document.places[-1]),
        lexemes=" ".join(map(quoted, analysed.every)),
        head=head(analysed, rarity),
    )


def head(analysed: Analysed, rarity: Mapping[str, float]) -> str:
    """Return each lexeme that decides the order once, with the weight of where it stands."""
    often = Counter(analysed.body)
    best = sorted(
        often.items(), key=lambda item: (-item[1] * rarity.get(item[0], RAREST), item[0])
    )[:BEST_WORDS]
    weights = {lexeme: "C" if count >= OFTEN else "D" for lexeme, count in best}
    for part, weight in ((analysed.summary, "C"), (analysed.places, "B"), (analysed.title, "A")):
        weights.update(dict.fromkeys(part, weight))
    return " ".join(f"{quoted(lexeme)}:1{weight}" for lexeme, weight in weights.items())


def rarity_of(cases_count: int, all_count: int) -> float:
    """Return how much a lexeme tells that stands in `cases_count` of all cases."""
    return math.log(1 + all_count / (cases_count + 1))


def quoted(lexeme: str) -> str:
    """Return a lexeme as PostgreSQL's vectors and queries take it."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


@cache
def country_names(code: str) -> tuple[str, ...]:
    """Return a country's names in the languages of the site, as Unicode's CLDR gives them."""
    names = []
    for language, _name in settings.LANGUAGES:
        try:
            names.append(Locale.parse(to_locale(language)).territories.get(code))
        except (ValueError, UnknownLocaleError):
            continue
    return tuple(dict.fromkeys(name for name in names if name))
