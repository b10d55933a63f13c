"""Which letter is due, and when the link opens. Pure: award time is told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from laurels.seminars.enums import LetterKind, SeminarState
from laurels.seminars.rules.states import state

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.seminars.models import Seminar

LINK_OPENS = timedelta(minutes=15)
WORTH_WAITING = timedelta(minutes=45)
# The nearest first: of several that fell due at once, only the newest still makes sense.
LEADS = (
    (LetterKind.LINK, LINK_OPENS),
    (LetterKind.HOUR_BEFORE, timedelta(hours=1)),
    (LetterKind.DAY_BEFORE, timedelta(hours=24)),
)


def due_letter(seminar: Seminar, now: datetime) -> tuple[LetterKind, datetime] | None:
    """Return the one letter that is due, and since when; None where none makes sense.

    Nobody is reminded of a seminar that is over or cancelled; and who was told since, by a
    registration or a move, knows it already.
    """
    if state(seminar, now) in {SeminarState.OVER, SeminarState.CANCELLED}:
        return None
    for kind, lead in LEADS:
        due_at = seminar.starts_at - lead
        if due_at <= now:
            was_told = seminar.moved_at is not None and seminar.moved_at >= due_at
            return None if was_told else (kind, due_at)
    return None


def link_opens_at(seminar: Seminar) -> datetime:
    """Return from when the personal link sends on to the platform."""
    return seminar.starts_at - LINK_OPENS


def opens_soon(seminar: Seminar, now: datetime) -> bool:
    """Whether somebody who has the link in front of them may well wait for it to open."""
    wait = link_opens_at(seminar) - now
    return seminar.cancelled_at is None and timedelta(0) < wait <= WORTH_WAITING


def is_link_open(seminar: Seminar, now: datetime) -> bool:
    return seminar.cancelled_at is None and link_opens_at(seminar) <= now < seminar.ends_at
