"""A FOCUS article, which gathers initiatives under one theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PagePermissionTester
from wagtail.search import index

from laurels.focus import gathering
from laurels.focus.blocks import CITY, INITIATIVE, body_blocks
from laurels.focus.days import DayInput, day_of, validate_day
from laurels.focus.enums import ArticleKind
from laurels.focus.models.approval import Approval
from laurels.focus.queries import FocusArticleQuerySet
from laurels.foundation.languages import InEveryLanguage
from laurels.library.models import InitiativePage, Theme
from laurels.partners.models import Partner

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest
    from wagtail.models import Revision

    from laurels.focus.days import InternationalDay

LONGEST_TEASER = 250
ARTICLES_BESIDE = 3


class NotApproved(PermissionDenied):
    """Somebody tried to publish a version that not every co-publisher has approved."""


class ArticlePermissions(PagePermissionTester):
    """What a person may do with an article: co-publishers' consent publishes it."""

    def can_publish(self) -> bool:
        return bool(super().can_publish()) and not self.page.specific.co_publishers.exists()


class FocusArticlePage(InEveryLanguage, Page):
    """An article that ties a day or a theme to what cities did.

    `published_on` is the day as first published elsewhere, None where not recorded;
    `published_at` the instant at which the article first went out here, None for one that was
    loaded. `international_day` is a key of the calendar or `MM-DD`, "" where it ties to none.
    """

    if TYPE_CHECKING:
        live: bool  # Wagtail's, untyped

    words: ClassVar[tuple[str, ...]] = ("title", "search_description", "teaser", "body")

    kind = models.CharField(
        _("kind"), max_length=20, choices=ArticleKind.choices, default=ArticleKind.BUNDLE
    )
    published_on = models.DateField(
        _("published on"),
        null=True,
        blank=True,
        help_text=_("Only for an article that was published elsewhere before."),
    )
    published_at = models.DateTimeField(_("first published"), null=True, editable=False)
    international_day = models.CharField(
        _("international day"), max_length=60, blank=True, validators=[validate_day]
    )
    teaser = models.CharField(
        _("teaser"),
        max_length=LONGEST_TEASER,
        blank=True,
        help_text=_("One or two sentences for lists; 250 characters at most."),
    )
    body = StreamField(body_blocks(), verbose_name=_("text"), blank=True)
    themes = ParentalManyToManyField(
        Theme, related_name="articles", blank=True, verbose_name=_("themes")
    )
    co_publishers = ParentalManyToManyField(
        Partner,
        related_name="articles",
        blank=True,
        verbose_name=_("co-publishers"),
        help_text=_("Nothing is published before each of them has approved that very version."),
    )

    objects = PageManager.from_queryset(FocusArticleQuerySet)()

    parent_page_types: ClassVar = ["focus.FocusIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "focus/focus_article_page.html"

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("teaser"),
        FieldPanel("body"),
        FieldPanel("themes", widget=CheckboxSelectMultiple),
        FieldRowPanel(
            [
                FieldPanel(
                    "international_day",
                    widget=DayInput,
                    help_text=_("Type a part of its name and choose; or month and day, as 04-22."),
                ),
                FieldPanel("kind"),
                FieldPanel("published_on"),
            ]
        ),
        FieldPanel("co_publishers", widget=CheckboxSelectMultiple),
        InlinePanel("corrections", heading=_("Corrections"), label=_("Correction")),
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
        initiatives = gathering.public_initiatives([self])
        siblings = FocusArticlePage.objects.sibling_of(self, inclusive=False).for_the_list()
        return {
            **context,
            "pieces": self.pieces(initiatives),
            "gathered": gathering.gathered(self, initiatives),
            "more": siblings[:ARTICLES_BESIDE],
        }

    def pieces(self, initiatives: dict[int, InitiativePage]) -> list[dict[str, Any]]:
        """Return the blocks to show: an initiative that is gone takes its block with it."""
        pieces = []
        for block in self.body:
            piece = {"kind": block.block_type, "block": block, "value": block.value}
            if block.block_type == INITIATIVE:
                page = block.value.get("initiative")
                if page is None or page.pk not in initiatives:
                    continue
                piece["initiative"] = initiatives[page.pk]
            pieces.append(piece)
        return pieces

    @property
    def tied_to(self) -> InternationalDay | None:
        """The day that the article ties to; None where there is none."""
        return day_of(self.international_day)

    @property
    def day(self) -> date | None:
        """The day on which it was first published, here or elsewhere; None if not recorded."""
        if self.published_on:
            return self.published_on
        return self.published_at.date() if self.published_at else None

    @property
    def plain_text(self) -> str:
        """The words of the body that are the article's own."""
        blocks = [block for block in self.body if block.block_type not in (CITY, INITIATIVE)]
        found = [block.block.get_searchable_content(block.value) for block in blocks]
        return " ".join(words for each in found for words in each)

    def signers(self) -> list[Partner]:
        """Return the co-publishers in alphabetical order, logos at hand; for a preview too."""
        named = [partner.pk for partner in self.co_publishers.all()]
        return list(Partner.objects.filter(pk__in=named).alphabetical()) if named else []

    def cities_gathered(self) -> list[gathering.Gathered]:
        """Return the cities of the article in its order, initiatives at hand."""
        return gathering.gathered(self, gathering.public_initiatives([self]))

    def with_content_json(self, content: dict[str, Any]) -> FocusArticlePage:
        """Return the page as a revision has it; when it went out belongs to no revision."""
        page: FocusArticlePage = super().with_content_json(content)
        page.published_at = self.published_at
        return page

    def permissions_for_user(self, user: Any) -> ArticlePermissions:
        return ArticlePermissions(user, self)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        # The admin's "Publish" on a new page stores it as live before anybody can be asked.
        if self._state.adding and self.live and self.co_publishers.all():
            self.live = False
        return super().save(*args, **kwargs)

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish or schedule a revision; every way there leads through here.

        Raise NotApproved where a co-publisher has not approved exactly this revision, or where
        a newer one exists.
        """
        if revision.content.get("co_publishers") and not (
            revision.is_latest_revision() and Approval.objects.all_given(revision)
        ):
            raise NotApproved(_("Not every co-publisher has approved this version."))
        is_first = not self.live and self.first_published_at is None
        super().publish(revision, *args, **kwargs)
        if is_first:
            row = Page.objects.get(pk=self.pk)
            if row.live:
                FocusArticlePage.objects.filter(pk=self.pk).update(
                    published_at=row.first_published_at
                )


class FocusCorrection(models.Model):
    """What was corrected in an article after it was published, and on which day."""

    article = ParentalKey(FocusArticlePage, on_delete=models.CASCADE, related_name="corrections")
    corrected_on = models.DateField(_("day"))
    note = models.CharField(_("what was corrected"), max_length=500)

    panels: ClassVar = [FieldPanel("corrected_on"), FieldPanel("note")]

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering: ClassVar = ["-corrected_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.corrected_on:%Y-%m-%d}: {self.note}"
