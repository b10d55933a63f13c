"""A letter as a mail: its headers, and the calendar that goes along."""

from __future__ import annotations

from email.mime.text import MIMEText
from typing import TYPE_CHECKING

from django.core.mail import EmailMessage

if TYPE_CHECKING:
    from django.core.mail.backends.base import BaseEmailBackend

    from laurels.foundation.models import OutgoingMail

HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
CANCEL = "METHOD:CANCEL"


def message(mail: OutgoingMail, post_office: BaseEmailBackend) -> EmailMessage:
    headers = {"Message-ID": mail.message_id, **HEADERS}
    if mail.stop_url:
        # RFC 8058: a mailbox's own button stops the letters, without a page between.
        headers["List-Unsubscribe"] = f"<{mail.stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    letter = EmailMessage(
        mail.subject,
        mail.text,
        to=[mail.address],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers,
        connection=post_office,
    )
    if mail.calendar:
        letter.attach(_calendar(mail.calendar))
    return letter


def _calendar(text: str) -> MIMEText:
    """Return an iCalendar part; RFC 6047, 2.4: the method stands in its type too."""
    part = MIMEText(text, "calendar", "utf-8")
    part.set_param("method", "CANCEL" if CANCEL in text else "PUBLISH")
    part.add_header("Content-Disposition", "attachment", filename="seminars.ics")
    return part
