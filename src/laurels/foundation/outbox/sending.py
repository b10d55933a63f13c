"""Sending: one letter, one sender, and what becomes of it when the sender dies.

A sender holds a lock of its database session for as long as it has a letter, so that the death
of the process gives the letter back at once. What must outlive it is committed step by step.
"""

from __future__ import annotations

import logging
import smtplib
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connections, router

from laurels.foundation.outbox import envelopes
from laurels.foundation.outbox.letters import forget, give_up
from laurels.foundation.queries import OutgoingMailQuerySet

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.core.mail import EmailMessage
    from django.core.mail.backends.base import BaseEmailBackend

    from laurels.foundation.models import OutgoingMail

BACK_OFF = [timedelta(seconds=seconds) for seconds in (2, 5, 15, 30, 60, 120, 300, 900, 3600)]
GIVE_UP_AFTER = timedelta(days=2)
PERMANENT = 500
OF_OURS = "5.7."
CANDIDATES = 20  # far more than there are senders
# Longer than a mail server may be silent (EMAIL_TIMEOUT) and a sender may look for its database.
IN_DOUBT_AFTER = timedelta(seconds=30)
NOTING_SECONDS, NOTING_PAUSE = 15.0, 0.2

log = logging.getLogger(__name__)


def send_next(letters: type[OutgoingMail], *, post_office: BaseEmailBackend, now: datetime) -> bool:
    """Send the letter that is due longest; return whether there was one."""
    mail = _take(letters, now)
    if mail is None:
        return False
    try:
        _settle(mail, post_office, now)
    finally:
        _let_go(mail)
    return True


def _take(letters: type[OutgoingMail], now: datetime) -> OutgoingMail | None:
    """Return the letter that is due longest and that nobody else has in hand."""
    due = OutgoingMailQuerySet(letters).due(now, in_doubt_after=IN_DOUBT_AFTER)
    for pk in due.values_list("pk", flat=True)[:CANDIDATES]:
        if not _lock(letters, pk):
            continue
        # Between looking and locking another sender may have sent it.
        mail: OutgoingMail | None = due.filter(pk=pk).first()
        if mail is not None:
            return mail
        _unlock(letters, pk)
    return None


def _settle(mail: OutgoingMail, post_office: BaseEmailBackend, now: datetime) -> None:
    if mail.expires_at is not None and mail.expires_at <= now:
        give_up(mail, failure="expired", now=now)
        return
    if mail.handed_over_at is not None and _may_not_go_twice(mail):
        # Its sender died with the text under way: better never than twice.
        give_up(mail, failure="in doubt", now=now)
        return
    try:
        _hand_over(envelopes.message(mail, post_office), post_office, lambda: _note(mail, now))
    except (OSError, smtplib.SMTPException, ValueError) as error:
        post_office.close()
        _put_off(mail, error, now=now)
    else:
        mail.sent_at = now
        forget(mail)
        _keep_noting(mail)


def _hand_over(
    message: EmailMessage, post_office: BaseEmailBackend, before_the_text: Callable[[], None]
) -> None:
    """Send, and call `before_the_text` at the last moment at which nothing can have arrived."""
    post_office.open()
    connection = getattr(post_office, "connection", None)
    if not isinstance(connection, smtplib.SMTP):
        before_the_text()
        message.send()
        return

    def data(text: bytes | str) -> tuple[int, bytes]:
        before_the_text()
        return smtplib.SMTP.data(connection, text)

    # RFC 5321, 4.1.1.4: until the text ends, the other side has taken nothing upon itself.
    vars(connection)["data"] = data
    try:
        message.send()
    finally:
        del vars(connection)["data"]


def _note(mail: OutgoingMail, now: datetime) -> None:
    mail.handed_over_at = now
    mail.save(update_fields=["handed_over_at"])


def _keep_noting(mail: OutgoingMail) -> None:
    """Note that a letter has gone, though the database restarts at this very moment."""
    until = time.monotonic() + NOTING_SECONDS
    while True:
        try:
            mail.save()
        except DatabaseError:
            if time.monotonic() > until:
                raise
            connections[router.db_for_write(type(mail))].close()
            time.sleep(NOTING_PAUSE)
        else:
            return


def _put_off(mail: OutgoingMail, error: Exception, *, now: datetime) -> None:
    """Try again later, or give up where the other side said that it never will take it."""
    code = _smtp_code(error)
    # Servers quote the address in their texts: keep the kind of failure and its number only.
    failure = f"{type(error).__name__} {code or ''}".strip()
    log.warning("Mail %s was not sent: %s", mail.message_id, failure)
    if mail.handed_over_at is not None and not code and _may_not_go_twice(mail):
        # The line broke with the text under way: nobody knows whether it arrived.
        give_up(mail, failure="in doubt", now=now)
        return
    mail.handed_over_at = None
    mail.try_count += 1
    if _is_for_good(error) or now - (mail.released_at or mail.created_at) >= GIVE_UP_AFTER:
        give_up(mail, failure=failure, now=now)
        return
    mail.failure = failure
    mail.next_try_at = now + BACK_OFF[min(mail.try_count, len(BACK_OFF)) - 1]
    mail.save()


def _may_not_go_twice(mail: OutgoingMail) -> bool:
    """Return whether a letter in doubt is given up: a copy that is dropped does no harm."""
    return mail.is_once and not settings.MAIL_DROPS_COPIES


def _smtp_code(error: Exception) -> int:
    """Return the SMTP reply code (RFC 5321, 4.2) of a refused letter, or 0."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max(code for code, _ in error.recipients.values())
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0


def _is_for_good(error: Exception) -> bool:
    """Return whether no later try can help, since the fault is the letter's or its reader's.

    A mail server that refuses our sign-in, our sender or our network (RFC 3463, 3.8: status
    5.7.x) would refuse every letter: all of them wait until that is repaired.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        replies: list[tuple[int, bytes | str]] = [*error.recipients.values()]
    elif isinstance(error, smtplib.SMTPDataError):
        replies = [(error.smtp_code, error.smtp_error)]
    else:
        # A header that no mail can have will not become better.
        return isinstance(error, ValueError)
    return all(code >= PERMANENT and not _text(said).startswith(OF_OURS) for code, said in replies)


def _text(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said


def _lock(letters: type[OutgoingMail], pk: int) -> bool:
    return _ask("SELECT pg_try_advisory_lock(%s::regclass::oid::int, %s::int)", letters, pk)


def _unlock(letters: type[OutgoingMail], pk: int) -> bool:
    return _ask("SELECT pg_advisory_unlock(%s::regclass::oid::int, %s::int)", letters, pk)


def _let_go(mail: OutgoingMail) -> None:
    try:
        _unlock(type(mail), mail.pk)
    except DatabaseError:
        # The session is gone, and the lock with it.
        connections[router.db_for_write(type(mail))].close()


def _ask(statement: str, letters: type[OutgoingMail], pk: int) -> bool:
    with connections[router.db_for_write(letters)].cursor() as cursor:
        # The lock's second half has 32 bits: letters far apart may share it, which only waits.
        cursor.execute(statement, [letters._meta.db_table, pk % 2**31])
        return bool(cursor.fetchone()[0])
