"""How much may be sent through the library's forms, in the transaction of the deed, or taken."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac

from laurels.foundation import rate_limits
from laurels.foundation.models import RateCount
from laurels.library.refusals import TooManyFiles, TooManyLetters

if TYPE_CHECKING:
    from datetime import datetime

DAY = timedelta(days=1)
PER_NETWORK, PER_CASE, PER_SENDER = 10, 30, 5
# Many times what a class of students takes: each makes the server read the whole library.
FILES, FILES_PERIOD = 200, timedelta(minutes=10)


def count(*, form: str, network: str, case: str, sender: str, now: datetime) -> None:
    """Count one thing sent. Raise TooManyLetters above a day's limit of any of the three."""
    limits = (
        ("network", network, PER_NETWORK),
        ("case", case, PER_CASE),
        # An address is counted by its fingerprint: the counter keeps nobody's address.
        ("sender", _digest(sender.casefold()), PER_SENDER),
    )
    try:
        for kind, key, limit in limits:
            name = f"library/{form}/{kind}"
            rate_limits.count(RateCount, name=name, key=key, limit=limit, period=DAY, now=now)
    except rate_limits.LimitReached as reached:
        raise TooManyLetters(reached.resets_at) from reached


def count_file(*, network: str, now: datetime) -> None:
    """Count one file that a network takes. Raise TooManyFiles above the limit."""
    # The key is no address: it tells nobody who has read what.
    key = salted_hmac("laurels.library.files", network).hexdigest()
    try:
        rate_limits.count(
            RateCount, name="library/files", key=key, limit=FILES, period=FILES_PERIOD, now=now
        )
    except rate_limits.LimitReached as reached:
        raise TooManyFiles(reached.resets_at) from reached


def is_first(*parts: str, now: datetime) -> bool:
    """Return whether this very thing was not sent yet within a day: a double click sends once."""
    try:
        rate_limits.count(
            RateCount,
            name="library/same",
            key=_digest("\x00".join(parts)),
            limit=1,
            period=DAY,
            now=now,
        )
    except rate_limits.LimitReached:
        return False
    return True


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
