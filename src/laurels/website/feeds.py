"""Atom and JSON feeds of initiatives and FOCUS articles."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from laurels.focus.models import FocusArticlePage
from laurels.library.models import City, InitiativePage
from laurels.library.search import LibraryQuestion, find, find_all
from laurels.website.standing import told_editions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.http import HttpRequest

MOST_ENTRIES = 50
# Of a broad search, from which the latest changes are taken.
MOST_FOUND = 5000
SECONDS = 600
FORMATS = ("atom", "json")
# What an empty feed says, and a page that nobody has published: there was no change.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Entry(NamedTuple):
    """One page in a feed. `address` is that for life, without a language: the entry's id."""

    address: str
    url: str
    title: str
    summary: str
    published_at: datetime | None
    updated_at: datetime
    tags: list[str]


class Feed(NamedTuple):
    """A feed: the page that it follows, and its entries, the latest change first."""

    title: str
    page_url: str
    entries: list[Entry]


@require_safe
@conditional_page
def initiatives_feed(request: HttpRequest, name: str) -> HttpResponse:
    """The latest changes in the library, or in what any search of it finds."""
    asked = LibraryQuestion.read(request.GET)
    pages = InitiativePage.objects.live().public()
    if asked.query or asked.ignored:
        pages = pages.filter(pk__in=_found(request, asked))
    query = f"?{asked.query}" if asked.query else ""
    feed = Feed(
        _("Initiatives of cities"),
        f"{reverse('wagtail_serve', args=['initiatives/'])}{query}",
        _initiatives(pages),
    )
    return _answer(request, name, feed)


@require_safe
@conditional_page
def city_feed(request: HttpRequest, city: str, name: str) -> HttpResponse:
    """What changes in the initiatives of one city."""
    found = City.objects.at(city)
    if found is None:
        raise Http404
    pages = InitiativePage.objects.live().public().from_city(found)
    page_url = reverse("wagtail_serve", args=["initiatives/"])
    return _answer(request, name, Feed(str(found), page_url, _initiatives(pages)))


@require_safe
@conditional_page
def focus_feed(request: HttpRequest, name: str) -> HttpResponse:
    articles = FocusArticlePage.objects.for_the_list()[:MOST_ENTRIES]
    entries = [
        _entry(each, title=each.title, summary=each.teaser, tags=_theme_slugs(each))
        for each in articles
    ]
    feed = Feed(_("FOCUS"), reverse("wagtail_serve", args=["focus/"]), _latest_first(entries))
    return _answer(request, name, feed)


def _found(request: HttpRequest, asked: LibraryQuestion) -> list[int]:
    """Return what a search finds; a filter that means nothing is refused, not passed over."""
    told = told_editions(request)
    found = find(asked, told=told, rows=1)
    if found.ignored:
        raise Http404
    return find_all(found.asked, told=told)[:MOST_FOUND]


def _initiatives(pages: QuerySet[InitiativePage]) -> list[Entry]:
    newest = pages.select_related("city", "edition").prefetch_related("themes")
    return [
        _entry(
            page,
            title=f"{page.city.name}: {page.display_title}",
            summary=page.summary,
            tags=[*_theme_slugs(page), str(page.edition.year)],
        )
        for page in newest.order_by("-last_published_at", "-pk")[:MOST_ENTRIES]
    ]


def _entry(page: Any, *, title: str, summary: str, tags: list[str]) -> Entry:
    with override(settings.LANGUAGE_CODE):
        address = f"{settings.SITE_URL}{page.url}"
    updated_at = page.last_published_at or page.first_published_at or NEVER
    return Entry(
        address=address,
        url=f"{settings.SITE_URL}{page.url}",
        title=title,
        summary=summary,
        published_at=page.first_published_at,
        updated_at=updated_at,
        tags=tags,
    )


def _theme_slugs(page: Any) -> list[str]:
    return sorted(theme.slug for theme in page.themes.all())


def _latest_first(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda each: each.updated_at, reverse=True)


def _answer(request: HttpRequest, name: str, feed: Feed) -> HttpResponse:
    if name not in FORMATS:
        raise Http404
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    feed_url = f"{settings.SITE_URL}{request.path}{query}"
    response = _atom(feed, feed_url) if name == "atom" else _json(feed, feed_url)
    patch_cache_control(response, public=True, max_age=SECONDS)
    return response


class _Atom(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """Return the latest change; Django's own says "now" where there is none."""
        return max((item["updateddate"] for item in self.items), default=NEVER)


def _atom(feed: Feed, feed_url: str) -> HttpResponse:
    made = _Atom(
        title=f"{feed.title} · {_(settings.WAGTAIL_SITE_NAME)}",
        link=f"{settings.SITE_URL}{feed.page_url}",
        description="",
        language=get_language(),
        feed_url=feed_url,
        feed_guid=feed_url,
        author_name=_(settings.WAGTAIL_SITE_NAME),
    )
    for entry in feed.entries:
        made.add_item(
            title=entry.title,
            link=entry.url,
            description=entry.summary,
            unique_id=entry.address,
            pubdate=entry.published_at,
            updateddate=entry.updated_at,
            categories=entry.tags,
        )
    text = made.writeString("utf-8")
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def _json(feed: Feed, feed_url: str) -> JsonResponse:
    """Write JSON Feed 1.1 (jsonfeed.org)."""
    items = [
        {
            "id": entry.address,
            "url": entry.url,
            "title": entry.title,
            "content_text": entry.summary,
            "date_modified": entry.updated_at.isoformat(timespec="seconds"),
            "tags": entry.tags,
        }
        for entry in feed.entries
    ]
    said = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{feed.title} · {_(settings.WAGTAIL_SITE_NAME)}",
        "home_page_url": f"{settings.SITE_URL}{feed.page_url}",
        "feed_url": feed_url,
        "language": get_language(),
        "items": items,
    }
    return JsonResponse(said, content_type="application/feed+json")
