"""What partners' embeds leave behind: counts, and nothing of who looked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connections, router

from laurels.partners.models import EmbedVisit

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.partners.models import Partner


def count_visit(*, partner: Partner, kind: str, address: str, now: datetime) -> None:
    """Count one loading of an embed under its partner and the day (UTC) of `now`."""
    table = EmbedVisit._meta.db_table
    # One statement on one row a day: two at once are both counted, and no row tells of one visit.
    statement = f"""
        INSERT INTO {table} AS kept (partner_id, day, kind, address, count)
        VALUES (%s, %s, %s, %s, 1)
        ON CONFLICT (partner_id, day, kind, address) DO UPDATE SET count = kept.count + 1
    """  # noqa: S608 -- the table is a model's
    with connections[router.db_for_write(EmbedVisit)].cursor() as cursor:
        cursor.execute(statement, [partner.pk, now.date(), kind, address])
