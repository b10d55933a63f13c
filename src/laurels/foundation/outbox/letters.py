"""Letters in the outbox: how they come in, are released, and are forgotten."""

from __future__ import annotations

import uuid
from datetime import timedelta
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.db import connections, router, transaction

from laurels.foundation import audit
from laurels.foundation.models import OutgoingMail
from laurels.foundation.queries import OutgoingMailQuerySet

if TYPE_CHECKING:
    from datetime import datetime

KEPT_AFTER_THE_END = timedelta(days=7)


def boxes() -> list[type[OutgoingMail]]:
    """Return every model of letters, one for each database that keeps some."""
    return [model for model in apps.get_models() if issubclass(model, OutgoingMail)]


def channel(letters: type[OutgoingMail]) -> str:
    """Return the name on which PostgreSQL tells the worker that a letter waits."""
    return f"outbox_{letters._meta.db_table}"


def post(mail: OutgoingMail, *, now: datetime, held: bool = False) -> OutgoingMail:
    """Put a letter (address, subject, text) into its outbox; it goes when the cause commits.

    `held` keeps it until a person releases its batch: so for everything that goes to many.
    """
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    mail.message_id = f"<{uuid.uuid4()}@{host}>"
    mail.subject = " ".join(mail.subject.split())
    mail.created_at = mail.next_try_at = now
    mail.released_at = None if held else now
    mail.save(force_insert=True)
    if not held:
        _wake(type(mail))
    return mail


def release(letters: type[OutgoingMail], *, batch: str, person_name: str, now: datetime) -> int:
    """Send a held batch, by the person named, and return how many letters it has."""
    with transaction.atomic(using=router.db_for_write(letters)):
        count = (
            OutgoingMailQuerySet(letters)
            .held()
            .filter(batch=batch)
            .update(released_at=now, next_try_at=now)
        )
        audit.record(
            person_name=person_name,
            deed="release mails",
            about=batch,
            now=now,
            detail={"count": count},
        )
        _wake(letters)
    return count


def purge(letters: type[OutgoingMail], *, now: datetime) -> None:
    """Give up what is of no use any more, and delete what ended a week ago."""
    with transaction.atomic(using=router.db_for_write(letters)):
        stale = OutgoingMailQuerySet(letters).filter(
            sent_at=None, given_up_at=None, expires_at__lte=now
        )
        for mail in stale.select_for_update(skip_locked=True):
            give_up(mail, failure="expired", now=now)
        OutgoingMailQuerySet(letters).finished_before(now - KEPT_AFTER_THE_END).delete()


def oldest_wait(letters: type[OutgoingMail], *, now: datetime) -> timedelta:
    """Return how long the oldest letter that may go has been waiting."""
    first = OutgoingMailQuerySet(letters).waiting().order_by("created_at").first()
    return timedelta() if first is None else now - first.created_at


def give_up(mail: OutgoingMail, *, failure: str, now: datetime) -> None:
    mail.given_up_at = now
    mail.failure = failure
    forget(mail)
    mail.save()


def forget(mail: OutgoingMail) -> None:
    """Empty what tells who got what."""
    mail.address = mail.reply_to = mail.subject = mail.text = mail.calendar = mail.stop_url = ""


def _wake(letters: type[OutgoingMail]) -> None:
    with connections[router.db_for_write(letters)].cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [channel(letters)])
