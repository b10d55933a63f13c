"""The line of HTML that a partner copies."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from laurels.partners.models import Partner
    from laurels.website.embeds.leaves import Leaf


def frame_path(leaf: Leaf, partner: Partner | None = None, look: str = "") -> str:
    """Return the address of a frame within the site, in the language under way."""
    path = reverse("website:frame", args=[leaf.kind.value, leaf.address])
    asked = {"partner": partner.slug if partner else "", "look": look}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{path}{'?' if query else ''}{query}"


def frame_title(leaf: Leaf) -> str:
    return _("%(title)s: Guangzhou Award") % {"title": leaf.title}


def frame_line(
    leaf: Leaf,
    partner: Partner | None = None,
    look: str = "",
    *,
    width: int | str = "100%",
    height: int | None = None,
) -> str:
    """Return an iframe: one line, nothing else is needed."""
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" '
        'referrerpolicy="no-referrer" frameborder="0"></iframe>',
        f"{settings.SITE_URL}{frame_path(leaf, partner, look)}",
        frame_title(leaf),
        width,
        height or leaf.height,
    )


def component_line(
    leaf: Leaf, partner: Partner | None = None, look: str = "", language: str = ""
) -> str:
    """Return the web component: one line; without JavaScript the link inside is shown."""
    asked = {"partner": partner.slug if partner else "", "lang": language, "look": look}
    attributes = [format_html(' {}="{}"', name, value) for name, value in asked.items() if value]
    return format_html(
        '<script type="module" src="{}"></script><laurels-embed show="{}"{}><a href="{}">{}</a>'
        "</laurels-embed>",
        f"{settings.SITE_URL}/embed/laurels.js",
        leaf.name,
        format_html("{}" * len(attributes), *attributes) if attributes else "",
        f"{settings.SITE_URL}{leaf.page_url}",
        frame_title(leaf),
    )
