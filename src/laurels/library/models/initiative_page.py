"""One case: what a city did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.search import index

from laurels.editions.models import Edition
from laurels.foundation.languages import InEveryLanguage
from laurels.library.addresses import free_address, stem
from laurels.library.enums import Licence, Stage
from laurels.library.models.places import City
from laurels.library.models.words import Goal, Theme, UrbanAgendaTag
from laurels.library.queries import InitiativeQuerySet
from laurels.library.search.keeping import Indexed

if TYPE_CHECKING:
    from django.http import HttpRequest


LANGUAGE = r"^[a-z]{2,3}(-[a-z]{2,4})?\Z"
# The chapters of a case, in the order in which they are read: plain text, blank line between
# paragraphs, "" where nothing is recorded.
CHAPTERS = (
    "problem",
    "what_was_done",
    "by_whom",
    "cost_and_funding",
    "results",
    "what_failed",
    "what_another_city_needs",
)


class InitiativePage(Indexed, InEveryLanguage, Page):
    """What one city did, told so that another can do it. Its address never changes.

    `title` is only the name in the page tree ("Cape Town 2023"); the title of the initiative is
    `recorded_title`, None where it is not recorded. `stage` is how far it came; what an edition
    gave it are its `honours`, which do not exist before that edition is revealed.
    """

    words: ClassVar[tuple[str, ...]] = (
        "recorded_title",
        "title_note",
        "summary",
        *CHAPTERS,
        "population_note",
        "goals_note",
        "public_votes_note",
        "note",
        "search_description",
    )

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="initiatives", verbose_name=_("edition")
    )
    city = models.ForeignKey(
        City, on_delete=models.PROTECT, related_name="initiatives", verbose_name=_("city")
    )
    stage = models.CharField(
        _("stage"), max_length=20, choices=Stage.choices, default=Stage.ENTERED
    )
    recorded_title = models.CharField(  # noqa: DJ001 -- None is "not recorded"
        _("title of the initiative"), max_length=300, null=True, blank=True
    )
    title_note = models.CharField(_("note on the title"), max_length=500, blank=True)
    summary = models.TextField(_("summary"), max_length=600, blank=True)
    population = models.PositiveBigIntegerField(_("population"), null=True, blank=True)
    population_note = models.CharField(_("note on the population"), max_length=500, blank=True)
    goals_note = models.CharField(_("note on the goals"), max_length=500, blank=True)
    presentation_group = models.CharField(
        _("group of the presentation"), max_length=120, blank=True
    )
    public_votes = models.PositiveBigIntegerField(_("public votes"), null=True, blank=True)
    public_votes_note = models.TextField(_("note on the public votes"), blank=True)
    note = models.TextField(_("note"), blank=True)
    sources = models.JSONField(_("sources"), default=list, blank=True)
    problem = models.TextField(_("the problem"), blank=True)
    what_was_done = models.TextField(_("what was done"), blank=True)
    by_whom = models.TextField(_("by whom"), blank=True)
    cost_and_funding = models.TextField(_("cost and funding"), blank=True)
    results = models.TextField(_("results"), blank=True)
    what_failed = models.TextField(_("what failed"), blank=True)
    what_another_city_needs = models.TextField(_("what another city needs"), blank=True)
    text_language = models.CharField(
        _("language of the text"),
        max_length=12,
        default="en",
        validators=[RegexValidator(LANGUAGE, _("A code as in ISO 639-1: en, fr, zh-hans, pt."))],
        help_text=_("The code of ISO 639-1: en, fr, zh-hans, pt."),
    )
    licence = models.CharField(
        _("licence of the text"), max_length=20, choices=Licence.choices, default=Licence.CC_BY
    )
    themes = ParentalManyToManyField(
        Theme, related_name="initiatives", blank=True, verbose_name=_("themes")
    )
    goals = ParentalManyToManyField(
        Goal, related_name="initiatives", blank=True, verbose_name=_("goals")
    )
    urban_agenda_tags = ParentalManyToManyField(
        UrbanAgendaTag,
        related_name="initiatives",
        blank=True,
        verbose_name=_("New Urban Agenda tags"),
    )

    objects = PageManager.from_queryset(InitiativeQuerySet)()

    parent_page_types: ClassVar = ["library.LibraryPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "library/initiative_page.html"

    content_panels: ClassVar = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("city"), FieldPanel("edition")]),
                FieldPanel("stage"),
                FieldPanel("title", heading=_("Name in the page tree")),
            ],
            heading=_("City and edition"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("recorded_title"),
                FieldPanel("title_note"),
                FieldPanel("summary"),
                FieldRowPanel([FieldPanel("text_language"), FieldPanel("licence")]),
            ],
            heading=_("Initiative"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in CHAPTERS],
            heading=_("The case, chapter by chapter"),
            help_text=_("Leave empty what is not recorded: the page then passes over it."),
        ),
        InlinePanel(
            "figures",
            heading=_("Results in figures"),
            label=_("Figure"),
            help_text=_("As the city gives them, each with its year and where it is from."),
        ),
        InlinePanel(
            "basic_data",
            heading=_("Basic data of the city"),
            label=_("Basic figure"),
            help_text=_(
                "The seven figures that the award asks for, AS GIVEN. Correct nothing: the page "
                "says by itself where one cannot be right beside the others."
            ),
        ),
        MultiFieldPanel(
            [
                FieldPanel("themes"),
                FieldPanel("goals"),
                FieldPanel("goals_note"),
                FieldPanel("urban_agenda_tags"),
            ],
            heading=_("Themes and goals"),
        ),
        InlinePanel("gallery", heading=_("Pictures"), label=_("Picture")),
        InlinePanel("documents", heading=_("Documents"), label=_("Document")),
        InlinePanel(
            "contacts",
            heading=_("Contacts"),
            label=_("Contact"),
            help_text=_("Visitors write to them through a form; no mail address is ever shown."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("population"),
                FieldPanel("population_note"),
                FieldPanel("presentation_group"),
                FieldPanel("note"),
            ],
            heading=_("Facts for the lists"),
            help_text=_("The population as a number, by which lists sort cities by size."),
        ),
        InlinePanel("honours", heading=_("Honours"), label=_("Honour")),
    ]
    # The address is for life, so its field is in no form.
    promote_panels: ClassVar = [FieldPanel("search_description")]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("recorded_title", boost=2),
        index.SearchField("summary"),
        index.RelatedFields("city", [index.SearchField("name"), index.SearchField("country")]),
        index.FilterField("stage"),
        index.FilterField("edition_id"),
    ]

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="initiative_title_is_not_recorded_or_not_empty",
                condition=models.Q(recorded_title__isnull=True) | ~models.Q(recorded_title=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def own_language(self) -> str:
        """The language in which the city wrote; most of the library is in English."""
        return self.text_language

    @property
    def display_title(self) -> str:
        """The title to show: the recorded one, or that there is none."""
        return self.recorded_title or gettext("Title not recorded")

    @property
    def address(self) -> str:
        """The address for life within the library: `2023-cape-town`."""
        return str(self.slug)

    @property
    def told_text(self) -> str:
        """All chapters that are recorded, as one text."""
        return "\n\n".join(filter(None, (getattr(self, name) for name in CHAPTERS)))

    def indexed_pks(self) -> list[int]:
        """A translation lends its words to the original, which is what is found."""
        return [self.original.pk] if self.pk else []

    def theme_slugs(self) -> list[str]:
        """Return the themes' slugs in one order on every machine, as the cover needs it."""
        return list(self.themes.order_by("slug").values_list("slug", flat=True))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["beside"] = InitiativePage.objects.beside(self)
        return context

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug and self.city_id and self.edition_id:
            begun = stem(self.edition.year, self.city.name)
            same = InitiativePage.objects.filter(slug__startswith=begun)
            taken = set(same.values_list("slug", flat=True))
            self.slug: str = free_address(self.edition.year, self.city.name, taken)
        self.recorded_title = self.recorded_title or None
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.pk is None:
            return
        address = InitiativePage.objects.filter(pk=self.pk).values_list("slug", flat=True).first()
        if address is not None and address != self.slug:
            raise ValidationError(
                _("An initiative keeps its address for life: %(address)s."),
                params={"address": address},
            )
