"""What can be chosen: the values of every facet, with names and counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from babel import Locale, UnknownLocaleError
from django.apps import apps
from django.utils.translation import get_language, to_locale

from laurels.editions.models import Edition
from laurels.library.enums import CitySize, GlobalGoal, HonourKind, Region, Stage
from laurels.library.search.facets import by_region, numbers_of, value_of
from laurels.library.search.question import FACETS, FIXED, Ignored
from laurels.library.search.tables import SearchTheme

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from laurels.library.search.facets import Counts
    from laurels.library.search.question import LibraryQuestion

LABELS: dict[str, dict[str, Any]] = {
    "goal": {str(goal.value): goal.label for goal in GlobalGoal},
    "region": dict(Region.choices),
    "outcome": dict([*HonourKind.choices, *Stage.choices]),
    "size": dict(CitySize.choices),
}


@dataclass(frozen=True)
class Choice:
    """One value of a facet; `query` is the address that chooses it, or gives it up again."""

    value: str
    label: str
    count: int
    is_chosen: bool
    query: str


@dataclass(frozen=True)
class Catalogue:
    """The values that the database gives its facets, and the names of all."""

    themes: Mapping[str, int]  # bits by slug
    labels: Mapping[str, Mapping[str, Any]]
    told_years: frozenset[int]

    def known(self, asked: LibraryQuestion) -> tuple[LibraryQuestion, tuple[Ignored, ...]]:
        """Return the question without values that do not exist, and those."""
        unknown = [
            Ignored(facet, value)
            for facet, values in asked.chosen.items()
            for value in values
            if not self._is_known(facet, value)
        ]
        for facet, value in unknown:
            asked = asked.without(facet, value)
        return asked._replace(ignored=()), tuple(unknown)

    def _is_known(self, facet: str, value: str) -> bool:
        return facet in FIXED or bool(self.label(facet, value))

    def label(self, facet: str, value: str) -> str:
        if facet == "language":
            return _language_name(value)
        return str(self.labels[facet].get(value, ""))

    def numbers(self, asked: LibraryQuestion) -> dict[str, list[int]]:
        """Return the choices of a question as the numbers packed for them."""
        return {
            facet: [self.themes[slug] for slug in values]
            if facet == "theme"
            else numbers_of(facet, values)
            for facet, values in asked.chosen.items()
        }

    def choices(self, asked: LibraryQuestion, counts: Counts) -> dict[str, list[Choice]]:
        """Return, for each facet, the values with an answer and the chosen ones."""
        return {facet: self._choices(facet, asked, counts.of) for facet in FACETS}

    def _choices(
        self, facet: str, asked: LibraryQuestion, counts: Mapping[str, Mapping[int, int]]
    ) -> list[Choice]:
        chosen = getattr(asked, facet)
        by_value = self._by_value(facet, counts[facet])
        every = dict.fromkeys([*by_value, *chosen])
        found = [
            Choice(
                value,
                self.label(facet, value),
                by_value.get(value, 0),
                value in chosen,
                _toggled(asked, facet, value),
            )
            for value in every
            if self.label(facet, value)
        ]
        return sorted(found, key=lambda choice: _place(facet, choice))

    def _by_value(self, facet: str, counts: Mapping[int, int]) -> dict[str, int]:
        if facet == "region":
            return by_region(counts)
        if facet == "theme":
            slugs = {bit: slug for slug, bit in self.themes.items()}
            return {slugs[bit]: count for bit, count in counts.items() if bit in slugs}
        return {value_of(facet, number): count for number, count in counts.items()}


def catalogue(told: Collection[int]) -> Catalogue:
    """Read what can be chosen; `told` holds keys of editions."""
    rows = SearchTheme.objects.exclude(theme=None)
    themes = list(rows.values_list("theme__slug", "theme__name", "bit"))
    cities = apps.get_model("library", "City").objects.order_by("country")
    countries = cities.values_list("country_code", "country").distinct()
    years = dict(Edition.objects.values_list("pk", "year"))
    return Catalogue(
        themes={slug: bit for slug, _name, bit in themes},
        labels={
            **LABELS,
            "theme": {slug: name for slug, name, _bit in themes},
            "country": dict(countries),
            "edition": {str(year): str(year) for year in sorted(years.values(), reverse=True)},
        },
        told_years=frozenset(year for pk, year in years.items() if pk in told),
    )


def _toggled(asked: LibraryQuestion, facet: str, value: str) -> str:
    is_chosen = value in getattr(asked, facet)
    return (asked.without(facet, value) if is_chosen else asked.with_choice(facet, value)).query


def _place(facet: str, choice: Choice) -> tuple[Any, ...]:
    """Sort what has an order of its own by it, all else by the number of answers."""
    if facet == "edition":
        return (-int(choice.value),)
    if facet in {"goal", "outcome", "size"}:
        return (list(LABELS[facet]).index(choice.value),)
    return (-choice.count, choice.label)


def _language_name(code: str) -> str:
    try:
        here = Locale.parse(to_locale(get_language() or "en"))
    except (ValueError, UnknownLocaleError):
        here = Locale("en")
    return str(here.languages.get(code) or "")
