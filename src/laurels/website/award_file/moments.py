"""Reads the calendar of an edition from the days that stand in its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from laurels.editions.enums import MomentKind, Precision
from laurels.website.award_file.shapes import MomentShape, SeminarShape
from laurels.website.award_file.times import NotAnInstant, Span, read_span

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from laurels.website.award_file.places import Fields

LONGEST_RECORDED = 300


@dataclass(frozen=True)
class EditionParts:
    """The objects of an edition that hold days."""

    edition: Fields
    committee: Fields
    jury: Fields
    presentations: Fields
    vote: Fields
    ceremony: Fields


def read_moments(
    parts: EditionParts, seminars: tuple[SeminarShape, ...], zone: ZoneInfo
) -> tuple[MomentShape, ...]:
    """Return the moments of which anything is recorded, in the order of an edition's life."""
    edition = parts.edition
    call_notes = (
        edition.text("launch_note", longest=240),
        edition.text("submission_deadline_note", longest=240),
    )
    moments = [
        _between(
            MomentKind.CALL,
            edition,
            ("launch_date", "submission_deadline"),
            zone,
            note="; ".join(filter(None, call_notes)),
        ),
        _between(MomentKind.EARLY_BIRD, edition, ("", "early_bird_deadline"), zone),
        _within(MomentKind.REVIEW, parts.committee, "dates", zone),
        _within(MomentKind.SHORTLIST, parts.committee, "announced", zone),
        _between(
            MomentKind.VOTE,
            parts.vote,
            ("opens", "closes"),
            zone,
            note=parts.vote.text("opens_note", longest=500),
        ),
        _seminars(parts.presentations, seminars, zone),
        _within(MomentKind.JURY, parts.jury, "met", zone),
        _within(MomentKind.CEREMONY, parts.ceremony, "date", zone),
    ]
    return tuple(
        moment for moment in moments if moment.opens_at or moment.closes_at or moment.recorded
    )


def read_when(fields: Fields, key: str, zone: ZoneInfo) -> Span:
    """Read one field that holds a day, month, span or instant."""
    text = fields.text(key, longest=LONGEST_RECORDED) if key else ""
    try:
        return read_span(text, zone)
    except NotAnInstant as fault:
        fields.problem(key, f'"{text}" {fault}')
        return Span()


def _between(
    kind: MomentKind, fields: Fields, keys: tuple[str, str], zone: ZoneInfo, *, note: str = ""
) -> MomentShape:
    """Join two fields: from the first instant of one to the end of the other."""
    opening, close = (read_when(fields, key, zone) for key in keys)
    if opening.opens_at and close.closes_at and close.closes_at <= opening.opens_at:
        fields.problem(keys[1], f"lies before {fields.at(keys[0])}")
    words = "; ".join(filter(None, (opening.words, close.words)))
    if len(words) > LONGEST_RECORDED:
        fields.problem(keys[1], f"has {len(words)} characters with {keys[0]}; 300 are the most")
    return MomentShape(
        kind=kind,
        opens_at=opening.opens_at,
        opens_precision=opening.precision,
        closes_at=close.closes_at,
        closes_precision=close.precision,
        recorded=words,
        note=note,
    )


def _within(kind: MomentKind, fields: Fields, key: str, zone: ZoneInfo) -> MomentShape:
    """Take one field as the whole moment; an instant has no recorded end."""
    span = read_when(fields, key, zone)
    is_instant = span.precision == Precision.MINUTE
    return MomentShape(
        kind=kind,
        opens_at=span.opens_at,
        opens_precision=span.precision,
        closes_at=None if is_instant else span.closes_at,
        closes_precision=Precision.UNKNOWN if is_instant else span.precision,
        recorded=span.words,
    )


def _seminars(
    presentations: Fields, seminars: tuple[SeminarShape, ...], zone: ZoneInfo
) -> MomentShape:
    if not seminars:
        return _within(MomentKind.SEMINARS, presentations, "date", zone)
    return MomentShape(
        kind=MomentKind.SEMINARS,
        opens_at=min(seminar.starts_at for seminar in seminars),
        opens_precision=Precision.MINUTE,
        closes_at=max(seminar.ends_at for seminar in seminars),
        closes_precision=Precision.MINUTE,
    )
