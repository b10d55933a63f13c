"""The list of all initiatives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageManager

from laurels.editions.models import Edition
from laurels.foundation.languages import InEveryLanguage, OriginalsQuerySet
from laurels.library.models.initiative_page import InitiativePage
from laurels.library.models.places import City
from laurels.library.models.words import Theme
from laurels.library.queries import LibraryQuestion

if TYPE_CHECKING:
    from django.http import HttpRequest

ROWS_PER_PAGE = 30


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
        found = InitiativePage.objects.for_the_library().answering(asked)
        return {
            **context,
            "asked": asked,
            "initiatives": Paginator(found, ROWS_PER_PAGE).get_page(request.GET.get("page")),
            "found_count": len(found),
            "themes": Theme.objects.all(),
            "countries": City.objects.countries_in_the_library(),
            "editions": Edition.objects.newest_first().filter(initiatives__live=True).distinct(),
        }
