"""Brings a file of initiatives in, whole or not at all; the same file twice changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from laurels.editions.models import Edition
from laurels.foundation import audit
from laurels.library.formats.columns import BY_NAME
from laurels.library.models import InitiativePage, LibraryPage
from laurels.library.search.keeping import indexed_together
from laurels.website.actions.import_cities import ImportedCities
from laurels.website.actions.initiative_fields import Words, apply_said, own_values
from laurels.website.actions.ledger import Ledger
from laurels.website.actions.load_award import LOCK
from laurels.website.actions.matching import Match, match_initiatives
from laurels.website.actions.pages import write_page
from laurels.website.initiative_file.checking import Told, check_lines
from laurels.website.initiative_file.findings import Findings, place
from laurels.website.initiative_file.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

SOURCE = "import "  # what files say is remembered apart from what the award's file says
# Of the city or of the pairing, and written as such.
NOT_FIELDS = {"address", "year", "city", "country", "country_code", "local_name"}
NOT_FIELDS |= {"latitude", "longitude"}


@dataclass
class Import:
    """What an import did, or would do: addresses by what became of them, and the findings."""

    findings: Findings
    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged_count: int = 0
    cities_count: int = 0

    @classmethod
    def refused(cls, sentence: str) -> Import:
        """Return what came of a file that was not even read."""
        findings = Findings()
        findings.problem(0, "", sentence)
        return cls(findings)

    @property
    def is_possible(self) -> bool:
        return not self.findings.problems

    @property
    def changes_nothing(self) -> bool:
        return not (self.created or self.changed or self.cities_count)


def tell_nobody(_written_count: int) -> None:
    pass


def import_initiatives(
    *,
    name: str,
    content: bytes,
    person_name: str,
    now: datetime,
    now_of: Callable[[str], datetime],
    is_dry: bool = False,
    file_wins: bool = False,
    tell: Callable[[int], None] = tell_nobody,
) -> Import:
    """Write what a file says and has changed since it was last brought in; nothing else.

    A dry run does the same and takes all of it back, so that it meets every problem that the
    real one would. With a problem nothing is written. Where file and people have both changed a
    field, theirs stays, unless `file_wins`. `now_of` tells the award clock of that name; `tell` is
    told how many rows are written.
    """
    done = Import(Findings())
    with transaction.atomic():
        with indexed_together():
            _write_all(done, name, content, now_of, tell, file_wins=file_wins)
        if is_dry or not done.is_possible:
            transaction.set_rollback(True)
        elif not done.changes_nothing:
            detail = {"created": len(done.created), "changed": len(done.changed)}
            audit.record(
                person_name=person_name,
                deed="import_initiatives",
                about=f"library {name}"[:200],
                now=now,
                detail=detail,
            )
    return done


def _write_all(
    done: Import,
    name: str,
    content: bytes,
    now_of: Callable[[str], datetime],
    tell: Callable[[int], None],
    *,
    file_wins: bool,
) -> None:
    findings = done.findings
    with connection.cursor() as cursor:
        # Two imports at once, or one beside load_award, would both make what is missing.
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
    library = LibraryPage.objects.originals().first()
    if library is None:
        findings.problem(0, "", "There is no library yet. Run load_award first.")
        return
    words = Words.read()
    vocabulary = {"themes": set(words.themes), "urban_agenda_tags": set(words.tags)}
    years = set(Edition.objects.values_list("year", flat=True))
    told = check_lines(read_table(name, content, findings), vocabulary, years, findings)
    matches = match_initiatives(told, findings, now_of)
    cities = ImportedCities(findings)
    cities.check(matches)
    if findings.problems:
        return
    ledger = Ledger(findings, source=SOURCE, file_wins=file_wins)
    cities.write(matches, ledger)
    done.cities_count = ledger.created["city"] + ledger.changed["city"]
    taken = set(InitiativePage.objects.values_list("slug", flat=True))
    for count, match in enumerate(matches, 1):
        _write_one(match, library, words, cities, ledger, taken, done)
        tell(count)


def _write_one(
    match: Match,
    library: LibraryPage,
    words: Words,
    cities: ImportedCities,
    ledger: Ledger,
    taken: set[str],
    done: Import,
) -> None:
    said = _said(match.told)
    page = match.page
    where = {"document": "", "place": place(match.told.number)}
    if page is None:
        page = match.new_page(cities.row_of(match.told), taken)
        new = page

        def create(values: dict[str, Any]) -> None:
            apply_said(new, values, words)
            library.add_child(instance=new)

        ledger.save(page, said, current={}, write=create, **where)
        done.created.append(page.slug)
        return
    known = page
    current = own_values(known, said)

    def write(changes: dict[str, Any]) -> None:
        write_page(known, lambda target: apply_said(target, changes, words))

    if ledger.save(known, said, current=current, write=write, **where):
        done.changed.append(known.slug)
    else:
        done.unchanged_count += 1


def _said(told: Told) -> dict[str, Any]:
    """Return what a row says by the names of the initiative's fields."""
    return {
        BY_NAME[name].field or name: value
        for name, value in told.values.items()
        if name not in NOT_FIELDS
    }
