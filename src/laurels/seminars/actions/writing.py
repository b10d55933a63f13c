"""Letters that are due by the award's clock, each written once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from laurels.seminars import letters, rules
from laurels.seminars.actions.seats import fill_seats_of
from laurels.seminars.models import LetterNote, Registration, Seminar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from laurels.seminars.enums import LetterKind

AT_A_TIME = 100


def write_due_letters(*, seminar: Seminar, now: datetime, award_now: datetime) -> int:
    """Write the reminder or link that is due to all who were not told since; return how many.

    Called again, or by two at once, it writes nothing twice. A stop in the middle leaves whole
    letters, each with its note, and the next call goes on.
    """
    due = rules.due_letter(seminar, award_now)
    if due is None:
        return 0
    kind, due_at = due
    count = 0
    while written := _write_some(seminar, kind, due_at, now=now, award_now=award_now):
        count += written
    return count


def let_move_up(*, seminar: Seminar, now: datetime, award_now: datetime) -> int:
    """Let those who wait have seats that were added; return how many moved up."""
    if not Registration.objects.of(seminar).waiting().exists():
        return 0
    return fill_seats_of(seminar=seminar, now=now, award_now=award_now)


@transaction.atomic
def _write_some(
    seminar: Seminar, kind: LetterKind, due_at: datetime, *, now: datetime, award_now: datetime
) -> int:
    written = LetterNote.objects.filter(kind=kind, about=seminar.sequence)
    found = (
        Registration.objects.of(seminar)
        .confirmed()
        .filter(seated_at__lt=due_at, registrant__reminders_stopped_at=None)
        .exclude(letter_notes__in=written)
        .with_all()
        .select_for_update(of=["self"], skip_locked=True)
        .order_by("pk")[:AT_A_TIME]
    )
    return write_once(list(found), kind, about=seminar.sequence, now=now, award_now=award_now)


def write_once(
    registrations: Sequence[Registration],
    kind: LetterKind,
    *,
    about: int,
    now: datetime,
    award_now: datetime,
    **rest: Any,
) -> int:
    """Write to each who has no such letter yet, with a note of it (call in a transaction)."""
    notes = LetterNote.objects.filter(registration__in=registrations, kind=kind, about=about)
    have_it = set(notes.values_list("registration", flat=True))
    missing = [each for each in registrations if each.pk not in have_it]
    # A second writer waits here for the first, and is refused: its letters are never written.
    LetterNote.objects.bulk_create(
        [LetterNote(registration=each, kind=kind, about=about, written_at=now) for each in missing]
    )
    for each in missing:
        letters.send(each, kind, now=now, award_now=award_now, **rest)
    return len(missing)
