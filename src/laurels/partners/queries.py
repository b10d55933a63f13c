"""What can be asked of partners and their campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from django.db import models
from django.db.models import Max, Min, Sum
from django.db.models.functions import Lower

from laurels.partners.enums import EmbedKind

if TYPE_CHECKING:
    from datetime import date

    from laurels.partners.models import Campaign, EmbedVisit, Partner


class Brought(NamedTuple):
    """What one embed of a partner brought: its visits, from the first day to the last."""

    kind: str
    address: str
    visits: int
    first_day: date
    last_day: date

    @property
    def label(self) -> str:
        """What is shown elsewhere, in words."""
        return str(EmbedKind(self.kind).label)


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


class EmbedVisitQuerySet(models.QuerySet["EmbedVisit"]):
    def total(self) -> int:
        found: int | None = self.aggregate(total=Sum("count"))["total"]
        return found or 0

    def by_embed(self) -> list[Brought]:
        """Return the visits of each embed over all days, the most visited first."""
        rows = (
            self.order_by()
            .values("kind", "address")
            .annotate(visits=Sum("count"), first_day=Min("day"), last_day=Max("day"))
            .order_by("-visits", "kind", "address")
        )
        return [
            Brought(row["kind"], row["address"], row["visits"], row["first_day"], row["last_day"])
            for row in rows
        ]
