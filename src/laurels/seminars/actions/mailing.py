"""Letters to all of a seminar: written at once, as a batch that waits for a person to send it.

Who was written of a change but never sent the letter still knows the time before: the batch keeps
whom it meant and what each knew, so that the next letter says the right "it was".
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse

from laurels.foundation import outbox
from laurels.foundation.models import MailBatch
from laurels.seminars.actions.writing import write_once
from laurels.seminars.enums import LetterKind
from laurels.seminars.models import LetterNote, Registration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from laurels.seminars.models import Seminar

Span = tuple[datetime, datetime]
CHANGES = (LetterKind.MOVED, LetterKind.CANCELLED)
OURS = "seminars "


def about(seminar: Seminar) -> str:
    """Return by what name the audit trail knows a seminar."""
    return f"seminar {seminar.edition.year}/{seminar.number}"


def waiting_batches(seminar: Seminar) -> Any:
    """Return the letters about a seminar that wait for a person."""
    return MailBatch.objects.waiting().filter(about=about(seminar))


def discarded_change(seminar: Seminar) -> MailBatch | None:
    """Return the letters of how the seminar stands now, where they were thrown away unsent."""
    newest = _newest_change(seminar)
    if newest is None or newest.discarded_at is None:
        return None
    return newest if newest.detail["about"] == seminar.sequence else None


def unsent(seminar: Seminar) -> dict[int, Span]:
    """Return who was not told of the newest change, by registration, and the time each knows."""
    newest = _newest_change(seminar)
    if newest is None or newest.released_at is not None:
        return {}
    return {
        pk: (datetime.fromisoformat(start), datetime.fromisoformat(end))
        for start, end, pks in newest.detail["known"]
        for pk in pks
    }


@transaction.atomic
def replace_waiting(seminar: Seminar, *, person_name: str, now: datetime) -> None:
    """Throw the letters of an earlier change away, which a new one makes untrue."""
    for batch in waiting_batches(seminar).filter(kind__in=[_kind(each) for each in CHANGES]):
        # Somebody sent them at this very moment: then people know that time, as it says.
        with suppress(outbox.BatchIsSettled):
            outbox.discard(batch=batch, person_name=person_name, now=now)


@transaction.atomic
def write_to_all(
    seminar: Seminar,
    kind: LetterKind,
    people: Mapping[Registration, Span],
    *,
    note: int,
    person_name: str,
    now: datetime,
    award_now: datetime,
    said: str,
) -> int:
    """Write to each, into one batch that waits; return how many. Nobody is written to twice.

    `people` says of each the time that they know, `note` what the notes of it are about.
    """
    batch = outbox.open_batch(
        title=f"{kind.label}: {seminar.title} ({seminar.edition.year}/{seminar.number})",
        about=about(seminar),
        kind=_kind(kind),
        path=reverse("people", args=[seminar.pk]),
        person_name=person_name,
        now=now,
    )
    groups: dict[Span, list[Registration]] = {}
    for each, known in people.items():
        groups.setdefault(known, []).append(each)
    for before, group in groups.items():
        write_once(
            group,
            kind,
            about=note,
            now=now,
            award_now=award_now,
            said=said,
            batch=batch,
            before=before,
        )
    kept = [
        (start.isoformat(), end.isoformat(), [each.pk for each in group])
        for (start, end), group in groups.items()
    ]
    return outbox.close_batch(batch, detail={"about": note, "known": kept, "said": said})


def drop_unwanted(batch: MailBatch) -> int:
    """Delete the letters of a leaving batch that are not true or not wanted any more; count them.

    Who has given the seat back, got one meanwhile, or stopped such letters knows already.
    """
    if not _is_ours(batch):
        return 0
    held = list(batch.letters.held().values_list("pk", "recipient_key", "wording"))
    found = Registration.objects.filter(pk__in=[int(key) for _pk, key, _wording in held])
    if batch.kind == _kind(LetterKind.THANKS):
        found = found.filter(registrant__reminders_stopped_at=None)
    states = dict(found.values_list("pk", "state"))
    unwanted = [pk for pk, key, wording in held if states.get(int(key)) != wording]
    count, _of_each = batch.letters.held().filter(pk__in=unwanted).delete()
    return count


def forget_notes(batch: MailBatch) -> int:
    """Delete the notes of letters that nobody will get, so that they can be written again."""
    if not _is_ours(batch):
        return 0
    meant = [pk for _start, _end, pks in batch.detail["known"] for pk in pks]
    kind = batch.kind.removeprefix(OURS)
    notes = LetterNote.objects.filter(kind=kind, about=batch.detail["about"])
    return notes.filter(registration__in=meant).delete()[0]


def _is_ours(batch: MailBatch) -> bool:
    return batch.kind.startswith(OURS)


def _kind(kind: LetterKind) -> str:
    return f"{OURS}{kind.value}"


def _newest_change(seminar: Seminar) -> MailBatch | None:
    found = MailBatch.objects.filter(
        about=about(seminar), kind__in=[_kind(each) for each in CHANGES]
    )
    newest: MailBatch | None = found.order_by("-pk").first()
    return newest
