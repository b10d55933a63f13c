"""A visitor writes to the secretariat."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from laurels.foundation import outbox, rate_limits
from laurels.foundation.models import Mail, RateCount

if TYPE_CHECKING:
    from datetime import datetime

LETTERS_PER_NETWORK = 5
LETTERS_IN_ALL = 200
PERIOD = timedelta(hours=1)


@transaction.atomic
def write_to_secretariat(
    *, recipient: str, name: str, address: str, text: str, network: str, now: datetime
) -> None:
    """Post the letter; the answer goes to `address`, which is forgotten with the letter.

    Raise LimitReached, with nothing posted, when too many come from one network or in all.
    """
    for key, limit in ((network, LETTERS_PER_NETWORK), ("all", LETTERS_IN_ALL)):
        rate_limits.count(
            RateCount,
            name="letters to the secretariat",
            key=key,
            limit=limit,
            period=PERIOD,
            now=now,
        )
    subject = f"A letter from {name}"
    mail = Mail(address=recipient, reply_to=address, subject=subject, text=f"{text}\n\n{name}\n")
    outbox.post(mail, now=now)
