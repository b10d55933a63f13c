"""The list of FOCUS articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageManager

from laurels.focus import gathering
from laurels.focus.models.article_page import FocusArticlePage
from laurels.focus.queries import ListQuestion
from laurels.foundation.languages import InEveryLanguage, OriginalsQuerySet
from laurels.library.models import Theme

if TYPE_CHECKING:
    from django.http import HttpRequest

ARTICLES_PER_PAGE = 25


class FocusIndexPage(InEveryLanguage, Page):
    """The list of FOCUS articles at `/focus/`; of one theme or year where the address says so."""

    words: ClassVar[tuple[str, ...]] = ()
    objects = PageManager.from_queryset(OriginalsQuerySet)()

    max_count = 1
    parent_page_types: ClassVar = ["website.HomePage"]
    subpage_types: ClassVar = ["focus.FocusArticlePage"]
    template = "focus/focus_index_page.html"

    class Meta:
        verbose_name = _("FOCUS list")
        verbose_name_plural = _("FOCUS lists")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        asked = ListQuestion.read(request.GET)
        everything = FocusArticlePage.objects.child_of(self).for_the_list()
        articles = Paginator(everything.answering(asked), ARTICLES_PER_PAGE).get_page(
            request.GET.get("page")
        )
        initiatives = gathering.public_initiatives(articles)
        rows = [(article, gathering.gathered(article, initiatives)) for article in articles]
        return {
            **context,
            "asked": asked,
            "articles": articles,
            "rows": rows,
            "themes": Theme.objects.filter(articles__live=True).distinct(),
            "years": everything.years(),
        }
