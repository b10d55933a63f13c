"""How much may be sent through the library's forms. Counted in the transaction of the deed."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from laurels.foundation import rate_limits
from laurels.foundation.models import RateCount
from laurels.library.refusals import TooManyLetters

if TYPE_CHECKING:
    from datetime import datetime

DAY = timedelta(days=1)
PER_NETWORK, PER_CASE, PER_SENDER = 10, 30, 5


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
