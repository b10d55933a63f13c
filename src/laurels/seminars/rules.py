"""Where a seminar stands. Pure: told the time, asks nothing and writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from laurels.seminars.enums import SeminarState

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.seminars.models import Seminar


def state(seminar: Seminar, now: datetime) -> SeminarState:
    """Return the state at `now`, an instant of the edition's award clock."""
    if now < seminar.starts_at:
        return SeminarState.PLANNED
    return SeminarState.LIVE if now < seminar.ends_at else SeminarState.OVER
