"""Seats and the waiting list, and what may be asked for how often. Pure."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from laurels.seminars.enums import RegistrationState
from laurels.seminars.rules.states import state

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from laurels.seminars.models import Seminar

SOURCE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
LIMIT_PERIOD = timedelta(hours=1)
LETTERS_PER_ADDRESS = 5
# A campus can stand behind one address: this stops floods, not crowds.
REQUESTS_PER_NETWORK = 5000
# A form sent twice is one request; one that is sent again later asks for the letter again.
SAME_REQUEST = timedelta(minutes=2)
SOURCES_COUNTED = 100
UNCONFIRMED_KEPT = timedelta(days=7)


def free_seats(seminar: Seminar, taken: int) -> int | None:
    """Return how many seats are free; None where there is no limit."""
    return None if seminar.capacity is None else max(0, seminar.capacity - taken)


def state_on_arrival(seminar: Seminar, *, taken: int, waiting: int) -> RegistrationState:
    """Return what becomes of one who comes now: nobody passes those who wait."""
    free = free_seats(seminar, taken)
    if free is None or (free and not waiting):
        return RegistrationState.CONFIRMED
    return RegistrationState.WAITING


def takes_registrations(seminar: Seminar, now: datetime) -> bool:
    """Return whether one may still register, award time: until it ends."""
    return seminar.cancelled_at is None and now < seminar.ends_at


def open_seminars(seminars: Iterable[Seminar], now: datetime) -> list[Seminar]:
    """Return those that take registrations, each with its state."""
    found = [seminar for seminar in seminars if takes_registrations(seminar, now)]
    for seminar in found:
        seminar.state = state(seminar, now)
    return found


def read_source(typed: str) -> str:
    """Return the plain word that says where somebody came from, or "" for anything else."""
    return typed if SOURCE.fullmatch(typed) else ""
