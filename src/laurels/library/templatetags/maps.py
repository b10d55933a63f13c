"""The marks of the library's map, in few bytes: there are sixty of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from laurels.library.atlas import Mark

register = template.Library()

NOTHING = SafeString("")


@register.simple_tag
def map_mark(mark: Mark) -> SafeString:
    """Print a mark as a link with its name; what is drawn in it is for the eye alone."""
    count, label = NOTHING, NOTHING
    if mark.case_count > 1:
        count = format_html("<text class=count dy=4.5 aria-hidden=true>{}</text>", mark.case_count)
    if mark.label:
        label = format_html(
            '<text x="{}" y="{}" text-anchor={} aria-hidden=true>{}</text>',
            round(mark.label.x - mark.x, 1),
            round(mark.label.y - mark.y, 1),
            mark.label.anchor,
            mark.label.text,
        )
    return format_html(
        '<a href="{}" aria-label="{}: {}" transform="translate({} {})">'
        "<circle class=hit r=28></circle><circle r={}></circle>{}{}</a>",
        mark.url,
        mark.name,
        mark.cases,
        mark.x,
        mark.y,
        mark.radius,
        count,
        label,
    )


@register.simple_tag
def map_line(mark: Mark) -> SafeString:
    """Print a mark as a line of the list beside the map."""
    return format_html(
        '<li><a href="{}">{}</a><small>{}</small>', mark.url, mark.name, mark.case_count
    )
