"""Seminars of an hour and a half, without cities."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from laurels.editions.models import Edition
from laurels.seminars.models import Seminar

STARTS_AT = datetime(2023, 11, 6, 12, 30, tzinfo=UTC)


def make_seminar(edition: Edition, number: int = 1, **fields: Any) -> Seminar:
    values = {"title": f"Seminar {number}", "starts_at": STARTS_AT, **fields}
    values.setdefault("ends_at", values["starts_at"] + timedelta(minutes=90))
    return Seminar.objects.create(edition=edition, number=number, **values)
