"""In which language the words of a page stand."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def words_lang(page: Any) -> str:
    """Print `lang` and `dir` for an element with a page's words, where the interface has others.

    `page` is an InEveryLanguage, or None for one that has no page.
    """
    spoken = getattr(page, "words_language", "")
    if not spoken or spoken == get_language():
        return ""
    direction = "rtl" if spoken.partition("-")[0] in settings.LANGUAGES_BIDI else "ltr"
    return format_html(' lang="{}" dir="{}"', spoken, direction)
