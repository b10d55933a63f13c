"""A deed whose answer was lost on its way back: sent again, it is not done again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from laurels.foundation import rate_limits
from laurels.foundation.models import RateCount
from laurels.foundation.rate_limits import LimitReached

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta


@transaction.atomic
def do_once(*, key: str, deed: Callable[[], object], within: timedelta, now: datetime) -> bool:
    """Do a deed and return True; return False where the same was done less than `within` ago.

    What is refused was not done, and may be tried again. Two at one moment come one after the
    other.
    """
    try:
        rate_limits.count(RateCount, name="seminar deed", key=key, limit=1, period=within, now=now)
    except LimitReached:
        return False
    deed()
    return True
