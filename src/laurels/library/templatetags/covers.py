"""The picture of an initiative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html

from laurels.library import pictures

if TYPE_CHECKING:
    from laurels.library.models import InitiativePage

register = template.Library()

STEP = 5  # percent, as the classes of css/components/cover.css


@register.simple_tag
def cover(initiative: InitiativePage, css: str = "", *, now: bool = False) -> str:
    """Print an initiative's cover; `now=True` for one that is seen without scrolling.

    It needs city and edition at hand. The picture says nothing that the text beside it does
    not, so that its `alt` is empty.
    """
    share = pictures.scene(initiative).sun_share * 100
    return format_html(
        '<img class="cover x-{}{}" src="{}" width="640" height="400" alt="" {}>',
        round(share / STEP) * STEP,
        f" {css}" if css else "",
        pictures.address(initiative),
        "fetchpriority=high" if now else "loading=lazy",
    )
