"""Small numbers in words."""

from __future__ import annotations

from django import template
from django.utils.translation import pgettext_lazy

register = template.Library()

WORDS = (
    pgettext_lazy("a number in a sentence", "none"),
    pgettext_lazy("a number in a sentence", "one"),
    pgettext_lazy("a number in a sentence", "two"),
    pgettext_lazy("a number in a sentence", "three"),
    pgettext_lazy("a number in a sentence", "four"),
    pgettext_lazy("a number in a sentence", "five"),
    pgettext_lazy("a number in a sentence", "six"),
    pgettext_lazy("a number in a sentence", "seven"),
    pgettext_lazy("a number in a sentence", "eight"),
    pgettext_lazy("a number in a sentence", "nine"),
    pgettext_lazy("a number in a sentence", "ten"),
    pgettext_lazy("a number in a sentence", "eleven"),
    pgettext_lazy("a number in a sentence", "twelve"),
    pgettext_lazy("a number in a sentence", "thirteen"),
    pgettext_lazy("a number in a sentence", "fourteen"),
    pgettext_lazy("a number in a sentence", "fifteen"),
    pgettext_lazy("a number in a sentence", "sixteen"),
    pgettext_lazy("a number in a sentence", "seventeen"),
    pgettext_lazy("a number in a sentence", "eighteen"),
    pgettext_lazy("a number in a sentence", "nineteen"),
    pgettext_lazy("a number in a sentence", "twenty"),
)


@register.filter
def spelled_out(number: int) -> str:
    """Return numbers up to twenty as a word, larger ones as digits."""
    return str(WORDS[number]) if 0 <= number < len(WORDS) else str(number)
