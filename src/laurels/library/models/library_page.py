"""The list of all initiatives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageManager

from laurels.foundation.languages import InEveryLanguage, OriginalsQuerySet
from laurels.library.enums import FindOrder
from laurels.library.models.initiative_page import InitiativePage
from laurels.library.models.words import Theme
from laurels.library.search import LibraryQuestion, find, told_editions
from laurels.library.search.keeping import indexed_together, touch

if TYPE_CHECKING:
    from django.http import HttpRequest

LONGEST = 7  # digits of a page's number
BEST = FindOrder.BEST.value


class Head(NamedTuple):
    """The head of a column: what a click sorts by, and how it is sorted now, as ARIA says it."""

    label: Any
    query: str = ""
    sorted: str = ""


def heads(asked: LibraryQuestion) -> list[Head]:
    """Return the columns of the table; the year's turns round with every click."""
    year = FindOrder.OLDEST if asked.order == FindOrder.NEWEST else FindOrder.NEWEST
    turned = {FindOrder.NEWEST: "descending", FindOrder.OLDEST: "ascending"}
    by = {order: asked._replace(sort=order.value).query for order in FindOrder}
    ascending = {asked.order: "ascending"}
    return [
        Head(_("City"), by[FindOrder.CITY], ascending.get(FindOrder.CITY, "")),
        Head(_("Country"), by[FindOrder.COUNTRY], ascending.get(FindOrder.COUNTRY, "")),
        Head(_("Edition"), by[year], turned.get(asked.order, "")),
        Head(_("Initiative")),
        Head(_("Came to")),
        Head(_("Population")),
    ]


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
        question = LibraryQuestion.read(request.GET)
        typed = request.GET.get("page", "")
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < LONGEST else 1
        found = find(question, told=told_editions(request), page=number)
        asked = found.asked
        is_table = request.GET.get("view") == "table"
        view = "&view=table" if is_table else ""
        return {
            **context,
            "found": found,
            "asked": asked,
            "initiatives": InitiativePage.objects.in_order(found.pks),
            "themes": Theme.objects.all(),
            "orders": [choice for choice in FindOrder.choices if asked.words or choice[0] != BEST],
            "is_table": is_table,
            "heads": heads(asked),
            "view": view,
            "here": f"{asked.query}{view}&".lstrip("&"),
            "table_query": f"{asked.query}&view=table".lstrip("&"),
            "words_query": asked.without_choices().query,
        }

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        below = InitiativePage.objects.descendant_of(self).values_list("pk", flat=True)
        with indexed_together():
            touch(list(below))
            return super().delete(*args, **kwargs)
