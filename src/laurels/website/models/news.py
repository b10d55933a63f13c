"""News of the award."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.paginator import Paginator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageManager
from wagtail.search import index

from laurels.foundation.languages import InEveryLanguage, OriginalsQuerySet
from laurels.website.models.blocks import text_field
from laurels.website.models.standard_page import LONGEST_LEAD

if TYPE_CHECKING:
    from django.http import HttpRequest

NEWS_PER_PAGE = 20


class NewsQuerySet(OriginalsQuerySet):
    def for_the_list(self) -> Self:
        """Return published news, the newest day first; of one day, the one written last."""
        return self.live().public().order_by("-published_on", "-pk").in_words()


class NewsIndexPage(InEveryLanguage, Page):
    """The list of news at `/news/`."""

    words: ClassVar[tuple[str, ...]] = ()
    objects = PageManager.from_queryset(OriginalsQuerySet)()

    max_count = 1
    parent_page_types: ClassVar = ["website.HomePage"]
    subpage_types: ClassVar = ["website.NewsPage"]
    template = "website/news_index_page.html"

    class Meta:
        verbose_name = _("news list")
        verbose_name_plural = _("news lists")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        news = NewsPage.objects.child_of(self).for_the_list()
        return {**context, "news": Paginator(news, NEWS_PER_PAGE).get_page(request.GET.get("page"))}


class NewsPage(InEveryLanguage, Page):
    """One piece of news, with the day that it bears."""

    words: ClassVar[tuple[str, ...]] = ("title", "search_description", "lead", "body")

    published_on = models.DateField(_("day"))
    lead = models.TextField(_("lead"), max_length=LONGEST_LEAD, blank=True)
    body = text_field()

    objects = PageManager.from_queryset(NewsQuerySet)()

    parent_page_types: ClassVar = ["website.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "website/news_page.html"

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("published_on"),
        FieldPanel("lead"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("piece of news")
        verbose_name_plural = _("news")
