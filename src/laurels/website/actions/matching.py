"""Which row of a file is which initiative: by its address, or by year, city and country."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from laurels.editions.models import Edition
from laurels.library.addresses import free_address, stem
from laurels.library.formats.columns import COLUMNS
from laurels.library.models import InitiativePage
from laurels.website.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from laurels.library.models import City
    from laurels.website.initiative_file.checking import Told
    from laurels.website.initiative_file.findings import Findings

OUTCOMES = tuple(column.name for column in COLUMNS if column.is_outcome)


class Match(NamedTuple):
    """A row, its edition, and its page; None where it is new."""

    told: Told
    edition: Edition
    page: InitiativePage | None

    def new_page(self, city: City, taken: set[str]) -> InitiativePage:
        """Return a page at the row's address, or at the first that is free, which it takes."""
        slug = self.told.values.get("address") or free_address(self.edition.year, city.name, taken)
        taken.add(slug)
        title = f"{city.name} {self.edition.year}"
        return InitiativePage(title=title, slug=slug, edition=self.edition, city=city)


def match_initiatives(
    told: Sequence[Told], findings: Findings, now_of: Callable[[str], datetime]
) -> list[Match]:
    """Return the rows, of known years, with their pages; what cannot be decided is a problem."""
    editions = {edition.year: edition for edition in Edition.objects.with_calendar()}
    standings = {
        year: Standing(edition, now_of(edition.clock_name)) for year, edition in editions.items()
    }
    pages = _Pages()
    matches = []
    seen: dict[int, int] = {}
    for one in told:
        edition = editions[one.values["year"]]
        _refuse_what_is_not_told(one, standings[edition.year], findings)
        page = pages.find(one, findings)
        if page is not None and page.pk in seen:
            sentence = f"is {page.slug}, as row {seen[page.pk]} is. Take one of them out."
            findings.problem(one.number, "", sentence)
        elif page is not None:
            seen[page.pk] = one.number
        matches.append(Match(one, edition, page))
    return matches


def _refuse_what_is_not_told(told: Told, standing: Standing, findings: Findings) -> None:
    """Nothing of an edition may be stored before its time, lest a page tell it."""
    if standing.is_revealed:
        return
    year = standing.edition.year
    if not standing.has_a_shortlist:
        sentence = f"The shortlist of {year} is not announced yet. Bring the row in afterwards."
        findings.problem(told.number, "year", sentence)
    for name in OUTCOMES:
        if name in told.values:
            sentence = f"The edition of {year} is not revealed yet. Leave it empty until then."
            findings.problem(told.number, name, sentence)


class _Pages:
    """All initiatives by address, and by year, city and country."""

    def __init__(self) -> None:
        self.by_address: dict[str, InitiativePage] = {}
        self.by_place: defaultdict[tuple[int, str, str], list[InitiativePage]] = defaultdict(list)
        for page in InitiativePage.objects.originals().with_every_fact():
            self.by_address[page.slug] = page
            city = page.city
            key = (page.edition.year, city.name.casefold(), city.country_code)
            self.by_place[key].append(page)

    def find(self, told: Told, findings: Findings) -> InitiativePage | None:
        name, code = told.city_key
        year, address = told.values["year"], told.values.get("address")
        here = self.by_place[year, name.casefold(), code]
        if address is None:
            if len(here) > 1:
                known = ", ".join(page.slug for page in here)
                sentence = f"Several initiatives are of that city and year: {known}. Name one."
                findings.problem(told.number, "address", sentence)
            return here[0] if here else None
        page = self.by_address.get(address)
        if page is None:
            self._check_new_address(told, here, findings)
        elif page.edition.year != year:
            sentence = f"{address} is of {page.edition.year}. An initiative keeps its edition."
            findings.problem(told.number, "year", sentence)
        return page

    def _check_new_address(
        self, told: Told, here: list[InitiativePage], findings: Findings
    ) -> None:
        """A new address is only one that Laurels would give: any other may be a typing error."""
        address, year = told.values["address"], told.values["year"]
        usual = stem(year, told.values["city"])
        number = address.removeprefix(usual).removeprefix("-")
        is_usual = address.startswith(usual) and (not number or number.isdigit())
        if not is_usual or (not number and here):
            known = here[0].slug if here else ""
            hint = f"; {known} is of that city and year" if known else ""
            sentence = (
                f"{address} is not in the library{hint}. Correct it, or leave it empty for a new "
                f"initiative; a second one of the same city is {usual}-2."
            )
            findings.problem(told.number, "address", sentence)
