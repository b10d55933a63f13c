"""How far an edition has come, step by step. Pure: told the moments and the time."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from laurels.editions.enums import MomentKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from laurels.editions.models import Moment


class Reached(StrEnum):
    """What stands at a step of a path."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


class PathStep(NamedTuple):
    """A step of a path: its kind, its moment where one is recorded, and how far it has come."""

    kind: str
    moment: Moment | None
    reached: Reached


PATH = (
    MomentKind.CALL,
    MomentKind.SHORTLIST,
    MomentKind.VOTE,
    MomentKind.SEMINARS,
    MomentKind.CEREMONY,
)


def edition_path(moments: Iterable[Moment], now: datetime) -> list[PathStep]:
    """Return the five steps of an edition's life; a step before one that came is done."""
    calendar = {moment.kind: moment for moment in moments}
    steps = [(kind, calendar.get(kind)) for kind in PATH]
    reached = [_reached(moment, now) for _, moment in steps]
    came = [number for number, each in enumerate(reached) if each is not Reached.AHEAD]
    last = max(came, default=-1)
    return [
        PathStep(kind, moment, _before(reached[number], moment, is_before=number < last))
        for number, (kind, moment) in enumerate(steps)
    ]


def span_reached(opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> Reached:
    """Return how far a span of time has come; an end that is not recorded has not come."""
    if closes_at is not None and closes_at <= now:
        return Reached.DONE
    if opens_at is not None and opens_at <= now:
        return Reached.NOW
    return Reached.AHEAD


def _reached(moment: Moment | None, now: datetime) -> Reached:
    if moment is None:
        return Reached.AHEAD
    return span_reached(moment.opens_at, moment.closes_at, now)


def _before(reached: Reached, moment: Moment | None, *, is_before: bool) -> Reached:
    is_dated = moment is not None and (moment.opens_at or moment.closes_at)
    return Reached.DONE if is_before and not is_dated else reached
