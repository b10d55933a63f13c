"""The home page, root of the page tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageManager

from laurels.foundation.languages import InEveryLanguage, OriginalsQuerySet
from laurels.website.home import home_context

if TYPE_CHECKING:
    from django.http import HttpRequest


class HomePage(InEveryLanguage, Page):
    """The first page: the current edition, in whatever phase its own clock says it is."""

    # Its text is the interface's, so that it stands in every language without a translation.
    words: ClassVar[tuple[str, ...]] = ()
    objects = PageManager.from_queryset(OriginalsQuerySet)()

    max_count = 1
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = [
        "library.LibraryPage",
        "focus.FocusIndexPage",
        "website.NewsIndexPage",
        "website.ContactPage",
        "website.StandardPage",
    ]
    template = "website/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find the page of an address in the tree of the originals, whatever language is read."""
        return super(InEveryLanguage, self.original).route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **home_context(request)}
