"""What was found, in the words that were looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from laurels.library.search.extracts import extract, marked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from laurels.library.models import InitiativePage
    from laurels.library.search import Choice, Found
    from laurels.library.search.extracts import Piece

register = template.Library()

FACET_NAMES = {
    "theme": _("Theme"),
    "goal": _("Global goal"),
    "region": _("Region"),
    "country": _("Country"),
    "edition": _("Edition"),
    "outcome": _("Outcome"),
    "size": _("City size"),
    "language": _("Language"),
}


@register.simple_tag
def found_title(initiative: InitiativePage, found: Found) -> str:
    """Print the title with the words that were looked for marked."""
    return _printed(marked(initiative.display_title, found.lexemes, _language(initiative)))


@register.simple_tag
def found_extract(initiative: InitiativePage, found: Found) -> str:
    """Print the passage that answers best, its found words marked; nothing if none is recorded."""
    chapters = initiative.told_text.split("\n\n")
    texts = [initiative.summary, *chapters] if found.lexemes else [initiative.summary]
    return _printed(extract(texts, found.lexemes, _language(initiative)))


@register.simple_tag
def choice_box(facet: str, choice: Choice) -> str:
    """Print a box to tick, of the form `find`: in few bytes, since there are a hundred of them."""
    return format_html(
        "<label><input type=checkbox form=find name={} value={}{}>"
        "<span>{}</span><small>{}</small></label>",
        facet,
        choice.value,
        " checked" if choice.is_chosen else "",
        choice.label,
        choice.count,
    )


@register.filter
def facet_name(facet: str) -> str:
    return str(FACET_NAMES.get(facet, facet))


def _language(initiative: InitiativePage) -> str:
    return str(initiative.borrowed_language or initiative.text_language)


def _printed(pieces: Iterable[Piece]) -> str:
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", piece.text) if piece.is_found else piece.text,)
            for piece in pieces
        ),
    )
