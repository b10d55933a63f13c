"""What can be chosen: the values of every facet, with names and counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language, gettext, to_locale

from laurels.foundation.countries import country_name
from laurels.library.enums import CitySize, GlobalGoal, HonourKind, Region, Stage
from laurels.library.search.facets import LANGUAGES, by_region, numbers_of, value_of
from laurels.library.search.question import FACETS, FIXED, Ignored, joined, written

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from laurels.library.search.facets import Counts
    from laurels.library.search.question import LibraryQuestion

# In one row: themes, names of countries, and editions.
CATALOGUE = """
    select coalesce((
            select json_agg(json_build_array(slug, name, bit) order by bit)
            from library_searchtheme s join library_theme t on t.id = s.theme_id
        ), '[]'),
        coalesce((
            select json_object_agg(country_code, country) from (
                select country_code, max(country) as country from library_city group by 1
            ) c
        ), '{}'),
        coalesce((select json_agg(json_build_array(id, year)) from editions_edition), '[]')
"""
LABELS: dict[str, dict[str, Any]] = {
    "goal": {str(goal.value): goal.label for goal in GlobalGoal},
    "region": dict(Region.choices),
    "outcome": dict([*HonourKind.choices, *Stage.choices]),
    "size": dict(CitySize.choices),
}


PLACES = {
    facet: {value: place for place, value in enumerate(LABELS[facet])}
    for facet in ("goal", "outcome", "size")
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
            return _language_names(get_language() or "en").get(value, "")
        label = str(self.labels[facet].get(value, ""))
        if facet == "country" and label:
            return country_name(value, label)
        # A theme of another award is in no catalogue, and keeps its own name.
        return gettext(label) if facet == "theme" and label else label

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
        parts = asked.parts
        found = [
            Choice(
                value,
                label,
                by_value.get(value, 0),
                value in chosen,
                joined({**parts, facet: written(facet, _toggled(chosen, value))}),
            )
            for value in every
            if (label := self.label(facet, value))
        ]
        return sorted(found, key=lambda choice: _place(facet, choice))

    def _by_value(self, facet: str, counts: Mapping[int, int]) -> dict[str, int]:
        if facet == "region":
            return by_region(counts)
        if facet == "theme":
            slugs = {bit: slug for slug, bit in self.themes.items()}
            return {slugs[bit]: count for bit, count in counts.items() if bit in slugs}
        return {value_of(facet, number): count for number, count in counts.items()}


def catalogue(
    themes: Iterable[tuple[str, str, int]],
    countries: Mapping[str, str],
    editions: Iterable[tuple[int, int]],
    *,
    told: Collection[int],
) -> Catalogue:
    """Return what can be chosen, from the rows of CATALOGUE; `told` holds keys of editions."""
    themes, years = list(themes), dict(editions)
    return Catalogue(
        themes={slug: bit for slug, _name, bit in themes},
        labels={
            **LABELS,
            "theme": {slug: name for slug, name, _bit in themes},
            "country": countries,
            "edition": {str(year): str(year) for year in years.values()},
        },
        told_years=frozenset(year for pk, year in years.items() if pk in told),
    )


def _toggled(chosen: tuple[str, ...], value: str) -> list[str]:
    if value in chosen:
        return [other for other in chosen if other != value]
    return sorted({*chosen, value})


def _place(facet: str, choice: Choice) -> tuple[Any, ...]:
    """Sort what has an order of its own by it, all else by the number of answers."""
    if facet == "edition":
        return (-int(choice.value),)
    if facet in PLACES:
        return (PLACES[facet][choice.value],)
    return (-choice.count, choice.label)


@cache
def _language_names(language: str) -> dict[str, str]:
    """Return the names of the facet's languages in one of them."""
    try:
        names = Locale.parse(to_locale(language)).languages
    except (ValueError, UnknownLocaleError):
        names = Locale("en").languages
    return {code: str(names[code]) for code in LANGUAGES if code in names}
