"""The other forms of a page: its feed, and what programs show of it elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from laurels.website.embeds.oembed import discovery_links, without_language

if TYPE_CHECKING:
    from django.http import HttpRequest

EDITION = re.compile(r"/editions/(\d{4})/(shortlist/)?")


class Alternate(NamedTuple):
    """A `<link rel="alternate">` of a page."""

    media_type: str
    url: str
    title: str


def alternates_of(request: HttpRequest) -> list[Alternate]:
    """Return the feeds and oEmbed addresses of a page, by its address alone."""
    path = without_language(request.path)
    shown = [Alternate(kind, url, "oEmbed") for kind, url in discovery_links(request.path)]
    return _feeds(path, request.META.get("QUERY_STRING", "")) + shown


def _feeds(path: str, query: str) -> list[Alternate]:
    found = []
    if path == "/" or path.startswith("/focus/"):
        found.append(_feed("focus_feed", _("FOCUS")))
    if path == "/initiatives/":
        found.append(_feed("initiatives_feed", _("What this search finds"), query))
    elif edition := EDITION.fullmatch(path):
        found.append(_feed("initiatives_feed", _("Initiatives of cities"), f"edition={edition[1]}"))
    elif path == "/" or path.startswith("/initiatives/"):
        found.append(_feed("initiatives_feed", _("Initiatives of cities")))
    return found


def _feed(name: str, title: str, query: str = "") -> Alternate:
    path = reverse(f"website:{name}", args=["atom"])
    url = f"{settings.SITE_URL}{path}{'?' if query else ''}{query}"
    return Alternate("application/atom+xml", url, title)
