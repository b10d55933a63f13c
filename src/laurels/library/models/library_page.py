"""The list of all initiatives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageManager

from laurels.foundation.languages import InEveryLanguage, OriginalsQuerySet
from laurels.library.models.initiative_page import InitiativePage
from laurels.library.search import LibraryQuestion, find, told_editions
from laurels.library.search.keeping import indexed_together, touch

if TYPE_CHECKING:
    from django.http import HttpRequest

LONGEST = 7  # digits of a page's number


class LibraryPage(InEveryLanguage, Page):
    """The list of all initiatives at `/initiatives/`."""

    words: ClassVar[tuple[str, ...]] = ()
    objects = PageManager.from_queryset(OriginalsQuerySet)()

    max_count = 1
    parent_page_types: ClassVar = ["website.HomePage"]
    subpage_types: ClassVar = ["library.InitiativePage"]
    template = "library/library_page.html"

    class Meta:
        verbose_name = _("library")
        verbose_name_plural = _("libraries")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        asked = LibraryQuestion.read(request.GET)
        typed = request.GET.get("page", "")
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < LONGEST else 1
        found = find(asked, told=told_editions(request), page=number)
        return {
            **context,
            "found": found,
            "asked": found.asked,
            "initiatives": InitiativePage.objects.in_order(found.pks),
            "is_table": request.GET.get("view") == "table",
        }

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        below = InitiativePage.objects.descendant_of(self).values_list("pk", flat=True)
        with indexed_together():
            touch(list(below))
            return super().delete(*args, **kwargs)
