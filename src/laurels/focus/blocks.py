"""What the text of an article is made of.

An initiative's facts are never written into an article: its block holds the page and, where the
editor wants other words, an extract. City, title, cover and link come from the case when shown.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StructBlock,
    TextBlock,
)
from wagtail.images.blocks import ImageChooserBlock

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]
LONGEST_EXTRACT = 600
LONGEST_NAME = 120
MOST_FIGURES = 3
INITIATIVE, CITY = "initiative", "city"


class InitiativeBlock(StructBlock):
    initiative = PageChooserBlock(
        page_type="library.InitiativePage", required=False, label=_("Initiative")
    )
    extract = TextBlock(
        required=False,
        max_length=LONGEST_EXTRACT,
        label=_("Other extract"),
        help_text=_("Left empty, the summary of the case is shown as it stands there."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Initiative")


class CityBlock(StructBlock):
    """A city that the article names and the library does not have."""

    name = CharBlock(max_length=LONGEST_NAME, label=_("City"))
    country = CharBlock(required=False, max_length=LONGEST_NAME, label=_("Country"))

    class Meta:
        icon = "site"
        label = _("City that is not in the library")


class FigureBlock(StructBlock):
    figure = CharBlock(max_length=20, label=_("Figure"))
    meaning = CharBlock(max_length=160, label=_("What it counts"))
    source = CharBlock(max_length=200, label=_("Source"))


class PictureBlock(StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    description = CharBlock(
        required=False,
        max_length=250,
        label=_("What it shows, for those who do not see it"),
    )
    caption = CharBlock(required=False, max_length=250, label=_("Caption"))
    credit = CharBlock(max_length=160, label=_("Credit"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "focus/blocks/picture.html"


class QuoteBlock(StructBlock):
    words = TextBlock(max_length=600, label=_("Words"))
    speaker = CharBlock(max_length=160, label=_("Who said it"))
    source = CharBlock(required=False, max_length=250, label=_("Where"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "focus/blocks/quote.html"


def body_blocks() -> list[tuple[str, Any]]:
    """Return the blocks of an article's body, by name."""
    figures = ListBlock(
        FigureBlock(),
        min_num=1,
        max_num=MOST_FIGURES,
        label=_("Figures"),
        icon="order",
        template="focus/blocks/figures.html",
    )
    return [
        ("text", RichTextBlock(features=FEATURES, label=_("Text"))),
        (INITIATIVE, InitiativeBlock()),
        ("figures", figures),
        ("picture", PictureBlock()),
        ("quote", QuoteBlock()),
        (CITY, CityBlock()),
    ]
