"""What was found, in the words that were looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from laurels.library.models import InitiativePage
from laurels.library.search.extracts import extract, marked
from laurels.library.search.similarity import similar_to

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.template import Context

    from laurels.library.search import Choice, Found, LibraryQuestion
    from laurels.library.search.extracts import Piece

register = template.Library()

FIRST = 6  # choices of a facet that are never folded
TAKEN_AS = {
    "csv": "CSV",
    "xlsx": "Excel",
    "json": "JSON",
    "geojson": "GeoJSON",
    "bibtex": "BibTeX",
}
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


@register.inclusion_tag("library/parts/similar.html", takes_context=True)
def similar_initiatives(context: Context, initiative: InitiativePage) -> dict[str, Any]:
    """Print the initiatives most like one, each with what both have; nothing if there is none."""
    text = " ".join([initiative.recorded_title or "", initiative.summary, initiative.told_text])
    found = similar_to(initiative.pk, [(text, _language(initiative))])
    reasons = {likeness.pk: likeness.reasons for likeness in found}
    pages = InitiativePage.objects.in_order(list(reasons))
    return {
        "likenesses": [(page, reasons[page.pk]) for page in pages],
        "request": context.get("request"),
    }


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


@register.simple_tag
def take_out(asked: LibraryQuestion) -> str:
    """Print a link to the answers of a question in each format."""
    return format_html_join(
        " ",
        '<a href="{}?{}">{}</a>',
        (
            (reverse("library:export", args=[name]), asked.query, label)
            for name, label in TAKEN_AS.items()
        ),
    )


@register.simple_tag
def chosen_open(choices: list[Choice]) -> str:
    """Print `open` where one of the folded choices is chosen."""
    return "open" if any(choice.is_chosen for choice in choices[FIRST:]) else ""


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
