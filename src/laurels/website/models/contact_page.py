"""The page from which a visitor writes to the secretariat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageManager

from laurels.foundation.languages import InEveryLanguage, OriginalsQuerySet
from laurels.website.models.blocks import text_field
from laurels.website.models.standard_page import LONGEST_LEAD

if TYPE_CHECKING:
    from django.http import HttpRequest


class ContactPage(InEveryLanguage, Page):
    """The letter to the secretariat. `recipient` is where it goes, and is never shown."""

    words: ClassVar[tuple[str, ...]] = ("title", "search_description", "lead", "body")

    lead = models.TextField(_("lead"), max_length=LONGEST_LEAD, blank=True)
    recipient = models.EmailField(
        _("letters go to"),
        blank=True,
        help_text=_("Never shown. While it is empty, the page has no form and says so."),
    )
    shown_address = models.EmailField(
        _("mail address that the page shows"),
        blank=True,
        help_text=_("Leave it empty to show none."),
    )
    body = text_field()

    objects = PageManager.from_queryset(OriginalsQuerySet)()

    max_count = 1
    parent_page_types: ClassVar = ["website.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "website/contact_page.html"

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("recipient"),
        FieldPanel("shown_address"),
        FieldPanel("body"),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "is_sent": "sent" in request.GET}

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")
