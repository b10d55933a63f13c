"""What can be asked of partners and their campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models.functions import Lower

if TYPE_CHECKING:
    from laurels.partners.models import Campaign, Partner


class PartnerQuerySet(models.QuerySet["Partner"]):
    def alphabetical(self) -> Self:
        """Return partners by the short name that their wordmark shows: nobody comes first."""
        return self.order_by(Lower("short_name"), "pk").select_related("logo")


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def of(self, *, slug: str, year: int) -> Self:
        """Return the campaign at `/partners/<slug>/<year>/`, partner and calendar at hand."""
        return (
            self.filter(partner__slug=slug, edition__year=year)
            .select_related("partner", "edition")
            .prefetch_related("edition__moments")
        )

    def newest_first(self) -> Self:
        return self.select_related("partner", "edition").order_by("-edition__year", "partner__slug")
