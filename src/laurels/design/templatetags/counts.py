"""Small numbers in words."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

WORDS = (
    _("none"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"),
    _("eight"), _("nine"), _("ten"), _("eleven"), _("twelve"), _("thirteen"), _("fourteen"),
    _("fifteen"), _("sixteen"), _("seventeen"), _("eighteen"), _("nineteen"), _("twenty"),
)  # fmt: skip


@register.filter
def spelled_out(number: int) -> str:
    """Return numbers up to twenty as a word, larger ones as digits."""
    return str(WORDS[number]) if 0 <= number < len(WORDS) else str(number)
