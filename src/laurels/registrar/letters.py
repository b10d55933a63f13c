"""The registrar's letters, written into its outbox in the transaction of their cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from laurels.design.instants import as_text
from laurels.foundation import outbox
from laurels.registrar.models import RegistrarMail

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.registrar.models import Code, RegistrarElection, VoterSession


def send_code(kept: Code, *, code: str, now: datetime) -> None:
    """Write the mail with a code; it is of no use once the code is too old."""
    context = {"code": code, "expires": as_text(kept.expires_at, kept.election.host_timezone)}
    mail = _letter(kept.election, "code", kept.address, kept.language, context)
    mail.expires_at = kept.expires_at
    outbox.post(mail, now=now)


def send_change(session: VoterSession, *, now: datetime) -> None:
    """Tell a voter that a new ballot took the place of the earlier one (SPEC, section 11)."""
    register = session.mailbox.election
    mail = _letter(register, "change", session.address, session.language, {})
    outbox.post(mail, now=now)


def _letter(
    register: RegistrarElection, name: str, address: str, language: str, context: dict[str, str]
) -> RegistrarMail:
    """Return a letter from `registrar/mail/<name>.txt`, whose first line is the subject."""
    with translation.override(language):
        closes = as_text(register.closes_at, register.host_timezone, closes=True)
        letter = render_to_string(
            f"registrar/mail/{name}.txt",
            {
                **context,
                "title": register.title,
                "closes": closes,
                "ballot_url": f"{settings.SITE_URL}/vote/{register.slug}/",
            },
        )
    subject, _, text = letter.partition("\n")
    return RegistrarMail(
        election=register, address=address, subject=subject, text=text.strip() + "\n"
    )
