"""What can be asked of editions and their moments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from laurels.editions.models import Edition, Moment


class EditionQuerySet(models.QuerySet["Edition"]):
    def newest_first(self) -> Self:
        return self.order_by("-year")

    def with_calendar(self) -> Self:
        """Return the editions with their moments: two queries, however many there are."""
        return self.prefetch_related("moments")

    def for_the_list(self) -> Self:
        """Return what the list of editions shows, the newest first."""
        return self.newest_first().with_calendar()


class MomentQuerySet(models.QuerySet["Moment"]):
    def in_order(self) -> Self:
        """Return moments as they come; those without a recorded day last."""
        return self.order_by(models.F("opens_at").asc(nulls_last=True), "closes_at", "kind")
