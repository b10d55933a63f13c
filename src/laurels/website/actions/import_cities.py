"""The cities of a file of initiatives: found by name and country, or made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from laurels.library.models import City
from laurels.website.initiative_file.findings import place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from laurels.website.actions.ledger import Ledger
    from laurels.website.actions.matching import Match
    from laurels.website.initiative_file.checking import Told
    from laurels.website.initiative_file.findings import Findings

FACTS = ("country", "local_name", "latitude", "longitude")


class ImportedCities:
    """All cities by name, in small letters, and country code."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.rows = {_key(city.name, city.country_code): city for city in City.objects.all()}

    def check(self, matches: Sequence[Match]) -> None:
        """A known initiative stays in its city: another name may be a correction or a mistake."""
        for match in matches:
            if match.page is None:
                continue
            city = match.page.city
            if _key(*match.told.city_key) != _key(city.name, city.country_code):
                name, code = match.told.city_key
                sentence = (
                    f"{match.page.slug} is in {city.name} ({city.country_code}), not in {name} "
                    f"({code}). Rename the city under Library, Cities, or correct the row."
                )
                self.findings.problem(match.told.number, "city", sentence)

    def write(self, matches: Sequence[Match], ledger: Ledger) -> None:
        """Write each city once, with the first of what its rows say of it."""
        said: dict[tuple[str, str], dict[str, Any]] = {}
        first: dict[tuple[str, str], Told] = {}
        for match in matches:
            told = match.told
            key = _key(*told.city_key)
            first.setdefault(key, told)
            facts = said.setdefault(key, {})
            for name in FACTS:
                if name in told.values:
                    facts.setdefault(name, told.values[name])
        for key, facts in said.items():
            told = first[key]
            city = self.rows.get(key)
            if city is None:
                name, code = told.city_key
                city = self.rows[key] = City()
                facts |= {"name": name, "country_code": code}
            ledger.save_row(city, facts, document="", place=place(told.number))

    def row_of(self, told: Told) -> City:
        return self.rows[_key(*told.city_key)]


def _key(name: str, country_code: str) -> tuple[str, str]:
    return name.casefold(), country_code
