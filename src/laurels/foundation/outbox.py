"""The outbox: a letter is written with its cause and sent afterwards, at least once.

Order of durability: write the letter in the transaction of its cause, commit, send, note that
it was sent. A crash between the last two sends it again, with the same Message-ID.
"""

from __future__ import annotations

import logging
import smtplib
import uuid
from datetime import timedelta
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connections, router, transaction

from laurels.foundation import audit
from laurels.foundation.models import OutgoingMail
from laurels.foundation.queries import OutgoingMailQuerySet

if TYPE_CHECKING:
    from datetime import datetime

    from django.core.mail.backends.base import BaseEmailBackend

BACK_OFF = [timedelta(seconds=seconds) for seconds in (2, 5, 15, 30, 60, 120, 300, 900, 3600)]
GIVE_UP_AFTER = timedelta(days=2)
KEPT_AFTER_THE_END = timedelta(days=7)
PERMANENT = 500
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}

log = logging.getLogger(__name__)


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


def send_next(letters: type[OutgoingMail], *, post_office: BaseEmailBackend, now: datetime) -> bool:
    """Send the letter that is due longest; return whether there was one.

    Its row is locked until its fate is written, so that no second sender takes it and a
    crash gives it back at once.
    """
    with transaction.atomic(using=router.db_for_write(letters)):
        mail = OutgoingMailQuerySet(letters).due(now).select_for_update(skip_locked=True).first()
        if mail is None:
            return False
        if mail.expires_at is not None and mail.expires_at <= now:
            _give_up(mail, failure="expired", now=now)
            return True
        try:
            post_office.open()
            _message(mail, post_office).send()
        except (OSError, smtplib.SMTPException, ValueError) as error:
            post_office.close()
            _put_off(mail, error, now=now)
        else:
            # A crash before the commit sends it again: at least once, never silently lost.
            mail.sent_at = now
            _forget(mail)
            mail.save()
        return True


def purge(letters: type[OutgoingMail], *, now: datetime) -> None:
    """Give up what is of no use any more, and delete what ended a week ago."""
    with transaction.atomic(using=router.db_for_write(letters)):
        stale = OutgoingMailQuerySet(letters).filter(
            sent_at=None, given_up_at=None, expires_at__lte=now
        )
        for mail in stale.select_for_update(skip_locked=True):
            _give_up(mail, failure="expired", now=now)
        OutgoingMailQuerySet(letters).finished_before(now - KEPT_AFTER_THE_END).delete()


def oldest_wait(letters: type[OutgoingMail], *, now: datetime) -> timedelta:
    """Return how long the oldest letter that may go has been waiting."""
    first = OutgoingMailQuerySet(letters).waiting().order_by("created_at").first()
    return timedelta() if first is None else now - first.created_at


def _wake(letters: type[OutgoingMail]) -> None:
    with connections[router.db_for_write(letters)].cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [channel(letters)])


def _message(mail: OutgoingMail, post_office: BaseEmailBackend) -> EmailMessage:
    return EmailMessage(
        mail.subject,
        mail.text,
        to=[mail.address],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": mail.message_id, **HEADERS},
        connection=post_office,
    )


def _put_off(mail: OutgoingMail, error: Exception, *, now: datetime) -> None:
    """Try again later, or give up where the other side said that it never will take it."""
    code = _smtp_code(error)
    # Servers quote the address in their texts: keep the kind of failure and its number only.
    failure = f"{type(error).__name__} {code or ''}".strip()
    log.warning("Mail %s was not sent: %s", mail.message_id, failure)
    mail.try_count += 1
    if code >= PERMANENT or now - mail.created_at >= GIVE_UP_AFTER:
        _give_up(mail, failure=failure, now=now)
        return
    mail.failure = failure
    mail.next_try_at = now + BACK_OFF[min(mail.try_count, len(BACK_OFF)) - 1]
    mail.save()


def _smtp_code(error: Exception) -> int:
    """Return the SMTP reply code (RFC 5321, 4.2) of a refused letter, or 0."""
    if isinstance(error, ValueError):
        return PERMANENT  # a header that no mail can have will not become better
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max(code for code, _ in error.recipients.values())
    # A refused sign-in is a fault of ours: the letter waits until it is repaired.
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return 0
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0


def _give_up(mail: OutgoingMail, *, failure: str, now: datetime) -> None:
    mail.given_up_at = now
    mail.failure = failure
    _forget(mail)
    mail.save()


def _forget(mail: OutgoingMail) -> None:
    mail.address = mail.reply_to = mail.subject = mail.text = ""
