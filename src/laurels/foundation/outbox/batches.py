"""Letters to many: written together, held, and sent or discarded once, by a person named.

Whoever settles a batch holds its row: of two at once the second waits, and is told who was first.
Each deed is one transaction, so that a stop in the middle leaves the batch waiting and whole.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from laurels.foundation import audit
from laurels.foundation.ids import mask_secrets
from laurels.foundation.models import Mail, MailBatch
from laurels.foundation.outbox.letters import post, wake
from laurels.foundation.signals import batch_discarded, batch_leaves

if TYPE_CHECKING:
    from datetime import datetime

KEPT_AFTER_IT_WAS_SETTLED = timedelta(days=30)
FOLD = "\r\n "  # RFC 5545, 3.1


class BatchIsSettled(Exception):  # noqa: N818 -- named for what is so
    """The batch was sent or discarded before; it says by whom and when."""

    def __init__(self, batch: MailBatch) -> None:
        super().__init__(batch.title)
        self.batch = batch


class BatchIsOfNoUse(Exception):  # noqa: N818 -- named for what is so
    """No letter of the batch is left to send: their use has passed, or nobody wants them."""


@transaction.atomic
def open_batch(
    *,
    title: str,
    about: str,
    kind: str,
    path: str,
    person_name: str,
    now: datetime,
) -> MailBatch:
    """Begin a batch in the transaction of its cause; letters are held in it, then it is closed."""
    return MailBatch.objects.create(
        title=title, about=about, kind=kind, path=path, written_by=person_name, written_at=now
    )


@transaction.atomic
def close_batch(batch: MailBatch, *, detail: dict[str, Any]) -> int:
    """Count what was written, and keep what its writer must know later; no letter: no batch."""
    batch.letter_count, batch.detail = batch.letters.count(), detail
    if batch.letter_count:
        batch.save(update_fields=["letter_count", "detail"])
    else:
        batch.delete()
    return batch.letter_count


@transaction.atomic
def release(*, batch: MailBatch, person_name: str, now: datetime) -> int:
    """Send the letters of a batch that are still of use, and return how many.

    Raise BatchIsSettled for who comes second, and BatchIsOfNoUse where nothing is left to send.
    """
    locked = _locked(batch)
    batch_leaves.send(sender=MailBatch, batch=locked)
    leaving = locked.letters.held().exclude(expires_at__lte=now)
    count = int(leaving.update(released_at=now, next_try_at=now))
    if not count:
        raise BatchIsOfNoUse(locked.title)
    locked.released_by, locked.released_at, locked.released_count = person_name, now, count
    locked.save(update_fields=["released_by", "released_at", "released_count"])
    _record(locked, "release letters", person_name, now, count)
    wake(Mail)
    return count


@transaction.atomic
def discard(*, batch: MailBatch, person_name: str, now: datetime) -> int:
    """Delete the letters of a batch unsent, with their addresses, and return how many.

    Who wrote them takes its own notes back. Raise BatchIsSettled for who comes second.
    """
    locked = _locked(batch)
    batch_discarded.send(sender=MailBatch, batch=locked)
    count, _of_each = locked.letters.held().delete()
    locked.discarded_by, locked.discarded_at = person_name, now
    locked.save(update_fields=["discarded_by", "discarded_at"])
    _record(locked, "discard letters", person_name, now, count)
    return count


@transaction.atomic
def send_sample(*, letter: Mail, address: str, now: datetime) -> None:
    """Send one copy of a held letter to who looks at it, without the reader's private links."""
    subject = _("Sample: %(subject)s") % {"subject": letter.subject}
    copy = Mail(
        address=address,
        subject=subject,
        text=without_secrets(letter),
        # A secret may be broken over two lines.
        calendar=mask_secrets(letter.calendar.replace(FOLD, "")),
    )
    post(copy, now=now)


def without_secrets(letter: Mail) -> str:
    """Return the text of a letter with dots for what opens its reader's own pages."""
    return mask_secrets(letter.text)


def forget_batches(*, now: datetime) -> None:
    """Delete batches that were settled a month ago, once their letters are gone too."""
    long_ago = now - KEPT_AFTER_IT_WAS_SETTLED
    MailBatch.objects.settled().filter(settled_at__lt=long_ago, letters=None).delete()


def _locked(batch: MailBatch) -> MailBatch:
    locked: MailBatch = MailBatch.objects.select_for_update().get(pk=batch.pk)
    if not locked.waits:
        raise BatchIsSettled(locked)
    return locked


def _record(batch: MailBatch, deed: str, person_name: str, now: datetime, count: int) -> None:
    audit.record(
        person_name=person_name,
        deed=deed,
        about=batch.about,
        now=now,
        detail={"letters": batch.title, "count": count},
    )
