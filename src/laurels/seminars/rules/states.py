"""Where a seminar stands. Pure: told the time, asks nothing and writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from laurels.seminars.enums import SeminarState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from laurels.seminars.models import Seminar

AHEAD = frozenset({SeminarState.PLANNED, SeminarState.MOVED})
PAST = frozenset({SeminarState.OVER, SeminarState.CANCELLED})


def state(seminar: Seminar, now: datetime) -> SeminarState:
    """Return the state at `now`, an instant of the edition's award clock."""
    if seminar.cancelled_at is not None:
        return SeminarState.CANCELLED
    if now >= seminar.ends_at:
        return SeminarState.OVER
    if now >= seminar.starts_at:
        return SeminarState.LIVE
    return SeminarState.PLANNED if seminar.moved_at is None else SeminarState.MOVED


def is_ahead(seminar: Seminar, now: datetime) -> bool:
    """Return whether it is still to come, at its first hour or at another."""
    return state(seminar, now) in AHEAD


def with_states(seminars: Iterable[Seminar], now: datetime) -> list[Seminar]:
    """Return seminars of one edition, each with its `state` at `now` for a template."""
    found = list(seminars)
    for seminar in found:
        seminar.state = state(seminar, now)
    return found
