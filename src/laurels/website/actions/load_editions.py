"""Writes editions with their calendars, and says of each what may be known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from laurels.editions.enums import MomentKind
from laurels.editions.models import AwardTotals, Edition, Moment
from laurels.website.award_file.problems import Remark
from laurels.website.award_file.reading import EDITIONS
from laurels.website.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from laurels.website.actions.ledger import Ledger
    from laurels.website.award_file.shapes import EditionShape, MomentShape, TotalsShape


@dataclass(frozen=True)
class LoadedEdition:
    """An edition's row and what its own clock lets be known of it."""

    shape: EditionShape
    row: Edition
    is_shortlist_known: bool
    is_revealed: bool


def load_editions(
    shapes: Sequence[EditionShape], ledger: Ledger, now_of: Callable[[str], datetime]
) -> list[LoadedEdition]:
    """Write facts and moments of each edition, and its outcome if it is revealed."""
    rows = {edition.ordinal: edition for edition in Edition.objects.with_calendar()}
    return [
        _load_edition(shape, rows.get(shape.ordinal), ledger, now_of)
        for shape in shapes
        if _keeps_its_year(shape, rows.get(shape.ordinal), ledger)
    ]


def load_totals(
    shape: TotalsShape | None, editions: Sequence[LoadedEdition], ledger: Ledger
) -> None:
    """Write the figures over all editions; their source only when it gives nothing away."""
    if shape is None:
        return
    said: dict[str, int | str] = {
        "initiatives_count": shape.initiatives_count,
        "cities_count": shape.cities_count,
        "countries_count": shape.countries_count,
    }
    begun = [edition for edition in editions if edition.shape.moments]
    if all(edition.is_revealed for edition in begun if edition.shape.facts["shortlisted_count"]):
        said["source"] = shape.source
    row = AwardTotals.objects.first() or AwardTotals()
    ledger.save_row(row, said, document=EDITIONS, place="totals")


def _keeps_its_year(shape: EditionShape, row: Edition | None, ledger: Ledger) -> bool:
    if row is None or row.year == shape.year:
        return True
    sentence = (
        f"edition {row.ordinal} is stored with {row.year}; an edition keeps its year, since "
        f"addresses of its initiatives hold it"
    )
    ledger.report.problems.append(Remark(EDITIONS, f"{shape.place}.year", sentence))
    return False


def _load_edition(
    shape: EditionShape,
    row: Edition | None,
    ledger: Ledger,
    now_of: Callable[[str], datetime],
) -> LoadedEdition:
    row = row or Edition(ordinal=shape.ordinal, year=shape.year)
    now = now_of(row.clock_name)
    ledger.save_row(row, shape.facts, document=EDITIONS, place=shape.place)
    _load_moments(row, shape, ledger)
    row = Edition.objects.with_calendar().get(pk=row.pk)
    standing = Standing(row, now)
    is_revealed = standing.is_revealed
    if is_revealed:
        ledger.save_row(row, shape.outcome, document=EDITIONS, place=shape.place)
        _load_notes(row, shape, ledger)
    is_shortlist_known = is_revealed or standing.has_a_shortlist
    if shape.initiatives and not is_shortlist_known:
        sentence = (
            "its initiatives wait in the file: on this edition's clock the shortlist is not "
            "announced yet (technical_committee.announced)"
        )
        ledger.report.warnings.append(Remark(EDITIONS, shape.place, sentence))
    return LoadedEdition(shape, row, is_shortlist_known, is_revealed)


def _load_moments(row: Edition, shape: EditionShape, ledger: Ledger) -> None:
    stored = {moment.kind: moment for moment in Moment.objects.filter(edition=row)}
    for moment in shape.moments:
        said = {
            "opens_at": moment.opens_at,
            "opens_precision": moment.opens_precision,
            "closes_at": moment.closes_at,
            "closes_precision": moment.closes_precision,
            "recorded": moment.recorded,
            "zone": shape.facts["host_timezone"],
        }
        if moment.kind == MomentKind.CALL:
            said["note"] = moment.note
        one = stored.pop(moment.kind, None) or Moment(edition=row, kind=moment.kind)
        ledger.save_row(one, said, document=EDITIONS, place=f"{shape.place} {moment.kind.value}")
    for one in stored.values():
        if ledger.is_known(one):
            ledger.remove(one)


def _load_notes(row: Edition, shape: EditionShape, ledger: Ledger) -> None:
    """Write what the file notes on its moments: of the vote's, some tell what came later."""
    noted: dict[str, MomentShape] = {moment.kind.value: moment for moment in shape.moments}
    for one in row.moments.all():
        if one.kind in noted:
            ledger.save_row(
                one, {"note": noted[one.kind].note}, document=EDITIONS, place=shape.place
            )
