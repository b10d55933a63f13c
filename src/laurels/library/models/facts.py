"""What is known of an initiative in rows of its own; every row says where it comes from."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Orderable

from laurels.editions.models import Edition
from laurels.library.enums import BasicDataKind, HonourKind
from laurels.library.search.keeping import Indexed

PAGE = "library.InitiativePage"
YEARS = [MinValueValidator(1500), MaxValueValidator(2199)]


class Honour(Indexed, models.Model):
    """What an edition gave to an initiative. None exists before that edition is revealed."""

    initiative = ParentalKey(PAGE, on_delete=models.CASCADE, related_name="honours")
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

    def indexed_pks(self) -> list[int]:
        return [self.initiative_id]


class BasicDatum(models.Model):
    """One of the seven figures that the award asks of every city, kept AS GIVEN.

    `value` is the applicant's own text ("1.638", "4.8 million", "tourism"). It is never
    corrected; `rules.odd_figures` says which of them cannot be right beside the others.
    """

    initiative = ParentalKey(PAGE, on_delete=models.CASCADE, related_name="basic_data")
    kind = models.CharField(_("figure"), max_length=40, choices=BasicDataKind.choices)
    value = models.CharField(_("value, as given"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, validators=YEARS)
    source = models.CharField(_("source"), max_length=500, blank=True)

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("value"), FieldPanel("year")]),
        FieldPanel("source"),
    ]

    class Meta:
        verbose_name = _("basic figure")
        verbose_name_plural = _("basic data")
        ordering: ClassVar = ["kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="basic_datum_of_a_kind_is_one_per_initiative", fields=["initiative", "kind"]
            ),
            models.CheckConstraint(name="basic_datum_has_a_value", condition=~models.Q(value="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value}"


class ResultFigure(Orderable):
    """A figure by which the city shows what came of it, as given."""

    initiative = ParentalKey(PAGE, on_delete=models.CASCADE, related_name="figures")
    label = models.CharField(_("what is counted"), max_length=200)
    value = models.CharField(_("value, as given"), max_length=120)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, validators=YEARS)
    source = models.CharField(_("source"), max_length=500, blank=True)

    panels: ClassVar = [
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("value"), FieldPanel("unit"), FieldPanel("year")]),
        FieldPanel("source"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("result figure")
        verbose_name_plural = _("result figures")

    def __str__(self) -> str:
        return f"{self.label}: {self.value} {self.unit}".strip()


class GalleryPicture(Orderable):
    """A picture of the initiative. Its description for the blind is the image's own."""

    initiative = ParentalKey(PAGE, on_delete=models.CASCADE, related_name="gallery")
    image = models.ForeignKey(
        Image, on_delete=models.PROTECT, related_name="+", verbose_name=_("picture")
    )
    caption = models.CharField(_("caption"), max_length=250, blank=True)
    credit = models.CharField(_("credit"), max_length=250)

    panels: ClassVar = [FieldPanel("image"), FieldPanel("caption"), FieldPanel("credit")]

    class Meta(Orderable.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.caption or self.credit


class CaseDocument(Orderable):
    """A file that belongs to the initiative: a report, a plan, a form to copy."""

    initiative = ParentalKey(PAGE, on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="+", verbose_name=_("document")
    )
    title = models.CharField(
        _("title, where the file's own says too little"), max_length=250, blank=True
    )

    panels: ClassVar = [FieldPanel("document"), FieldPanel("title")]

    class Meta(Orderable.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.title or str(self.document.title)


class Contact(Orderable):
    """Somebody who answers for the initiative. The mail `address` is never shown anywhere."""

    initiative = ParentalKey(PAGE, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=120, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    address = models.EmailField(
        _("mail address"), help_text=_("Letters of visitors go here. It is never shown.")
    )

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("role")]),
        FieldPanel("organisation"),
        FieldPanel("address"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return self.name or self.organisation or self.role
