"""A visitor writes to the secretariat."""

from __future__ import annotations

import hashlib
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
SAME_LETTER = timedelta(days=1)


@transaction.atomic
def write_to_secretariat(
    *, recipient: str, name: str, address: str, text: str, network: str, now: datetime
) -> None:
    """Post the letter; the answer goes to `address`, which is forgotten with the letter.

    The very same letter within a day is posted once. Raise LimitReached, with nothing posted, when
    too many come from one network or in all.
    """
    if not _is_first(recipient, name, address, text, now=now):
        return
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


def _is_first(*parts: str, now: datetime) -> bool:
    """Return whether this very letter is new; of its words only a fingerprint is kept."""
    key = hashlib.sha256("\x00".join(parts).encode()).hexdigest()
    try:
        rate_limits.count(
            RateCount, name="same letter", key=key, limit=1, period=SAME_LETTER, now=now
        )
    except rate_limits.LimitReached:
        return False
    return True
