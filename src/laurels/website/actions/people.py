"""People are invited to work on the award."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from laurels.foundation import outbox
from laurels.foundation.models import Mail

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.accounts.models import Person


@transaction.atomic
def invite_person(*, person: Person, invited_by: Person, now: datetime) -> None:
    """Write a letter that tells how to sign in: with this address, and a code that comes to it.

    The letter holds no secret: whoever else reads it cannot sign in.
    """
    context = {
        "person": person,
        "invited_by": invited_by,
        "award": settings.WAGTAIL_SITE_NAME,
        "sign_in_url": settings.SITE_URL + reverse("account_login"),
    }
    subject, _, text = render_to_string("website/mail/invitation.txt", context).partition("\n")
    outbox.post(Mail(address=person.email, subject=subject, text=text.strip() + "\n"), now=now)
