"""The choices of a case as two packed numbers, and their counts by NumPy.

Fifty thousand matches cost about two milliseconds. A choice of a facet narrows the counts of the
others and not of its own, as people expect of boxes to tick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from laurels.library.enums import CitySize, GlobalGoal, HonourKind, Stage
from laurels.library.regions import COUNTRIES, REGION_OF
from laurels.library.search.words import base

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from typing import Any

    Numbers = np.ndarray[Any, np.dtype[np.int64]]

MOST_THEMES = 63  # bits of a bigint without its sign
OUTCOMES = (*HonourKind.values, *Stage.values)
HONOURS_COUNT = len(HonourKind.values)
SIZES = tuple(CitySize.values)
# Languages that a case may be read in, as a facet; in others it is found by words alone.
LANGUAGES = (
    *("en", "zh", "es", "fr", "ar", "ru"),  # those of the site
    *("pt", "de", "it", "ja", "ko", "tr", "id", "hi", "fa"),
)
FIRST_YEAR = 1900
POPULATIONS = (500_000, 1_000_000, 5_000_000, 10_000_000)  # where the next size begins
LETTERS = 27  # of a code, nothing being one
COUNTRY_LETTERS = 2


class Span(NamedTuple):
    """Where a facet stands in `codes`: its first bit and how many it has."""

    first: int
    width: int

    @property
    def mask(self) -> int:
        return (1 << self.width) - 1


COUNTRY, EDITION, SIZE = Span(0, 10), Span(10, 9), Span(19, 3)
LANGUAGE, OUTCOME = Span(22, len(LANGUAGES)), Span(37, len(OUTCOMES))
GOAL = Span(37 + len(OUTCOMES), len(GlobalGoal))
SPANS = {"country": COUNTRY, "edition": EDITION, "size": SIZE}
BITS_OF_BYTE = np.arange(256)[:, np.newaxis] >> np.arange(8) & 1
BITS = {"language": LANGUAGE, "outcome": OUTCOME, "goal": GOAL}


class Packed(NamedTuple):
    """`bits` has one for each theme; `codes` everything else. Both fit a PostgreSQL bigint."""

    bits: int
    codes: int


class Traits(NamedTuple):
    """What a case is found by beside its words."""

    themes: tuple[int, ...]  # their bits
    goals: tuple[int, ...]
    country_code: str
    year: int
    population: int | None
    languages: tuple[str, ...]  # in which it can be read: "fr", "zh-hans"
    outcomes: tuple[str, ...]


def pack(traits: Traits) -> Packed:
    """Return a case's traits as numbers; ValueError where one does not fit."""
    size = size_of(traits.population)
    codes = (
        _fit(country_number(traits.country_code), COUNTRY)
        | _fit(traits.year - FIRST_YEAR, EDITION)
        | _fit(SIZES.index(size) + 1 if size else 0, SIZE)
        | _fit(_language_bits(traits.languages), LANGUAGE)
        | _fit(_bits(OUTCOMES.index(outcome) for outcome in traits.outcomes), OUTCOME)
        | _fit(_bits(goal - 1 for goal in traits.goals), GOAL)
    )
    return Packed(_bits(traits.themes), codes)


def size_of(population: int | None) -> CitySize | None:
    """Return the class of a city's size; None where its population is not recorded."""
    if population is None:
        return None
    return CitySize(SIZES[sum(population >= least for least in POPULATIONS)])


def _language_bits(codes: Iterable[str]) -> int:
    return _bits(LANGUAGES.index(base(code)) for code in codes if base(code) in LANGUAGES)


def country_number(code: str) -> int:
    """Return a number for two capital letters, 0 for anything else."""
    digits = [ord(letter) - ord("A") + 1 for letter in code]
    if len(digits) != COUNTRY_LETTERS or not all(0 < digit < LETTERS for digit in digits):
        return 0
    return digits[0] * LETTERS + digits[1]


def country_code(number: int) -> str:
    """Return the two letters of a number, "" for 0."""
    return "".join(chr(ord("A") + digit - 1) for digit in divmod(number, LETTERS) if digit)


def numbers_of(facet: str, values: Iterable[str]) -> list[int]:
    """Return a facet's choices, as an address writes them, as the numbers packed for them.

    Themes are numbered by the database and not known here; a region is chosen by its countries.
    """
    if facet == "region":
        return [country_number(code) for value in values for code in COUNTRIES[value].split()]  # type: ignore[index] # a value is its member
    return [_number(facet, value) for value in values]


def _number(facet: str, value: str) -> int:
    match facet:
        case "country":
            return country_number(value)
        case "language":
            return LANGUAGES.index(value)
        case "edition":
            return int(value) - FIRST_YEAR
        case "size":
            return SIZES.index(value) + 1
        case "goal":
            return int(value) - 1
        case _:
            return OUTCOMES.index(value)


def value_of(facet: str, number: int) -> str:
    """Return what an address writes for a packed number; "" where nothing is recorded."""
    match facet:
        case "country":
            return country_code(number)
        case "language":
            return LANGUAGES[number]
        case "edition":
            return str(number + FIRST_YEAR)
        case "size":
            return SIZES[number - 1] if number else ""
        case "goal":
            return str(number + 1)
        case _:
            return OUTCOMES[number]


