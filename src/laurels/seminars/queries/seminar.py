"""What can be asked of seminars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.editions.models import Edition
    from laurels.seminars.models import Presentation, Seminar


class PresentationQuerySet(models.QuerySet["Presentation"]):
    def with_initiatives(self) -> Self:
        """Return the presentations in their order, pages at hand."""
        return self.select_related(
            "initiative", "initiative__city", "initiative__edition"
        ).order_by("order")


class SeminarQuerySet(models.QuerySet["Seminar"]):
    def of(self, edition: Edition) -> Self:
        """Return the seminars of an edition as they come."""
        return self.filter(edition=edition).order_by("starts_at", "number")

    def with_cities(self) -> Self:
        """Return seminars with edition and cities: five queries, however many there are."""
        return self.select_related("edition__seminar_series").prefetch_related(
            "presentations__initiative__city", "presentations__initiative__edition"
        )

    def for_the_list(self) -> Self:
        """Return all seminars with their cities, the newest edition first, then as they come."""
        return self.with_cities().order_by("-edition__year", "starts_at", "number")

    def presenting(self, initiative_id: int | None) -> Self:
        """Return the seminars in which an initiative is presented; none for one never saved."""
        if initiative_id is None:
            return self.none()
        return self.filter(presentations__initiative_id=initiative_id).select_related("edition")

    def not_over(self, now: datetime) -> Self:
        return self.filter(ends_at__gt=now, cancelled_at=None)
