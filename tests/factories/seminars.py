"""Seminars of an hour and a half, without cities, and people who register for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from laurels.editions.models import Edition
from laurels.foundation.addresses import read_address
from laurels.seminars import actions
from laurels.seminars.models import Registrant, Registration, Seminar

STARTS_AT = datetime(2023, 11, 6, 12, 30, tzinfo=UTC)
# Award time at which people register, and real time at which letters are written.
EARLY = STARTS_AT - timedelta(days=5)
NOW = datetime(2027, 5, 1, 12, tzinfo=UTC)
BOGOTA = actions.Details(zone="America/Bogota", language="en")


def make_seminar(edition: Edition, number: int = 1, **fields: Any) -> Seminar:
    values = {"title": f"Seminar {number}", "starts_at": STARTS_AT, **fields}
    values.setdefault("ends_at", values["starts_at"] + timedelta(minutes=90))
    return Seminar.objects.create(edition=edition, number=number, **values)


def ask(
    address: str,
    *seminars: Seminar,
    details: actions.Details = BOGOTA,
    now: datetime = NOW,
    network: str = "192.0.2.0/24",
) -> Registrant:
    """Send the form once."""
    read = read_address(address)
    edition = seminars[0].edition
    actions.register(
        edition=edition,
        address=read,
        seminars=seminars,
        details=details,
        network=network,
        now=now,
    )
    return Registrant.objects.get(edition=edition, canonical=read.canonical)


def come(address: str, *seminars: Seminar, award_now: datetime = EARLY, **rest: Any) -> Registrant:
    """Send the form and press the button of the letter."""
    registrant = ask(address, *seminars, **rest)
    actions.confirm_address(registrant=registrant, now=rest.get("now", NOW), award_now=award_now)
    registrant.refresh_from_db()
    return registrant


def seat_of(registrant: Registrant, seminar: Seminar) -> Registration:
    return Registration.objects.with_all().get(registrant=registrant, seminar=seminar)


def states_of(seminar: Seminar) -> list[tuple[str, str]]:
    """Return who is registered how, in the order in which they asked."""
    found = Registration.objects.of(seminar).order_by("pk")
    return list(found.values_list("registrant__address", "state"))
