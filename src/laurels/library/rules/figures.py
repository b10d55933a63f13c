"""Which of a city's basic data cannot be right. They are said to be odd and never corrected."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from laurels.library.enums import BasicDataKind

if TYPE_CHECKING:
    from collections.abc import Mapping

GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
SPACES = re.compile(r"[\s\u00a0\u202f\u2009']+")
WORDS = {"thousand": 1e3, "million": 1e6, "billion": 1e9}

# Given and reckoned density may differ by a quarter: boundaries and years differ that much.
NARROWEST, WIDEST = 0.8, 1.25
# Sq. km. Chongqing, the largest municipality of the award, has 82,000.
LARGEST_AREA = 100_000
# Percent a year. The fastest growing cities of the world grow by 5 to 7.
FASTEST_GROWTH = 20
LARGEST_GINI = 100
THIN_SPACE = "\u202f"


def read_number(text: str) -> float | None:
    """Return the number that a text holds, None where it is none or could be read in two ways.

    "4,800,000", "4 800 000", "4.8 million" and "12 %" are numbers. "1.638" is read as it
    stands, although a hand may have meant 1,638.
    """
    bare = text.strip().removesuffix("%").strip().lower()
    factor = 1.0
    for word, times in WORDS.items():
        if bare.endswith(word):
            bare, factor = bare.removesuffix(word).strip(), times
    bare = SPACES.sub("", bare)
    if GROUPED.fullmatch(bare):
        bare = bare.replace(",", "")
    return float(bare) * factor if PLAIN.fullmatch(bare) else None


def odd_figures(values: Mapping[str, str], *, population: int | None = None) -> dict[str, str]:
    """Return a sentence for each figure that cannot be right, by its `BasicDataKind`.

    `values` are the basic data as given; `population` is the one known otherwise, for a city
    that gave none.
    """
    numbers = {kind: read_number(value) for kind, value in values.items()}
    people = numbers.get(BasicDataKind.POPULATION) or population
    said = {
        BasicDataKind.DENSITY: _density(
            numbers.get(BasicDataKind.DENSITY), people, numbers.get(BasicDataKind.AREA)
        ),
        BasicDataKind.GROWTH: _growth(numbers.get(BasicDataKind.GROWTH)),
        BasicDataKind.GINI: _gini(numbers.get(BasicDataKind.GINI)),
    }
    return {kind.value: text for kind, text in said.items() if text}


def _density(given: float | None, people: float | None, area: float | None) -> str:
    if not given or not people:
        return ""
    if area:
        reckoned = people / area
        if NARROWEST <= given / reckoned <= WIDEST:
            return ""
        return _("Kept as given. Population and area beside it give about %(number)s.") % {
            "number": _rounded(reckoned)
        }
    if people / given <= LARGEST_AREA:
        return ""
    return _(
        "Kept as given. With this population the city would cover %(number)s square kilometres."
    ) % {"number": _rounded(people / given)}


def _growth(given: float | None) -> str:
    if given is None or abs(given) <= FASTEST_GROWTH:
        return ""
    return _("Kept as given. No city is known to grow or shrink so fast in a year.")


def _gini(given: float | None) -> str:
    if given is None or 0 <= given <= LARGEST_GINI:
        return ""
    return _("Kept as given. The index runs from 0 to 1, or from 0 to 100.")


def _rounded(number: float) -> str:
    """Return three significant digits, grouped as ISO 80000-1 writes them."""
    return f"{float(f'{number:.3g}'):,.0f}".replace(",", THIN_SPACE)
