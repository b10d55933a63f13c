"""In which language the words of a page stand, and what its language puts between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from babel.lists import format_list
from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, pgettext, to_locale

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

register = template.Library()


@register.simple_tag
def words_lang(page: Any) -> str:
    """Print `lang` and `dir` for an element with a page's words, where the interface has others.

    `page` is an InEveryLanguage, or None for one that has no page.
    """
    spoken = getattr(page, "words_language", "")
    if not spoken or spoken == get_language():
        return ""
    return _lang(spoken)


@register.simple_tag
def our_lang() -> str:
    """Print `lang` and `dir` for words of the interface that stand amid a page's."""
    return _lang(get_language() or settings.LANGUAGE_CODE)


@register.simple_tag
def title_lang(initiative: Any) -> str:
    """Print `lang` and `dir` for the title of an initiative; that none is recorded we say."""
    return words_lang(initiative) if initiative.recorded_title else ""


@register.simple_tag
def comma() -> str:
    """Print what stands between the parts of a list: ", ", "، ", "、"."""
    return pgettext("between the parts of a list", ", ")


@register.simple_tag
def full_stop() -> str:
    return pgettext("at the end of a sentence", ".")


@register.simple_tag
def semicolon() -> str:
    return pgettext("between two parts of a sentence", ";")


@register.filter
def listed(parts: Iterable[Any]) -> str:
    """Print names with the language's own commas, each in its own direction."""
    return format_html_join(comma(), "<bdi>{}</bdi>", ((part,) for part in parts))


@register.filter
def together(names: Sequence[str]) -> str:
    """Return names as a sentence lists them: "themes, results and global goals"."""
    language = get_language() or settings.LANGUAGE_CODE
    # British English sets no comma before its "and".
    return format_list(names, locale="en_GB" if language == "en" else to_locale(language))


def _lang(code: str) -> str:
    direction = "rtl" if code.partition("-")[0] in settings.LANGUAGES_BIDI else "ltr"
    return format_html(' lang="{}" dir="{}"', code, direction)
