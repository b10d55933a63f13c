"""What can be asked of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from django.db import models
from django.db.models.functions import Lower

from laurels.foundation.countries import country_name
from laurels.foundation.ids import fingerprint
from laurels.foundation.languages import OriginalsQuerySet
from laurels.library.addresses import city_stem, free_city_address
from laurels.library.enums import Stage, Told
from laurels.library.search import LibraryQuestion, find_all

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from laurels.editions.models import Edition
    from laurels.library.models import (
        Adaptation,
        City,
        FollowUp,
        FollowUpInvitation,
        Goal,
        InitiativePage,
        Theme,
    )


class CityRow(NamedTuple):
    """A city with how many cases answer; `path` is the page of one of them. Degrees of WGS 84."""

    pk: int
    address: str
    name: str
    country: str
    latitude: float
    longitude: float
    case_count: int
    path: str


class InitiativeQuerySet(OriginalsQuerySet):
    """Initiatives; the chains named for a reader load in a fixed number of queries."""

    def with_everything(self) -> Self:
        """Return initiatives with city, edition, themes, goals and honours at hand."""
        return (
            self.select_related("city", "edition")
            .prefetch_related("themes", "goals", "honours")
            .in_words()
        )

    def with_every_fact(self) -> Self:
        """Return initiatives with all that a file says of them, in their own words."""
        return self.select_related("city", "edition").prefetch_related(
            "themes", "goals", "honours", "urban_agenda_tags", "basic_data", "figures"
        )

    def changed_at(self) -> datetime | None:
        """Return when one of these initiatives was last published, None where none ever was."""
        found: datetime | None = self.aggregate(at=models.Max("last_published_at"))["at"]
        return found

    def shortlisted(self) -> Self:
        return self.filter(stage=Stage.SHORTLISTED)

    def shortlisted_in(self, edition: Edition) -> Self:
        """Return the shortlist of an edition by city name: the same order for everybody."""
        return self.live().public().shortlisted().filter(edition=edition).by_city()

    def deserving_in(self, edition: Edition) -> Self:
        """Return the known deserving initiatives of an edition that were not shortlisted."""
        return self.live().public().filter(edition=edition, stage=Stage.DESERVING).by_city()

    def by_city(self) -> Self:
        """Return initiatives by city name, small and capital letters alike."""
        return self.order_by(Lower("city__name"), "slug")

    def for_the_library(self) -> Self:
        """Return what the library's list shows: newest edition first, then by city."""
        return (
            self.live()
            .public()
            .with_everything()
            .order_by("-edition__year", Lower("city__name"), "slug")
        )

    def answering(
        self, question: LibraryQuestion, *, told: Collection[int]
    ) -> list[InitiativePage]:
        """Return all that answers a question, in its order; `told` as in `search.find`."""
        return self.in_order(find_all(question, told=told))

    def in_order(self, pks: Collection[int]) -> list[InitiativePage]:
        """Return the public ones of these initiatives in the order of their keys."""
        rows = self.live().public().filter(pk__in=pks).with_everything().in_words()
        found = {row.pk: row for row in rows}
        return [found[pk] for pk in pks if pk in found]

    def asked(self, question: LibraryQuestion, *, told: Collection[int]) -> Self:
        """Return the initiatives that answer a question, as a chain; `told` as in `find`."""
        return self.filter(pk__in=find_all(question, told=told))

    def by_place(self) -> list[CityRow]:
        """Return the cities with a recorded position in which these initiatives are."""
        placed = self.filter(city__latitude__isnull=False).order_by()
        rows = placed.values(
            "city_id",
            "city__slug",
            "city__name",
            "city__country",
            "city__country_code",
            "city__latitude",
            "city__longitude",
        ).annotate(case_count=models.Count("pk"), slug=models.Min("slug"))
        return [
            CityRow(
                pk=row["city_id"],
                address=row["city__slug"],
                name=row["city__name"],
                country=country_name(row["city__country_code"], row["city__country"]),
                latitude=row["city__latitude"],
                longitude=row["city__longitude"],
                case_count=row["case_count"],
                path=f"initiatives/{row['slug']}/",
            )
            for row in rows
        ]

    def without_a_place(self) -> Self:
        """Return the initiatives whose city has no recorded position."""
        return self.filter(city__latitude__isnull=True)

    def about(self, theme: Theme) -> Self:
        return self.filter(themes=theme)

    def towards(self, goal: Goal) -> Self:
        return self.filter(goals=goal)

    def honoured_as(self, kind: str) -> Self:
        """Return the initiatives that hold an honour of that kind."""
        return self.filter(honours__kind=kind).distinct()

    def honoured_in(self, edition: Edition) -> Self:
        """Return the initiatives that the edition honoured, by city."""
        return self.live().filter(honours__edition=edition).distinct().by_city()

    def from_city(self, city: City) -> Self:
        return self.filter(city=city)

    def beside(self, initiative: InitiativePage) -> Self:
        """Return the other public initiatives of the same city, the newest first."""
        return (
            self.live()
            .public()
            .filter(city_id=initiative.city_id)
            .exclude(pk=initiative.pk)
            .select_related("city", "edition")
            .order_by("-edition__year", "slug")
            .in_words()
        )


