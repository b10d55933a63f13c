"""FOCUS articles, which gather initiatives under one theme."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel
from wagtail.blocks import RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageManager
from wagtail.search import index

from laurels.focus.enums import ArticleKind
from laurels.focus.queries import FocusArticleQuerySet, FocusMentionQuerySet
from laurels.foundation.languages import InEveryLanguage, OriginalsQuerySet
from laurels.library.models import InitiativePage, Theme

if TYPE_CHECKING:
    from django.http import HttpRequest

LONGEST_TEASER = 250
ARTICLES_BESIDE = 3
LEAP_YEAR = 2000


class FocusIndexPage(InEveryLanguage, Page):
    """The list of FOCUS articles at `/focus/`."""

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
        context["articles"] = FocusArticlePage.objects.child_of(self).for_the_list()
        return context


class FocusArticlePage(InEveryLanguage, Page):
    """An article that ties a day or a theme to what cities did.

    `published_on` is the day as first published, None where not recorded; `international_day`
    is `MM-DD`, "" where it ties to none. The teaser never exceeds 250 characters.
    """

    words: ClassVar[tuple[str, ...]] = ("title", "search_description", "teaser", "body")

    kind = models.CharField(
        _("kind"), max_length=20, choices=ArticleKind.choices, default=ArticleKind.BUNDLE
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    international_day = models.CharField(
        _("international day"),
        max_length=5,
        blank=True,
        validators=[
            RegexValidator(
                r"^((0[1-9]|1[0-2])-(0[1-9]|1\d|2\d)|(0[13-9]|1[0-2])-30|(0[13578]|1[02])-31)$",
                _("Month and day, as in 04-22."),
            )
        ],
    )
    teaser = models.CharField(
        _("teaser"),
        max_length=LONGEST_TEASER,
        blank=True,
        help_text=_("One or two sentences for lists; 250 characters at most."),
    )
    body = StreamField(
        [("text", RichTextBlock(features=["h2", "h3", "bold", "italic", "ol", "ul", "link"]))],
        verbose_name=_("text"),
        blank=True,
    )
    themes = ParentalManyToManyField(
        Theme, related_name="articles", blank=True, verbose_name=_("themes")
    )

    objects = PageManager.from_queryset(FocusArticleQuerySet)()

    parent_page_types: ClassVar = ["focus.FocusIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "focus/focus_article_page.html"

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("teaser"),
        FieldRowPanel(
            [FieldPanel("kind"), FieldPanel("published_on"), FieldPanel("international_day")]
        ),
        FieldPanel("themes"),
        FieldPanel("body"),
        InlinePanel("mentions", heading=_("Cities gathered here"), label=_("City")),
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("teaser"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("FOCUS article")
        verbose_name_plural = _("FOCUS articles")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        siblings = FocusArticlePage.objects.sibling_of(self, inclusive=False).for_the_list()
        return {
            **context,
            "mentions": self.cities_gathered(),
            "tied_to": self.tied_to,
            "more": siblings[:ARTICLES_BESIDE],
        }

    @property
    def tied_to(self) -> date | None:
        """The international day in a year that has a 29 February; None where there is none."""
        if not self.international_day:
            return None
        return date.fromisoformat(f"{LEAP_YEAR}-{self.international_day}")

    def cities_gathered(self) -> list[FocusMention]:
        """Return the mentions in order, their initiatives at hand; works for a preview too."""
        if getattr(self, "is_previewed", False) or self.pk is None:
            return list(self.mentions.all())
        return list(FocusMention.objects.filter(article=self).with_initiatives())


class FocusMention(Orderable):
    """A city that an article gathers: with a link where the library has the initiative."""

    article = ParentalKey(FocusArticlePage, on_delete=models.CASCADE, related_name="mentions")
    city_name = models.CharField(_("city"), max_length=120)
    country = models.CharField(_("country"), max_length=120, blank=True)
    initiative = models.ForeignKey(
        InitiativePage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="mentions",
        verbose_name=_("initiative"),
    )

    objects = FocusMentionQuerySet.as_manager()

    panels: ClassVar = [
        FieldPanel("city_name"),
        FieldPanel("country"),
        PageChooserPanel("initiative", "library.InitiativePage"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("city gathered")
        verbose_name_plural = _("cities gathered")

    def __str__(self) -> str:
        return f"{self.city_name}, {self.country}" if self.country else self.city_name
