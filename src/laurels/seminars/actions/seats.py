"""Seats: taken, given back, and moved up to. One seminar at a time, under its lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from laurels.seminars import letters, rules
from laurels.seminars.enums import LetterKind, RegistrationState
from laurels.seminars.models import Registration, Seminar

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime


def locked_seminars(pks: Collection[int]) -> list[Seminar]:
    """Return seminars for changing who sits in them, alone (call in a transaction)."""
    # In one order for everybody: two who lock several at once cannot wait for each other.
    found = Seminar.objects.select_for_update(of=["self"]).select_related("edition")
    return list(found.filter(pk__in=pks).order_by("pk"))


def take_seat(
    registration: Registration, seminar: Seminar, *, now: datetime, award_now: datetime
) -> None:
    """Give a seat, or a place on the waiting list behind all others; `seminar` is locked."""
    if not rules.takes_registrations(seminar, award_now):
        registration.state = RegistrationState.CANCELLED
        registration.cancelled_at = now
    else:
        held = Registration.objects.of(seminar)
        registration.state = rules.state_on_arrival(
            seminar, taken=held.confirmed().count(), waiting=held.waiting().count()
        )
        registration.cancelled_at = None
        registration.queued_at = now
        if registration.state == RegistrationState.CONFIRMED:
            _seat(registration, award_now)
    registration.save()


def give_back(
    registration: Registration, seminar: Seminar, *, now: datetime, award_now: datetime
) -> None:
    """Give a seat or a place in the queue back; who waits longest gets it. `seminar` is locked."""
    had_seat = registration.state == RegistrationState.CONFIRMED
    registration.state = RegistrationState.CANCELLED
    registration.cancelled_at = now
    registration.queued_at = None
    registration.change_count += 1
    registration.save()
    if had_seat:
        fill_seats(seminar, now=now, award_now=award_now)


def fill_seats(seminar: Seminar, *, now: datetime, award_now: datetime) -> int:
    """Let as many move up as there are free seats, and tell them; `seminar` is locked."""
    if not rules.takes_registrations(seminar, award_now):
        return 0
    waiting = Registration.objects.of(seminar).waiting().with_all()
    free = rules.free_seats(seminar, Registration.objects.of(seminar).confirmed().count())
    chosen = list(waiting if free is None else waiting[:free])
    for registration in chosen:
        registration.state = RegistrationState.CONFIRMED
        _seat(registration, award_now)
        registration.save()
        letters.send(registration, LetterKind.SEAT, now=now, award_now=award_now)
    return len(chosen)


@transaction.atomic
def fill_seats_of(*, seminar: Seminar, now: datetime, award_now: datetime) -> int:
    """Let those who wait move up, after more seats were given; return how many did."""
    [locked] = locked_seminars([seminar.pk])
    return fill_seats(locked, now=now, award_now=award_now)


def _seat(registration: Registration, award_now: datetime) -> None:
    registration.seated_at = award_now
    # A calendar that has the seminar as cancelled takes it back only for a later change.
    registration.change_count += 1
