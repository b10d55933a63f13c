"""The cover and the share picture of an article: what they are drawn from, their addresses."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from laurels.design import share_picture
from laurels.design.covers import Scene, draw
from laurels.design.share_picture import ShareText

if TYPE_CHECKING:
    from laurels.focus.models import FocusArticlePage

# Articles lie nowhere: their landscapes have the latitude of the host city, at hours of their own.
LATITUDE, LONGITUDE, HOURS = 23.13, 113.26, 24


def scene(article: FocusArticlePage) -> Scene:
    """Return what the cover of an article is drawn from; it needs the themes at hand."""
    return Scene(
        name=article.title,
        latitude=LATITUDE,
        longitude=LONGITUDE,
        themes=tuple(sorted(theme.slug for theme in article.themes.all())),
        hour=sum(article.slug.encode()) % HOURS,
    )


def cover_version(article: FocusArticlePage) -> str:
    return hashlib.sha256(draw(scene(article)).encode()).hexdigest()[:12]


def cover_address(article: FocusArticlePage) -> str:
    """Return the cover's address; of an article that is not public, the drawing itself."""
    if not article.live:
        drawing = base64.b64encode(draw(scene(article)).encode()).decode()
        return f"data:image/svg+xml;base64,{drawing}"
    return f"{reverse('focus:cover', args=[article.slug])}?v={cover_version(article)}"


def share_text(article: FocusArticlePage) -> ShareText:
    day = article.tied_to
    above = f"FOCUS \u00b7 {day.name}" if day and day.recorded_name else "FOCUS"
    return ShareText(above=above, title=article.title, below=settings.WAGTAIL_SITE_NAME)


def share_version(article: FocusArticlePage) -> str:
    """Return what changes whenever the picture does: its words and its drawing."""
    seed = (share_picture.DRAWING, share_text(article), draw(scene(article)))
    return hashlib.sha256(repr(seed).encode()).hexdigest()[:12]


def share_address(article: FocusArticlePage) -> str:
    return f"{reverse('focus:share_picture', args=[article.slug])}?v={share_version(article)}"
