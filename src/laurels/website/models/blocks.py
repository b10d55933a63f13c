"""What a page of text is put together from."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock

FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class SectionBlock(blocks.StructBlock):
    """A heading, which hangs in the margin, and its text."""

    heading = blocks.CharBlock(label=_("heading"), max_length=120)
    text = blocks.RichTextBlock(label=_("text"), features=FEATURES)

    class Meta:
        icon = "pilcrow"
        label = _("Section")
        template = "website/blocks/section.html"


class FactBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("what"), max_length=120)
    value = blocks.TextBlock(label=_("how it is"))
    source = blocks.URLBlock(label=_("source"), required=False)


class FactsBlock(blocks.StructBlock):
    """Facts side by side, each with its source where there is one."""

    heading = blocks.CharBlock(label=_("heading"), max_length=120)
    rows = blocks.ListBlock(FactBlock(), label=_("facts"))

    class Meta:
        icon = "list-ul"
        label = _("Facts")
        template = "website/blocks/facts.html"


class PictureBlock(blocks.StructBlock):
    """A picture; what it shows is said in the image itself, for those who cannot see it."""

    picture = ImageChooserBlock(label=_("picture"))
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=250)
    credit = blocks.CharBlock(label=_("credit"), max_length=250)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "website/blocks/picture.html"


def text_field() -> StreamField:
    """Return the field that holds the text of a page."""
    kinds = [
        ("section", SectionBlock()),
        ("facts", FactsBlock()),
        ("picture", PictureBlock()),
    ]
    return StreamField(kinds, verbose_name=_("text"), blank=True)
