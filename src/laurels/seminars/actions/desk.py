"""What the secretariat does with a seminar: move it, cancel it, thank for it, seat by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from laurels.foundation import audit
from laurels.seminars import letters, rules
from laurels.seminars.actions.mailing import (
    about,
    discarded_change,
    replace_waiting,
    unsent,
    write_to_all,
)
from laurels.seminars.actions.registering import all_of, enter_registrant, take
from laurels.seminars.actions.seats import give_back, locked_seminars
from laurels.seminars.enums import LetterKind, RegistrationState, SeminarState
from laurels.seminars.models import Registration, Seminar

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.foundation.addresses import Address
    from laurels.seminars.actions.registering import Details


class DeskRefusal(Exception):  # noqa: N818 -- named for who refuses
    """What the desk asked for cannot be done; the message says why and what to do."""


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

    Pages and calendars change at once; the letters wait for a person, and take the place of those
    of an earlier change that wait still. `seen_sequence` is that of the preview which the person
    saw: a second click, or another person's, is refused. All or nothing: a stop in the middle has
    moved nothing and written nothing.
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
    return _change_and_write(locked, LetterKind.MOVED, before, said, person_name, now, award_now)


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
    """Cancel a seminar and write to all who are registered or wait; return how many.

    The letters wait for a person, as those of a move do.
    """
    [locked] = locked_seminars([seminar.pk])
    _refuse_unseen(locked, seen_sequence)
    _refuse_unless_to_come(locked, award_now)
    before = (locked.starts_at, locked.ends_at)
    locked.cancelled_at = award_now
    return _change_and_write(
        locked, LetterKind.CANCELLED, before, said, person_name, now, award_now
    )


@transaction.atomic
def write_again(
    *, seminar: Seminar, said: str, person_name: str, now: datetime, award_now: datetime
) -> int:
    """Write the letters of the newest change anew, which somebody threw away; return how many.

    Whoever registered since knows how the seminar stands, and is not written to.
    """
    [locked] = locked_seminars([seminar.pk])
    discarded = discarded_change(locked)
    if discarded is None:
        raise DeskRefusal(_("There are no letters to write again: they wait, or were sent."))
    if locked.cancelled_at is None:
        _refuse_unless_to_come(locked, award_now)
    kind = LetterKind.MOVED if locked.cancelled_at is None else LetterKind.CANCELLED
    known = unsent(locked)
    told = write_to_all(
        locked,
        kind,
        {each: known[each.pk] for each in to_tell(locked).filter(pk__in=known)},
        note=locked.sequence,
        person_name=person_name,
        now=now,
        award_now=award_now,
        said=said,
    )
    _record(locked, "write again about a seminar", person_name, now, told=told)
    return told


@transaction.atomic
def thank(
    *, seminar: Seminar, said: str, person_name: str, now: datetime, award_now: datetime
) -> int:
    """Write thanks to all who had a seat, with recording and feedback form; return how many.

    Each is written to once; the letters wait for a person.
    """
    [locked] = locked_seminars([seminar.pk])
    if rules.state(locked, award_now) != SeminarState.OVER:
        raise DeskRefusal(_("It is not over yet. Thank people when it is."))
    count = write_to_all(
        locked,
        LetterKind.THANKS,
        dict.fromkeys(to_thank(locked), (locked.starts_at, locked.ends_at)),
        note=0,
        person_name=person_name,
        now=now,
        award_now=award_now,
        said=said,
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


def _change_and_write(
    seminar: Seminar,
    kind: LetterKind,
    before: tuple[datetime, datetime],
    said: str,
    person_name: str,
    now: datetime,
    award_now: datetime,
) -> int:
    replace_waiting(seminar, person_name=person_name, now=now)
    untold = unsent(seminar)
    seminar.sequence += 1
    seminar.save()
    people = {each: untold.get(each.pk, before) for each in to_tell(seminar)}
    if kind == LetterKind.MOVED:
        # Moved back before the letters went: those people never knew another time.
        stands = (seminar.starts_at, seminar.ends_at)
        people = {each: known for each, known in people.items() if known != stands}
    told = write_to_all(
        seminar,
        kind,
        people,
        note=seminar.sequence,
        person_name=person_name,
        now=now,
        award_now=award_now,
        said=said,
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
