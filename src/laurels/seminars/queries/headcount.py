"""What can be asked of how many people were in a room."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.seminars.models import Headcount, Seminar

FRESH = timedelta(minutes=2)


class HeadcountQuerySet(models.QuerySet["Headcount"]):
    def of(self, seminar: Seminar) -> Self:
        return self.filter(seminar=seminar).order_by("minute")

    def by_minute(self, seminar: Seminar) -> dict[datetime, int]:
        return dict(self.of(seminar).values_list("minute", "people"))

    def now_in(self, seminar: Seminar, now: datetime) -> int | None:
        """Return how many are in a room at `now` (award clock); None where nobody counts."""
        fresh = self.of(seminar).filter(minute__gt=now - FRESH, minute__lte=now)
        return fresh.values_list("people", flat=True).last()
