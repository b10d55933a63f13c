"""What a search engine may find: every public page, by its address in the first language."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from laurels.ballotbox.models import Election
from laurels.editions.models import Edition
from laurels.foundation.languages import original_locale
from laurels.library.enums import Stage
from laurels.library.models import City, InitiativePage
from laurels.partners.models import Campaign, Partner
from laurels.seminars.models import Seminar

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

LISTS = (
    "library:map",
    "website:edition_list",
    "website:how_we_count",
    "seminars:seminar_list",
    "partners:partner_list",
)


class Place(NamedTuple):
    """A path of the site and when it last changed, None where nobody keeps it."""

    path: str
    changed_at: datetime | None = None


class OurSitemap(Sitemap[Any]):
    """A sitemap under the site's own address, whatever host asked for it."""

    limit = 10_000

    def get_urls(
        self,
        page: int | str = 1,
        site: Any = None,  # noqa: ARG002 -- Django's
        protocol: str | None = None,  # noqa: ARG002 -- Django's
    ) -> list[dict[str, Any]]:
        own = urlsplit(settings.SITE_URL)
        with override(settings.LANGUAGE_CODE):
            host: Any = SimpleNamespace(domain=own.netloc)
            return super().get_urls(page, host, own.scheme)

    def location(self, item: Place) -> str:
        return item.path

    def lastmod(self, item: Place) -> datetime | None:
        return item.changed_at


class CaseSitemap(OurSitemap):
    """The initiatives. Rows and not pages: there may be a hundred thousand."""

    def items(self) -> QuerySet[Any]:
        cases = InitiativePage.objects.live().public().order_by("pk")
        found: QuerySet[Any] = cases.values_list("slug", "last_published_at")
        return found

    def location(self, item: tuple[str, datetime | None]) -> str:
        return f"{reverse('wagtail_serve', args=['initiatives/'])}{item[0]}/"

    def lastmod(self, item: tuple[str, datetime | None]) -> datetime | None:
        return item[1]


class PageSitemap(OurSitemap):
    """All other pages of the page tree."""

    def items(self) -> list[Place]:
        pages = Page.objects.live().public().not_type(InitiativePage).order_by("path")
        shown = pages.filter(locale=original_locale(), depth__gt=1).specific()
        return [Place(page.url, page.last_published_at) for page in shown if page.url]


class RoomSitemap(OurSitemap):
    """What is no page of the tree: editions, shortlists, campaigns, seminars, votes and results."""

    def items(self) -> list[Place]:
        found = [reverse(name) for name in LISTS]
        found += [
            reverse("website:edition", args=[edition.year])
            for edition in Edition.objects.newest_first()
        ]
        shortlisted = InitiativePage.objects.live().public().filter(stage=Stage.SHORTLISTED)
        years = shortlisted.order_by("edition__year").values_list("edition__year", flat=True)
        found += [reverse("website:shortlist", args=[year]) for year in years.distinct()]
        found += [
            reverse("website:campaign", args=[each.partner.slug, each.edition.year])
            for each in Campaign.objects.select_related("partner", "edition")
        ]
        found += [each.get_absolute_url() for each in Partner.objects.alphabetical()]
        found += [each.get_absolute_url() for each in Seminar.objects.all()]
        cities = City.objects.in_the_library().order_by("slug")
        found += [
            reverse("library:city", args=[slug]) for slug in cities.values_list("slug", flat=True)
        ]
        votes = Election.objects.for_the_public().filter(edition__isnull=False)
        years = votes.values_list("edition__year", flat=True)
        found += [reverse("results:result", args=[year]) for year in years]
        return [Place(path) for path in dict.fromkeys(found)]


SITEMAPS = {"initiatives": CaseSitemap, "pages": PageSitemap, "rooms": RoomSitemap}
