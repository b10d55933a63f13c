"""The letters of the library, written into the outbox in the transaction of their cause."""

from __future__ import annotations

from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string

from laurels.foundation import outbox
from laurels.foundation.models import Mail
from laurels.library.addresses import lasting_url

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.library.models import InitiativePage


def recipients(initiative: InitiativePage) -> list[str]:
    """Return the addresses of the people behind a case; the secretariat's where none is known."""
    found = [contact.address for contact in initiative.contacts.all()]
    return list(dict.fromkeys(found)) or [secretariat()]


def secretariat() -> str:
    return parseaddr(settings.SECRETARIAT_ADDRESS)[1]


def send(
    name: str,
    address: str,
    initiative: InitiativePage,
    context: dict[str, Any],
    *,
    now: datetime,
    reply_to: str = "",
) -> Mail:
    """Post a letter from `library/mail/<name>.txt`, whose first line is the subject."""
    said = {
        **context,
        "initiative": initiative,
        "city": initiative.city.name,
        "title": initiative.display_title,
        "case_url": lasting_url(initiative.slug),
    }
    subject, _, text = render_to_string(f"library/mail/{name}.txt", said).partition("\n")
    mail = Mail(address=address, reply_to=reply_to, subject=subject, text=text.strip() + "\n")
    outbox.post(mail, now=now)
    return mail
