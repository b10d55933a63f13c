"""oEmbed 1.0: what may be shown of an address of ours, for programs that ask (oembed.com)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from laurels.ballotbox.models import Election
from laurels.partners.enums import EmbedKind
from laurels.website.embeds import leaves, lines

if TYPE_CHECKING:
    from laurels.partners.models import Partner
    from laurels.website.embeds.leaves import Leaf

FORMATS = {"json": "application/json+oembed", "xml": "text/xml+oembed"}
DEFAULT_WIDTH = 600
PATHS = (
    (re.compile(r"/focus/([-\w]+)/"), EmbedKind.FOCUS),
    (re.compile(r"/initiatives/([-\w]+)/"), EmbedKind.CITY),
    (re.compile(r"/partners/[-\w]+/(\d{4})/"), EmbedKind.CAMPAIGN),
    (re.compile(r"/vote/([-a-z0-9]+)/"), EmbedKind.COUNTDOWN),
)
PARTNER = re.compile(r"/partners/([-\w]+)/\d{4}/")


def place_of(path: str) -> tuple[EmbedKind, str] | None:
    """Return what can be shown of a page by its path, or None; asks no database."""
    path = without_language(path)
    for pattern, kind in PATHS:
        if found := pattern.fullmatch(path):
            return kind, found[1]
    return None


def discovery_links(path: str) -> list[tuple[str, str]]:
    """Return (media type, address) by which programs find the embed of a page of ours."""
    if place_of(path) is None:
        return []
    url = f"{settings.SITE_URL}{path}"
    address = f"{settings.SITE_URL}{reverse('website:oembed_answer')}"
    return [
        (media_type, f"{address}?{urlencode({'url': url, 'format': name})}")
        for name, media_type in FORMATS.items()
    ]


def leaf_at(url: str) -> tuple[Leaf, Partner | None]:
    """Return what is shown of a whole address of ours; raise Http404 for every other."""
    site, asked = urlsplit(settings.SITE_URL), _split(url)
    if (asked.scheme, asked.netloc) != (site.scheme, site.netloc):
        raise Http404
    place = place_of(asked.path)
    if place is None:
        raise Http404
    kind, address = place
    if kind is EmbedKind.COUNTDOWN:
        address = _year_of(address)
    named = PARTNER.fullmatch(without_language(asked.path))
    partner = leaves.partner_named(named[1]) if named else None
    return leaves.find(kind, address, partner), partner


def without_language(path: str) -> str:
    """Return a path as it is in the language of the site itself: `/ar/focus/` gives `/focus/`."""
    first, rest = path.partition("/")[2].partition("/")[::2]
    return f"/{rest}" if first in dict(settings.LANGUAGES) else path


def language_of(url: str) -> str:
    """Return the language in which the page at an address is written."""
    first = _split(url).path.partition("/")[2].partition("/")[0]
    return first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def answer(
    leaf: Leaf, partner: Partner | None, *, width: int | None, height: int | None
) -> dict[str, Any]:
    """Return the answer of type `rich`, no larger than asked for."""
    width = min(DEFAULT_WIDTH, width or DEFAULT_WIDTH)
    height = min(leaf.height, height or leaf.height)
    return {
        "type": "rich",
        "version": "1.0",
        "title": leaf.title,
        "provider_name": settings.WAGTAIL_SITE_NAME,
        "provider_url": f"{settings.SITE_URL}/",
        "cache_age": leaf.seconds,
        "html": lines.frame_line(leaf, partner, width=width, height=height),
        "width": width,
        "height": height,
    }


def as_xml(said: dict[str, Any]) -> bytes:
    root = Element("oembed")
    for name, value in said.items():
        SubElement(root, name).text = str(value)
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _split(url: str) -> Any:
    try:
        return urlsplit(url)
    except ValueError:
        raise Http404 from None


def _year_of(slug: str) -> str:
    election = Election.objects.for_the_public().filter(slug=slug).select_related("edition").first()
    if election is None or election.edition is None:
        raise Http404
    return str(election.edition.year)
