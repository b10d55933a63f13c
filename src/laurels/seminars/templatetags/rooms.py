"""Words of the rooms that templates cannot reckon."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def minutes(second: int) -> str:
    """Return minutes and seconds of a recording, with primes; never as a time of the clock."""
    return f"{second // 60}\u2032{second % 60:02}\u2033"
