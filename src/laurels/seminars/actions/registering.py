"""Somebody registers, confirms the address, changes the choice, and stops the reminders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from laurels.foundation import rate_limits
from laurels.foundation.models import RateCount
from laurels.seminars import letters, rules
from laurels.seminars.actions.seats import give_back, locked_seminars, take_seat
from laurels.seminars.enums import RegistrationState
from laurels.seminars.models import Registrant, Registration

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from laurels.editions.models import Edition
    from laurels.foundation.addresses import Address
    from laurels.seminars.models import Seminar


@dataclass(frozen=True)
class Details:
    """What a registrant says of themselves; all but zone and language may be empty."""

    zone: str
    language: str
    name: str = ""
    city: str = ""
    role: str = ""
    country_code: str = ""
    source: str = ""


def register(
    *,
    edition: Edition,
    address: Address,
    seminars: Collection[Seminar],
    details: Details,
    network: str,
    now: datetime,
) -> None:
    """Note who wants to come, and write to the address; whoever typed it learns nothing of it.

    The caller has the person's consent. Sent twice, at once or within two minutes, it is one
    request and one letter. Raise `rate_limits.LimitReached`.
    """
    rate_limits.count(
        RateCount,
        name="register for seminars",
        key=network,
        limit=rules.REQUESTS_PER_NETWORK,
        period=rules.LIMIT_PERIOD,
        now=now,
    )
    with transaction.atomic():
        registrant = enter_registrant(edition, address, details, now)
        is_new = _ask_for(registrant, seminars, now)
        asked_at = registrant.asked_at
        if not is_new and asked_at is not None and now - asked_at < rules.SAME_REQUEST:
            return
        rate_limits.count(
            RateCount,
            name="letters about seminars",
            key=f"{edition.pk} {address.canonical}",
            limit=rules.LETTERS_PER_ADDRESS,
            period=rules.LIMIT_PERIOD,
            now=now,
        )
        registrant.asked_at = now
        registrant.save()
        _answer(registrant, now)


@transaction.atomic
def confirm_address(*, registrant: Registrant, now: datetime, award_now: datetime) -> None:
    """Take the seats that were asked for, as far as there are any; once, however often clicked."""
    registrant = Registrant.objects.locked(registrant.pk)
    pending = registrant.registrations.filter(state=RegistrationState.PENDING)
    wanted = [each.seminar_id for each in pending]
    if registrant.confirmed_at is None:
        registrant.confirmed_at = now
        registrant.save(update_fields=["confirmed_at"])
    if not wanted:
        return
    for seminar in locked_seminars(wanted):
        take(registrant, seminar, now=now, award_now=award_now)
    letters.send_confirmation(registrant, all_of(registrant), now=now)


@transaction.atomic
def change_choice(
    *,
    registrant: Registrant,
    seminars: Collection[Seminar],
    zone: str,
    language: str,
    now: datetime,
    award_now: datetime,
) -> bool:
    """Leave the person registered for exactly these of the seminars still open; tell by mail.

    Only who reads the mailbox has the private page, so the address counts as confirmed. What was
    asked for and never confirmed waits on, unless it is among `seminars`. Return whether the
    choice changed.
    """
    registrant = Registrant.objects.locked(registrant.pk)
    registrant.zone, registrant.language = zone, language
    registrant.confirmed_at = registrant.confirmed_at or now
    registrant.save(update_fields=["zone", "language", "confirmed_at"])
    wanted = {seminar.pk for seminar in seminars}
    kept = registrant.registrations.exclude(state=RegistrationState.CANCELLED)
    locked = locked_seminars(wanted | set(kept.values_list("seminar", flat=True)))
    # Read under the locks: somebody else's seat may just have become this person's.
    standing = {each.seminar_id: each for each in kept.all()}
    is_changed = False
    for seminar in locked:
        if not rules.takes_registrations(seminar, award_now):
            continue
        held = standing.get(seminar.pk)
        has_place = held is not None and held.state != RegistrationState.PENDING
        if held is not None and has_place and seminar.pk not in wanted:
            give_back(held, seminar, now=now, award_now=award_now)
            is_changed = True
        elif seminar.pk in wanted and not has_place:
            take(registrant, seminar, now=now, award_now=award_now)
            is_changed = True
    if is_changed:
        letters.send_confirmation(registrant, all_of(registrant), now=now)
    return is_changed


@transaction.atomic
def stop_reminders(*, registrant: Registrant, now: datetime) -> None:
    """Write no more reminders; the first time counts."""
    Registrant.objects.filter(pk=registrant.pk, reminders_stopped_at=None).update(
        reminders_stopped_at=now
    )


@transaction.atomic
def resume_reminders(*, registrant: Registrant) -> None:
    Registrant.objects.filter(pk=registrant.pk).update(reminders_stopped_at=None)


@transaction.atomic
def forget_unconfirmed(*, now: datetime) -> int:
    """Delete what nobody confirmed, typed perhaps by a stranger; return how many addresses.

    Of those who confirmed before only the newer wishes fall away.
    """
    long_ago = now - rules.UNCONFIRMED_KEPT
    stale = Registrant.objects.filter(created_at__lt=long_ago).exclude(asked_at__gte=long_ago)
    pending = Registration.objects.filter(state=RegistrationState.PENDING)
    pending.filter(registrant__in=stale.exclude(confirmed_at=None)).update(
        state=RegistrationState.CANCELLED, cancelled_at=now
    )
    return int(stale.filter(confirmed_at=None).delete()[1].get("seminars.Registrant", 0))


def enter_registrant(
    edition: Edition, address: Address, details: Details, now: datetime
) -> Registrant:
    """Return the person, locked; what a stranger types changes nobody who has confirmed."""
    said = {name: getattr(details, name) for name in Details.__dataclass_fields__}
    # One statement: of two requests at once the second waits for the first, and finds its row.
    Registrant.objects.bulk_create(
        [
            Registrant(
                edition=edition,
                address=address.delivery,
                canonical=address.canonical,
                created_at=now,
                consented_at=now,
                **said,
            )
        ],
        ignore_conflicts=True,
    )
    found = Registrant.objects.get(edition=edition, canonical=address.canonical)
    registrant = Registrant.objects.locked(found.pk)
    if registrant.confirmed_at is None:
        for name, value in said.items():
            setattr(registrant, name, value)
    return registrant


def _ask_for(registrant: Registrant, seminars: Collection[Seminar], now: datetime) -> bool:
    """Make what is asked for pending; return whether anything was not there before."""
    held = {each.seminar_id: each for each in registrant.registrations.all()}
    is_new = False
    for seminar in seminars:
        registration = held.get(seminar.pk) or Registration(
            registrant=registrant,
            seminar=seminar,
            state=RegistrationState.CANCELLED,
            created_at=now,
        )
        if registration.state == RegistrationState.CANCELLED:
            registration.state = RegistrationState.PENDING
            registration.save()
            is_new = True
    return is_new


def _answer(registrant: Registrant, now: datetime) -> None:
    found = all_of(registrant)
    pending = [each.seminar for each in found if each.state == RegistrationState.PENDING]
    if pending or registrant.confirmed_at is None:
        letters.send_request_to_confirm(registrant, seminars=pending, now=now)
    else:
        # Nothing is new: who asks again has lost the letter with the private links.
        letters.send_confirmation(registrant, found, now=now)


def take(
    registrant: Registrant, seminar: Seminar, *, now: datetime, award_now: datetime
) -> Registration:
    """Give a registrant a seat or a place in the queue; `seminar` is locked."""
    registration = Registration.objects.filter(registrant=registrant, seminar=seminar).first()
    registration = registration or Registration(
        registrant=registrant, seminar=seminar, created_at=now
    )
    take_seat(registration, seminar, now=now, award_now=award_now)
    return registration


def all_of(registrant: Registrant) -> list[Registration]:
    """Return all the person's registrations as seminars come, with everything at hand."""
    found = registrant.registrations.with_all().order_by("seminar__starts_at", "pk")
    return list(found)
