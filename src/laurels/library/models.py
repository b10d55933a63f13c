"""Cities, their initiatives, themes, goals and honours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.search import index

from laurels.editions.models import Edition
from laurels.library.addresses import free_address
from laurels.library.enums import GlobalGoal, HonourKind, Stage
from laurels.library.queries import CityQuerySet, InitiativeQuerySet, LibraryQuestion, folded

if TYPE_CHECKING:
    from django.http import HttpRequest

ROWS_PER_PAGE = 30


class City(models.Model):  # type: ignore[django-manager-missing] # Wagtail's page managers are Any
    """A city, region or district. Coordinates are WGS 84 in degrees, None where not recorded."""

    name = models.CharField(_("name"), max_length=120)
    local_name = models.CharField(_("local name"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=120)
    country_code = models.CharField(
        _("country code"),
        max_length=2,
        validators=[RegexValidator(r"^[A-Z]{2}$", _("Two capital letters, as in ISO 3166-1."))],
    )
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )

    objects = CityQuerySet.as_manager()

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering: ClassVar = ["name", "country"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="city_is_one_per_name_and_country", fields=["name", "country_code"]
            ),
            models.CheckConstraint(
                name="city_has_both_coordinates_or_none",
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
            ),
            models.CheckConstraint(
                name="city_lies_on_earth",
                condition=models.Q(latitude__isnull=True)
                | models.Q(
                    latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.country}"

    @property
    def has_coordinates(self) -> bool:
        return self.latitude is not None and self.longitude is not None


class Theme(models.Model):
    """A subject that initiatives and FOCUS articles share."""

    slug = models.SlugField(_("address part"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("description"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Goal(models.Model):
    """One of the 17 Sustainable Development Goals."""

    number = models.PositiveSmallIntegerField(
        _("number"), primary_key=True, choices=GlobalGoal.choices
    )

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="goal_is_one_of_seventeen", condition=models.Q(number__gte=1, number__lte=17)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def name(self) -> str:
        """The goal's short name, in the language under way."""
        return str(GlobalGoal(self.number).label)


class LibraryPage(Page):
    """The list of all initiatives at `/initiatives/`."""

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


class InitiativePage(Page):
    """What one city did, told so that another can do it. Its address never changes.

    `title` is only the name in the page tree ("Cape Town 2023"); the title of the initiative is
    `recorded_title`, None where it is not recorded. `stage` is how far it came; what an edition
    gave it are its `honours`, which do not exist before that edition is revealed.
    """

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
    themes = ParentalManyToManyField(
        Theme, related_name="initiatives", blank=True, verbose_name=_("themes")
    )
    goals = ParentalManyToManyField(
        Goal, related_name="initiatives", blank=True, verbose_name=_("goals")
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
                FieldPanel("themes"),
                FieldPanel("goals"),
                FieldPanel("goals_note"),
            ],
            heading=_("Initiative"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("population"),
                FieldPanel("population_note"),
                FieldPanel("presentation_group"),
                FieldPanel("note"),
            ],
            heading=_("Facts"),
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
    def display_title(self) -> str:
        """The title to show: the recorded one, or that there is none."""
        return self.recorded_title or gettext("Title not recorded")

    @property
    def address(self) -> str:
        """The address for life within the library: `2023-cape-town`."""
        return str(self.slug)

    @property
    def searched_text(self) -> str:
        """What the words of a question are looked for in, folded."""
        named = (self.city.name, self.city.local_name, self.city.country)
        return folded(" ".join([*named, self.recorded_title or "", self.summary]))

    def theme_slugs(self) -> list[str]:
        """Return the themes' slugs in one order on every machine, as the cover needs it."""
        return list(self.themes.order_by("slug").values_list("slug", flat=True))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["beside"] = InitiativePage.objects.beside(self)
        return context

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug and self.city_id and self.edition_id:
            taken = set(InitiativePage.objects.values_list("slug", flat=True))
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


class Honour(models.Model):
    """What an edition gave to an initiative. None exists before that edition is revealed."""

    initiative = ParentalKey(InitiativePage, on_delete=models.CASCADE, related_name="honours")
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="honours", verbose_name=_("edition")
    )
    kind = models.CharField(_("honour"), max_length=40, choices=HonourKind.choices)

    class Meta:
        verbose_name = _("honour")
        verbose_name_plural = _("honours")
        ordering: ClassVar = ["kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="honour_of_a_kind_is_one_per_initiative",
                fields=["initiative", "edition", "kind"],
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
