"""Letters in the outbox: how they come in, and how they are forgotten."""

from __future__ import annotations

import uuid
from datetime import timedelta
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.db import connections, router, transaction

from laurels.foundation.models import OutgoingMail
from laurels.foundation.queries import OutgoingMailQuerySet

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.foundation.models import Mail, MailBatch

KEPT_AFTER_THE_END = timedelta(days=7)


def boxes() -> list[type[OutgoingMail]]:
    """Return every model of letters, one for each database that keeps some."""
    return [model for model in apps.get_models() if issubclass(model, OutgoingMail)]


def channel(letters: type[OutgoingMail]) -> str:
    """Return the name on which PostgreSQL tells the worker that a letter waits."""
    return f"outbox_{letters._meta.db_table}"


def post(mail: OutgoingMail, *, now: datetime) -> OutgoingMail:
    """Put a letter (address, subject, text) into its outbox; it goes when the cause commits.

    What goes to many is held instead (`hold`), until a person has looked at it.
    """
    _write(mail, now)
    wake(type(mail))
    return mail


def hold(mail: Mail, *, batch: MailBatch, now: datetime) -> Mail:
    """Put a letter into its outbox; it goes when a person sends its batch."""
    mail.batch = batch
    _write(mail, now, is_held=True)
    return mail


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
    first = OutgoingMailQuerySet(letters).waiting().order_by("released_at").first()
    return timedelta() if first is None else now - first.released_at


def give_up(mail: OutgoingMail, *, failure: str, now: datetime) -> None:
    mail.given_up_at = now
    mail.failure = failure
    forget(mail)
    mail.save()


def forget(mail: OutgoingMail) -> None:
    """Empty what tells who got what."""
    for name in mail.FORGOTTEN:
        setattr(mail, name, "")


def _write(mail: OutgoingMail, now: datetime, *, is_held: bool = False) -> None:
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    mail.message_id = f"<{uuid.uuid4()}@{host}>"
    mail.subject = " ".join(mail.subject.split())
    mail.created_at = mail.next_try_at = now
    mail.released_at = None if is_held else now
    mail.save(force_insert=True)


def wake(letters: type[OutgoingMail]) -> None:
    with connections[router.db_for_write(letters)].cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [channel(letters)])