class Chosen:
    """Choices as numbers: what they let through, in SQL and in NumPy."""

    def __init__(self, numbers: Mapping[str, Collection[int]], told_years: Collection[int]) -> None:
        self.numbers = dict(numbers)
        self.told = sorted(year - FIRST_YEAR for year in told_years)

    def conditions(self, table: str) -> str:
        """Return `and`-ed conditions for a statement: nothing but numbers of ours is in them."""
        return "".join(f" and {self._condition(facet, table)}" for facet in self.numbers)

    def _condition(self, facet: str, table: str) -> str:
        numbers = self.numbers[facet]
        if facet == "theme":
            return f"({table}.bits & {_bits(numbers)}) <> 0"
        if facet == "outcome":
            return self._outcome_condition(table)
        if facet in BITS:
            return f"({table}.codes & {_bits(numbers) << BITS[facet].first}) <> 0"
        span = COUNTRY if facet == "region" else SPANS[facet]
        listed = ",".join(map(str, sorted(numbers))) or "-1"
        return f"(({table}.codes >> {span.first}) & {span.mask}) in ({listed})"

    def _outcome_condition(self, table: str) -> str:
        """Honours of editions that are not told count for nobody."""
        wanted = _bits(self.numbers["outcome"])
        stages = (wanted >> HONOURS_COUNT << HONOURS_COUNT) << OUTCOME.first
        honours = (wanted & ((1 << HONOURS_COUNT) - 1)) << OUTCOME.first
        told = ",".join(map(str, self.told)) or "-1"
        year = f"({table}.codes >> {EDITION.first}) & {EDITION.mask}"
        return (
            f"(({table}.codes & {stages}) <> 0"
            f" or (({table}.codes & {honours}) <> 0 and ({year}) in ({told})))"
        )

    def counted(self, bits: Numbers, codes: Numbers) -> Counts:
        """Return the counts of every facet for the rows that answer the words."""
        codes = self._without_untold(codes)
        masks = {facet: self._mask(facet, bits, codes) for facet in self.numbers}
        counts = {
            facet: _count(facet, bits, codes, _passing(masks, facet))
            for facet in ("theme", "region", *SPANS, *BITS)
        }
        whole = _passing(masks, "")
        return Counts(len(bits) if whole is None else int(whole.sum()), counts)

    def _without_untold(self, codes: Numbers) -> Numbers:
        years = (codes >> EDITION.first) & EDITION.mask
        untold = ~_among(years, self.told, EDITION)
        if not untold.any():
            return codes
        honours = ((1 << HONOURS_COUNT) - 1) << OUTCOME.first
        return np.where(untold, codes & ~np.int64(honours), codes)

    def _mask(self, facet: str, bits: Numbers, codes: Numbers) -> Any:
        numbers = self.numbers[facet]
        if facet == "theme":
            return (bits & np.int64(_bits(numbers))) != 0
        if facet in BITS:
            return (codes & np.int64(_bits(numbers) << BITS[facet].first)) != 0
        span = COUNTRY if facet == "region" else SPANS[facet]
        return _among((codes >> span.first) & span.mask, numbers, span)


class Counts(NamedTuple):
    """How many rows pass every choice, and how many there are of each number of each facet."""

    total: int
    of: dict[str, dict[int, int]]


def _among(numbers: Numbers, wanted: Collection[int], span: Span) -> Any:
    is_wanted = np.zeros(span.mask + 1, bool)
    is_wanted[[number for number in wanted if 0 <= number <= span.mask]] = True
    return is_wanted[numbers]


def _passing(masks: Mapping[str, Any], but: str) -> Any:
    whole = None
    for facet, mask in masks.items():
        if facet != but:
            whole = mask if whole is None else whole & mask
    return whole


def _count(facet: str, bits: Numbers, codes: Numbers, passing: Any) -> dict[int, int]:
    if facet == "theme":
        return _count_bits(bits if passing is None else bits[passing], MOST_THEMES)
    kept = codes if passing is None else codes[passing]
    if facet in BITS:
        span = BITS[facet]
        return _count_bits((kept >> span.first) & span.mask, span.width)
    span = COUNTRY if facet == "region" else SPANS[facet]
    counted = np.bincount((kept >> span.first) & span.mask)
    return {int(number): int(counted[number]) for number in np.flatnonzero(counted)}


def _count_bits(numbers: Numbers, width: int) -> dict[int, int]:
    if not len(numbers):
        return {}
    # How often each byte stands in a place tells how often each bit does.
    as_bytes = np.ascontiguousarray(numbers, dtype="<i8").view(np.uint8).reshape(-1, 8)
    each = np.concatenate(
        [
            np.bincount(as_bytes[:, place], minlength=256) @ BITS_OF_BYTE
            for place in range((width + 7) // 8)
        ]
    )
    return {int(at): int(each[at]) for at in np.flatnonzero(each)}


def by_region(countries: Mapping[int, int]) -> dict[str, int]:
    """Return the counts of regions from those of countries."""
    found: dict[str, int] = {}
    for number, count in countries.items():
        region = REGION_OF.get(country_code(number)) if number else None
        if region:
            found[region.value] = found.get(region.value, 0) + count
    return found


def _bits(numbers: Iterable[int]) -> int:
    found = 0
    for number in numbers:
        found |= 1 << number
    return found


def _fit(number: int, span: Span) -> int:
    if not 0 <= number <= span.mask:
        raise ValueError(f"{number} does not fit {span.width} bits")
    return number << span.first
