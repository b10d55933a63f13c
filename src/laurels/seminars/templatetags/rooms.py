"""Words of the rooms that templates cannot reckon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import segno
from django import template
from django.utils.safestring import SafeString, mark_safe

from laurels.seminars import rules

if TYPE_CHECKING:
    from laurels.seminars.models import Answer

register = template.Library()


@register.filter
def minutes(second: int) -> str:
    """Return minutes and seconds of a recording, with primes; never as a time of the clock."""
    return f"{second // 60}\u2032{second % 60:02}\u2033"


@register.simple_tag
def qr_code(address: str) -> SafeString:
    """Draw an address for the cameras of people in a hall; the address itself stands beside it."""
    drawn = segno.make(address, error="m", micro=False)
    svg = drawn.svg_inline(border=3, omitsize=True, dark="#000", light="#fff")
    return mark_safe(f'<span aria-hidden="true">{svg}</span>')  # noqa: S308 -- drawn by us


@register.filter
def excerpt(text: str) -> str:
    return rules.excerpt(text)


@register.filter
def is_whole(answer: Answer | None) -> bool:
    """Return whether nothing of an answer is left out of its excerpt."""
    return not answer or rules.excerpt(answer.text) == answer.text


@register.filter
def text_language(text: str, page_language: str) -> str:
    """Return what stands in `lang` for a guest's words: "" where nobody knows."""
    return rules.text_language(text, page_language)
