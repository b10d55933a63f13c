"""Who may say how a seminar was, and how much of it the public is told. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from laurels.seminars.enums import FeedbackHindrance, RegistrationState

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.seminars.models import Registration, Seminar

FEEDBACK_TAKEN = timedelta(days=30)  # the sentences and the letter say it too
LONGEST_FEEDBACK = 2_000
USEFUL_FROM = 4  # the grades that the public line counts as useful
# Of fewer, somebody could guess who said what.
FEWEST_TOLD = 5


def feedback_closes_at(seminar: Seminar) -> datetime:
    """Return until when feedback is taken and changed (award clock)."""
    return seminar.ends_at + FEEDBACK_TAKEN


def feedback_hindrance(registration: Registration, now: datetime) -> FeedbackHindrance | None:
    """Return why this person cannot give feedback at `now` (award clock); None where it can."""
    seminar = registration.seminar
    if registration.state != RegistrationState.CONFIRMED:
        return FeedbackHindrance.NO_SEAT
    if seminar.cancelled_at is not None:
        return FeedbackHindrance.CANCELLED
    if now < seminar.ends_at:
        return FeedbackHindrance.NOT_OVER
    return FeedbackHindrance.TOO_LATE if now >= feedback_closes_at(seminar) else None


def is_feedback_told(answered: int) -> bool:
    """Return whether enough have answered for the public to be told how many, and how."""
    return answered >= FEWEST_TOLD
