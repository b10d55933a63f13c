"""What an article shows beside its text: its pictures, its day, how long it takes to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext

from laurels.design.instants import day_of_the_year_text
from laurels.focus import pictures, rules
from laurels.focus.days import LEAP_YEAR

if TYPE_CHECKING:
    from datetime import date

    from laurels.focus.days import InternationalDay
    from laurels.focus.models import FocusArticlePage

register = template.Library()

STEP = 5  # percent, as the classes of css/components/cover.css


@register.simple_tag
def article_cover(article: FocusArticlePage, css: str = "", *, now: bool = False) -> str:
    """Print the drawn cover of an article; `now=True` for one seen without scrolling."""
    share = pictures.scene(article).sun_share * 100
    return format_html(
        '<img class="cover x-{}{}" src="{}" width="640" height="400" alt="" {}>',
        round(share / STEP) * STEP,
        f" {css}" if css else "",
        pictures.cover_address(article),
        "fetchpriority=high" if now else "loading=lazy",
    )


@register.simple_tag
def article_share_picture(article: FocusArticlePage) -> str:
    """Return the whole address of the picture that other sites show beside a link."""
    return f"{settings.SITE_URL}{pictures.share_address(article)}"


@register.simple_tag
def reading_minutes(article: FocusArticlePage) -> int:
    """Return how long the article takes to read, in whole minutes; 0 for one without text."""
    return rules.reading_minutes(article.plain_text)


@register.simple_tag
def tied_day(tied_to: InternationalDay, published_on: date | None) -> str:
    """Print the day that an article ties to, by name and date; in the year that it came out."""
    on = tied_to.in_year(published_on.year if published_on else LEAP_YEAR)
    shown = day_of_the_year_text(on)
    if not tied_to.recorded_name:
        return gettext("For the international day on {day}.").format(day=shown)
    if published_on is None and tied_to.rule:
        return gettext("For {name}.").format(name=tied_to.name)
    return gettext("For {name}, {day}.").format(name=tied_to.name, day=shown)
