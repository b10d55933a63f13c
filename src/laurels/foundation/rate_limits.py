"""Limits on how often something may be asked for, counted in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connections, router
from django.db.models import QuerySet

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from laurels.foundation.models import RateCounter


class LimitReached(Exception):  # noqa: N818 -- named for what is wrong
    """Too often; the count begins anew at `resets_at`."""

    def __init__(self, resets_at: datetime) -> None:
        super().__init__(f"The limit begins anew at {resets_at.isoformat()}.")
        self.resets_at = resets_at


def count(
    counters: type[RateCounter],
    *,
    name: str,
    key: str,
    limit: int,
    period: timedelta,
    now: datetime,
) -> int:
    """Count one event of `key` and return how many there were in its period, this one included.

    Raise `LimitReached` above `limit`. A period begins with its first event. In a transaction
    the row stays locked until the end, so that events of one key come one after another.
    """
    table = counters._meta.db_table
    connection = connections[router.db_for_write(counters)]
    # One statement: two processes that count at once both see the other's event.
    statement = f"""
        INSERT INTO {table} AS kept (name, key, count, resets_at) VALUES (%s, %s, 1, %s)
        ON CONFLICT (name, key) DO UPDATE SET
            count = CASE WHEN kept.resets_at <= %s THEN 1 ELSE kept.count + 1 END,
            resets_at = CASE WHEN kept.resets_at <= %s THEN excluded.resets_at
                             ELSE kept.resets_at END
        RETURNING count, resets_at
    """  # noqa: S608 -- the table is a model's
    with connection.cursor() as cursor:
        cursor.execute(statement, [name, key, now + period, now, now])
        counted: int
        resets_at: datetime
        counted, resets_at = cursor.fetchone()
    if counted > limit:
        raise LimitReached(resets_at)
    return counted


def purge(counters: type[RateCounter], *, now: datetime) -> int:
    """Delete the counts of periods that are over; return how many."""
    deleted, _ = QuerySet(counters).filter(resets_at__lte=now).delete()
    return deleted
