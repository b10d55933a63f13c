"""Words of the rooms that templates cannot reckon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from laurels.seminars import rules

if TYPE_CHECKING:
    from laurels.seminars.models import Answer

register = template.Library()


@register.filter
def minutes(second: int) -> str:
    """Return minutes and seconds of a recording, with primes; never as a time of the clock."""
    return f"{second // 60}\u2032{second % 60:02}\u2033"


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
