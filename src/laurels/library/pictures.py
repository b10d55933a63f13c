"""The cover of an initiative: what it is drawn from, and its address. Writes nothing."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from laurels.design import share_picture
from laurels.design.covers import Scene
from laurels.design.share_picture import ShareText
from laurels.design.sun import altitude

if TYPE_CHECKING:
    from laurels.editions.models import Edition
    from laurels.library.models import InitiativePage

# Raised when the drawing changes: browsers keep a cover for a year under its address.
DRAWING = 1
HOUR_OF_SIXTH, HOURS_BETWEEN_EDITIONS = 12, 3


def hour(edition: Edition) -> int:
    """Return the hour of UTC at which all covers of an edition show their city."""
    return (HOUR_OF_SIXTH + HOURS_BETWEEN_EDITIONS * (edition.ordinal - 6)) % 24


def scene(initiative: InitiativePage, theme_slugs: tuple[str, ...] = ()) -> Scene:
    """Return what the cover is drawn from; a city without a recorded position lies on 0, 0."""
    city, edition = initiative.city, initiative.edition
    return Scene(
        name=f"{city.name} {edition.year}",
        latitude=city.latitude or 0.0,
        longitude=city.longitude or 0.0,
        themes=theme_slugs,
        hour=hour(edition),
    )


def version(initiative: InitiativePage) -> str:
    """Return what changes in the address whenever the picture may have changed."""
    published_at = initiative.last_published_at
    return f"{DRAWING}-{int(published_at.timestamp()) if published_at else 0}"


def address(initiative: InitiativePage) -> str:
    """Return the cover's address with its version, without a language."""
    # A picture holds no words: one address in all languages is kept once by browsers.
    with override(settings.LANGUAGE_CODE):
        path = reverse("library:cover", args=[initiative.slug])
    return f"{path}?v={version(initiative)}"


def share_text(initiative: InitiativePage) -> ShareText:
    """Return what the picture for other sites says; the city's name where no title is recorded."""
    place = f"{initiative.city} \u00b7 {initiative.edition.year}"
    title = initiative.recorded_title or initiative.city.name
    return ShareText(above=place, title=title, below=settings.WAGTAIL_SITE_NAME)


def share_version(initiative: InitiativePage) -> str:
    """Return what changes whenever the picture does: its words and what it is drawn from."""
    drawn_from = scene(initiative, tuple(initiative.theme_slugs()))
    seed = (share_picture.DRAWING, DRAWING, share_text(initiative), drawn_from)
    return hashlib.sha256(repr(seed).encode()).hexdigest()[:12]


def share_address(initiative: InitiativePage) -> str:
    """Return the whole address of the picture for other sites, the same in every language."""
    with override(settings.LANGUAGE_CODE):
        path = reverse("library:share_picture", args=[initiative.slug])
    return f"{settings.SITE_URL}{path}?v={share_version(initiative)}"


def sun_height(initiative: InitiativePage) -> int | None:
    """Return the sun's height over the city on its cover in whole degrees; None if not known."""
    city = initiative.city
    if city.latitude is None or city.longitude is None:
        return None
    return round(altitude(city.latitude, city.longitude, hour(initiative.edition)))
