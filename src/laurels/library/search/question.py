"""What a visitor asks of the library, read from an address and written back to one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from urllib.parse import urlencode

from laurels.library.enums import CitySize, FindOrder, GlobalGoal, HonourKind, Region, Stage
from laurels.library.search.facets import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LONGEST_QUESTION = 300  # characters
MOST_CHOICES = 20  # of one facet
NUL = "\x00"  # PostgreSQL refuses it in any text
SHAPES = {
    "theme": re.compile(r"[-a-zA-Z0-9_]{1,50}"),
    "goal": re.compile(r"[1-9][0-9]?"),
    "region": re.compile(r"[a-z-]{1,20}"),
    "country": re.compile(r"[A-Z]{2}"),
    "edition": re.compile(r"[1-9][0-9]{3}"),
    "outcome": re.compile(r"[a-z_]{1,30}"),
    "size": re.compile(r"[a-z0-9-]{1,20}"),
    "language": re.compile(r"[a-z]{2,3}"),
}
FACETS = tuple(SHAPES)
ALIASES = {"goal": ("goal", "sdg")}
# Facets whose values are fixed; those of the others are in the database.
FIXED = {
    "goal": frozenset(str(goal.value) for goal in GlobalGoal),
    "region": frozenset(Region.values),
    "outcome": frozenset([*HonourKind.values, *Stage.values]),
    "size": frozenset(CitySize.values),
    "language": frozenset(LANGUAGES),
}


class Ignored(NamedTuple):
    """Something in an address that means nothing here and was left out."""

    field: str
    value: str


class LibraryQuestion(NamedTuple):
    """Words, choices and an order. Several choices of one facet mean "any of these".

    Choices are text as in the address (a goal is "11", an edition "2023"), each once and sorted,
    so that the same question always has the same address. `ignored` is what the address held and
    nothing can be asked by; it is no part of the address written back.
    """

    words: str = ""
    theme: tuple[str, ...] = ()
    goal: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    edition: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    size: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    sort: str = ""
    ignored: tuple[Ignored, ...] = ()

    @classmethod
    def read(cls, typed: Mapping[str, str]) -> LibraryQuestion:
        """Read `q`, `sort` and the facets of a query; a `QueryDict` may hold several of each."""
        ignored: list[Ignored] = []
        chosen = {facet: _choices(typed, facet, ignored) for facet in FACETS}
        sort = typed.get("sort", "")
        if sort and sort not in FindOrder.values:
            ignored.append(Ignored("sort", _shown(sort)))
            sort = ""
        words = " ".join(typed.get("q", "").replace(NUL, " ").split())[:LONGEST_QUESTION]
        return cls(words=words, **chosen, sort=sort, ignored=tuple(ignored))

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The choices by facet, facets without a choice left out."""
        values = {facet: getattr(self, facet) for facet in FACETS}
        return {facet: chosen for facet, chosen in values.items() if chosen}

    @property
    def query(self) -> str:
        """The question as the query of an address, always written in the same way."""
        return joined(self.parts)

    @property
    def parts(self) -> dict[str, str]:
        """The parts of `query` by field, in its order; empty where nothing is asked."""
        chosen = {facet: written(facet, getattr(self, facet)) for facet in FACETS}
        return {"q": written("q", [self.words]), **chosen, "sort": written("sort", [self.sort])}

    @property
    def order(self) -> FindOrder:
        """The order asked for; by itself the best match for words, the newest otherwise."""
        if self.sort and (self.words or self.sort != FindOrder.BEST):
            return FindOrder(self.sort)
        return FindOrder.BEST if self.words else FindOrder.NEWEST

    def with_choice(self, facet: str, value: str) -> Self:
        return self.with_only(facet, sorted({*getattr(self, facet), value}))

    def without(self, facet: str, value: str = "") -> Self:
        """Return the question without one choice, or without any choice of the facet."""
        rest = [chosen for chosen in getattr(self, facet) if value and chosen != value]
        return self.with_only(facet, rest)

    def with_only(self, facet: str, values: Iterable[str]) -> Self:
        chosen: dict[str, Any] = {facet: tuple(values)}
        return self._replace(**chosen)

    def without_choices(self) -> Self:
        none: dict[str, Any] = dict.fromkeys(FACETS, ())
        return self._replace(**none)


def written(field: str, values: Iterable[str]) -> str:
    return urlencode([(field, value) for value in values if value])


def joined(parts: Mapping[str, str]) -> str:
    return "&".join(filter(None, parts.values()))


def _choices(typed: Mapping[str, str], facet: str, ignored: list[Ignored]) -> tuple[str, ...]:
    found = set()
    for value in _all(typed, ALIASES.get(facet, (facet,))):
        if SHAPES[facet].fullmatch(value) and value in FIXED.get(facet, {value}):
            found.add(value)
        else:
            ignored.append(Ignored(facet, _shown(value)))
    return tuple(sorted(found, key=lambda value: (len(value), value))[:MOST_CHOICES])


def _all(typed: Mapping[str, str], names: Iterable[str]) -> Iterable[str]:
    for name in names:
        several = getattr(typed, "getlist", None)
        values = several(name) if several else [typed.get(name, "")]
        yield from (value for value in values if value)


def _shown(value: str) -> str:
    return "".join(char for char in value if char.isprintable())[:40]
