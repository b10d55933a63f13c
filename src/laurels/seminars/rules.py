"""Where a seminar stands. Pure: told the time, asks nothing and writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from laurels.seminars.enums import SeminarState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from laurels.seminars.models import Seminar


def state(seminar: Seminar, now: datetime) -> SeminarState:
    """Return the state at `now`, an instant of the edition's award clock."""
    if now < seminar.starts_at:
        return SeminarState.PLANNED
    return SeminarState.LIVE if now < seminar.ends_at else SeminarState.OVER


def with_states(seminars: Iterable[Seminar], now: datetime) -> list[Seminar]:
    """Return seminars of one edition, each with its `state` at `now` for a template."""
    found = list(seminars)
    for seminar in found:
        seminar.state = state(seminar, now)
    return found