class CityQuerySet(models.QuerySet["City"]):
    def in_the_library(self) -> Self:
        """Return the cities that have a public initiative."""
        return self.filter(initiatives__live=True).distinct()

    def countries_in_the_library(self) -> list[tuple[str, str]]:
        """Return code and name of each country that has an initiative, by name."""
        rows = self.in_the_library().values_list("country_code", "country").order_by("country")
        return list(dict.fromkeys(rows))

    def at(self, address: str) -> City | None:
        """Return the city at an address, or the one that once had it; None for neither."""
        found = self.filter(slug=address).first()
        return found or self.filter(former_addresses__slug=address).first()

    def free_address(self, country_code: str, name: str) -> str:
        """Return an address for a city of that name that no city has or had."""
        begun = city_stem(country_code, name)
        taken = set(
            self.model.objects.filter(slug__startswith=begun).values_list("slug", flat=True)
        )
        former = self.model.objects.filter(former_addresses__slug__startswith=begun)
        taken |= set(former.values_list("former_addresses__slug", flat=True))
        return free_city_address(country_code, name, taken)

    def known_as(self, name: str) -> Self:
        """Return the cities of exactly that name, letter case aside."""
        return self.filter(name__iexact=name)


class InvitationQuerySet(models.QuerySet["FollowUpInvitation"]):
    def opened_by(self, secret: str, now: datetime) -> FollowUpInvitation | None:
        """Return the invitation whose private link holds this secret, while it is good."""
        asked = self.filter(fingerprint=fingerprint(secret), expires_at__gt=now)
        return asked.select_related("initiative__city", "initiative__edition").first()


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def shown(self) -> Self:
        return self.filter(state=Told.SHOWN)

    def waiting(self) -> Self:
        """Return what nobody has decided, the oldest first."""
        return self.filter(state=Told.WAITING).select_related("initiative").order_by("told_at")


class AdaptationQuerySet(models.QuerySet["Adaptation"]):
    def shown(self) -> Self:
        """Return what was confirmed, with the initiatives that may be linked."""
        return self.filter(state=Told.SHOWN).select_related(
            "initiative__city", "initiative__edition", "adapted_in__city", "adapted_in__edition"
        )

    def waiting(self) -> Self:
        """Return what nobody has confirmed, the oldest first."""
        asked = self.filter(state=Told.WAITING).select_related("initiative", "adapted_in")
        return asked.order_by("told_at")

    def confirmed_by_link(self, secret: str) -> Adaptation | None:
        """Return the adaptation to whose confirmation a private link with this secret leads."""
        asked = self.filter(fingerprint=fingerprint(secret))
        return asked.select_related("initiative__city", "initiative__edition").first()
