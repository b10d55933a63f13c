"""What the secretariat does with a seminar: move it, cancel it, thank for it, seat by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from laurels.foundation import audit
from laurels.seminars import letters, rules
from laurels.seminars.actions.registering import all_of, enter_registrant, take
from laurels.seminars.actions.seats import give_back, locked_seminars
from laurels.seminars.actions.writing import write_once
from laurels.seminars.enums import LetterKind, RegistrationState, SeminarState
from laurels.seminars.models import Registration, Seminar

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.foundation.addresses import Address
    from laurels.seminars.actions.registering import Details


class DeskRefusal(Exception):  # noqa: N818 -- named for who refuses
    """What the desk asked for cannot be done; the message says why and what to do."""


def about(seminar: Seminar) -> str:
    """Return by what name the audit trail knows a seminar."""
    return f"seminar {seminar.edition.year}/{seminar.number}"


@transaction.atomic
def move_seminar(
    *,
    seminar: Seminar,
    starts_at: datetime,
    ends_at: datetime,
    said: str,
    seen_sequence: int,
    person_name: str,
    now: datetime,
    award_now: datetime,
) -> int:
    """Give a seminar another time and write to all who are registered or wait; return how many.

    `seen_sequence` is that of the preview which the person saw: a second click, or another
    person's, is refused. All or nothing: a stop in the middle has moved nothing and told nobody.
    """
    [locked] = locked_seminars([seminar.pk])
    _refuse_unseen(locked, seen_sequence)
    _refuse_unless_to_come(locked, award_now)
    if ends_at <= starts_at:
        raise DeskRefusal(_("It ends before it starts. Check both times."))
    if starts_at <= award_now:
        raise DeskRefusal(_("That time has passed. Choose one that is still to come."))
    before = (locked.starts_at, locked.ends_at)
    if before == (starts_at, ends_at):
        raise DeskRefusal(_("That is its time already. Nobody was written to."))
    locked.first_starts_at = locked.first_starts_at or locked.starts_at
    locked.starts_at, locked.ends_at, locked.moved_at = starts_at, ends_at, award_now
    return _change_and_tell(
        locked, LetterKind.MOVED, person_name, now, award_now, said=said, before=before
    )


@transaction.atomic
def cancel_seminar(
    *,
    seminar: Seminar,
    said: str,
    seen_sequence: int,
    person_name: str,
    now: datetime,
    award_now: datetime,
) -> int:
    """Cancel a seminar and write to all who are registered or wait; return how many."""
    [locked] = locked_seminars([seminar.pk])
    _refuse_unseen(locked, seen_sequence)
    _refuse_unless_to_come(locked, award_now)
    locked.cancelled_at = award_now
    return _change_and_tell(locked, LetterKind.CANCELLED, person_name, now, award_now, said=said)


@transaction.atomic
def thank(
    *, seminar: Seminar, said: str, person_name: str, now: datetime, award_now: datetime
) -> int:
    """Thank all who had a seat, with recording and feedback form; each once. Return how many."""
    [locked] = locked_seminars([seminar.pk])
    if rules.state(locked, award_now) != SeminarState.OVER:
        raise DeskRefusal(_("It is not over yet. Thank people when it is."))
    count = write_once(
        list(to_thank(locked)), LetterKind.THANKS, about=0, now=now, award_now=award_now, said=said
    )
    _record(locked, "thank for a seminar", person_name, now, told=count)
    return count


def to_tell(seminar: Seminar) -> Any:
    """Return who is told when a seminar is moved or cancelled."""
    return Registration.objects.of(seminar).standing().with_all().order_by("pk")


def to_thank(seminar: Seminar) -> Any:
    """Return who is still to be thanked."""
    return (
        Registration.objects.of(seminar)
        .confirmed()
        .filter(registrant__reminders_stopped_at=None)
        .exclude(letter_notes__kind=LetterKind.THANKS)
        .with_all()
        .order_by("pk")
    )


@transaction.atomic
def add_by_hand(
    *,
    seminar: Seminar,
    address: Address,
    details: Details,
    person_name: str,
    now: datetime,
    award_now: datetime,
) -> RegistrationState:
    """Register somebody who asked the secretariat; the confirmation goes by mail at once."""
    if not rules.takes_registrations(seminar, award_now):
        raise DeskRefusal(_("It is over or cancelled: nobody can be added any more."))
    registrant = enter_registrant(seminar.edition, address, details, now)
    registrant.confirmed_at = registrant.confirmed_at or now
    registrant.save()
    [locked] = locked_seminars([seminar.pk])
    held = Registration.objects.of(seminar).standing().filter(registrant=registrant).first()
    if held is not None:
        raise DeskRefusal(_("This address is registered already."))
    registration = take(registrant, locked, now=now, award_now=award_now)
    letters.send_confirmation(registrant, all_of(registrant), now=now)
    _record(locked, "add to a seminar", person_name, now)
    return RegistrationState(registration.state)


@transaction.atomic
def cancel_by_hand(
    *, registration: Registration, person_name: str, now: datetime, award_now: datetime
) -> None:
    """Take somebody out who asked for it, and tell them; a second click changes nothing."""
    [locked] = locked_seminars([registration.seminar_id])
    held = Registration.objects.with_all().get(pk=registration.pk)
    if held.state == RegistrationState.CANCELLED:
        return
    give_back(held, locked, now=now, award_now=award_now)
    letters.send_confirmation(held.registrant, all_of(held.registrant), now=now)
    _record(locked, "take out of a seminar", person_name, now)


def _change_and_tell(
    seminar: Seminar,
    kind: LetterKind,
    person_name: str,
    now: datetime,
    award_now: datetime,
    **context: Any,
) -> int:
    seminar.sequence += 1
    seminar.save()
    told = write_once(
        list(to_tell(seminar)),
        kind,
        about=seminar.sequence,
        now=now,
        award_now=award_now,
        batch=f"{about(seminar)} {kind.value}",
        **context,
    )
    deed = "move a seminar" if kind == LetterKind.MOVED else "cancel a seminar"
    _record(seminar, deed, person_name, now, told=told)
    return told


def _record(seminar: Seminar, deed: str, person_name: str, now: datetime, **detail: int) -> None:
    audit.record(person_name=person_name, deed=deed, about=about(seminar), now=now, detail=detail)


def _refuse_unseen(seminar: Seminar, seen_sequence: int) -> None:
    if seminar.sequence != seen_sequence:
        raise DeskRefusal(
            _("It was changed meanwhile, perhaps by your own second click. Look again first.")
        )


def _refuse_unless_to_come(seminar: Seminar, award_now: datetime) -> None:
    if not rules.is_ahead(seminar, award_now):
        raise DeskRefusal(_("It has begun, is over, or is cancelled already."))
