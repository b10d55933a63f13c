"""Editions and moments with nothing recorded but what a test says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from laurels.editions.enums import MomentKind, Precision
from laurels.editions.models import Edition, Moment

NOON = datetime(2023, 11, 5, 12, tzinfo=UTC)


def make_edition(year: int = 2023, **fields: Any) -> Edition:
    values = {"ordinal": year - 2000, "host_city": "Guangzhou", **fields}
    return Edition.objects.create(year=year, **values)


def make_moment(
    edition: Edition,
    kind: MomentKind,
    opens_at: datetime | None,
    closes_at: datetime | None = None,
    **fields: Any,
) -> Moment:
    return Moment.objects.create(
        edition=edition, kind=kind, **_instants(opens_at, closes_at), **fields
    )


def unsaved_moment(
    kind: MomentKind, opens_at: datetime | None, closes_at: datetime | None = None
) -> Moment:
    return Moment(kind=kind, **_instants(opens_at, closes_at))


def make_revealed_edition(year: int = 2021, now: datetime = NOON) -> Edition:
    """An edition whose ceremony was a day before `now`."""
    edition = make_edition(year)
    ceremony = now - timedelta(days=1)
    make_moment(edition, MomentKind.CEREMONY, ceremony, ceremony + timedelta(hours=2))
    return edition


def _instants(opens_at: datetime | None, closes_at: datetime | None) -> dict[str, Any]:
    return {
        "opens_at": opens_at,
        "opens_precision": Precision.MINUTE if opens_at else Precision.UNKNOWN,
        "closes_at": closes_at,
        "closes_precision": Precision.MINUTE if closes_at else Precision.UNKNOWN,
    }
