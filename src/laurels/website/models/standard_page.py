"""Pages of text: about, rules, privacy and whatever else is to be said."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.search import index

from laurels.foundation.languages import InEveryLanguage, OriginalsQuerySet
from laurels.website.models.blocks import text_field

LONGEST_LEAD = 500


class StandardPage(InEveryLanguage, Page):
    """A page of text. `prompt` tells editors what is still to be said; no visitor sees it."""

    words: ClassVar[tuple[str, ...]] = ("title", "search_description", "lead", "body")

    lead = models.TextField(_("lead"), max_length=LONGEST_LEAD, blank=True)
    body = text_field()
    prompt = models.TextField(
        _("still to be said"), blank=True, help_text=_("For editors; visitors never see it.")
    )

    objects = PageManager.from_queryset(OriginalsQuerySet)()

    parent_page_types: ClassVar = ["website.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "website/standard_page.html"

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("prompt")], heading=_("For editors")),
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")
