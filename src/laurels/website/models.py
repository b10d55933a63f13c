"""The home page, root of the page tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from laurels.website.home import home_context

if TYPE_CHECKING:
    from django.http import HttpRequest


class HomePage(Page):
    """The first page: the current edition, in whatever phase its own clock says it is."""

    max_count = 1
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["library.LibraryPage", "focus.FocusIndexPage"]
    template = "website/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **home_context(request)}
