"""Reads the seminars of an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from laurels.editions.enums import Precision
from laurels.website.award_file.moments import read_when
from laurels.website.award_file.shapes import SeminarShape

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from laurels.website.award_file.places import Fields

LARGEST_NUMBER = 99


def read_seminars(
    edition: Fields, cities: Collection[str], zone: ZoneInfo
) -> tuple[SeminarShape, ...]:
    """Return the seminars; each city must stand among the edition's cities."""
    found: dict[int, SeminarShape] = {}
    for fields in edition.each("seminars"):
        seminar = _read_seminar(fields, cities, zone)
        if seminar is None:
            continue
        if seminar.number in found:
            fields.problem("n", f"{seminar.number} stands there twice")
        found[seminar.number] = seminar
    _check_the_unassigned(edition, cities, list(found.values()))
    return tuple(found.values())


def _read_seminar(fields: Fields, cities: Collection[str], zone: ZoneInfo) -> SeminarShape | None:
    number = fields.whole("n", least=1, most=LARGEST_NUMBER, required=True)
    starts_at = _read_instant(fields, "start", zone)
    ends_at = _read_instant(fields, "end", zone)
    if starts_at and ends_at and ends_at <= starts_at:
        fields.problem("end", "does not lie after start")
    title = fields.text("title", longest=200, required=True)
    subtitle = fields.text("subtitle", longest=300)
    names = fields.texts("cities", choices=cities)
    is_complete = fields.flag("cities_complete")
    moderators = fields.text("moderators", longest=300)
    note = fields.text("note")
    fields.done()
    if number is None or starts_at is None or ends_at is None:
        return None
    return SeminarShape(
        number, title, subtitle, starts_at, ends_at, names, is_complete, moderators, note
    )


def _read_instant(fields: Fields, key: str, zone: ZoneInfo) -> datetime | None:
    if not fields.has(key):
        fields.text(key, required=True)
        return None
    span = read_when(fields, key, zone)
    if (span.opens_at and span.precision != Precision.MINUTE) or span.words:
        fields.problem(key, "needs day, hour and offset, as in 2023-11-06T20:30:00+08:00")
    return span.opens_at


def _check_the_unassigned(
    edition: Fields, cities: Collection[str], seminars: list[SeminarShape]
) -> None:
    assigned = {city for seminar in seminars for city in seminar.cities}
    for position, name in enumerate(edition.texts("seminar_unassigned", choices=cities)):
        if name in assigned:
            edition.problem(
                f"seminar_unassigned[{position}]", f"{name} is in a seminar of this edition"
            )
