"""Seminars in which the shortlisted cities present themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from laurels.editions.models import Edition
from laurels.library.models import InitiativePage
from laurels.seminars.queries import SeminarCityQuerySet, SeminarQuerySet

if TYPE_CHECKING:
    from laurels.seminars.enums import SeminarState


class Seminar(ClusterableModel):
    """A session online in which cities present their initiatives; here as an announcement.

    Times are UTC; the host's zone is the edition's. `cities_complete` is False while further
    cities are to be announced.
    """

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="seminars", verbose_name=_("edition")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    cities_complete = models.BooleanField(_("all cities are announced"), default=False)
    moderators = models.CharField(_("moderators"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)

    # Given by `rules.with_states` to those that are shown, never stored.
    state: SeminarState

    objects = SeminarQuerySet.as_manager()

    class Meta:
        verbose_name = _("seminar")
        verbose_name_plural = _("seminars")
        ordering: ClassVar = ["-edition__year", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="seminar_number_is_one_per_edition", fields=["edition", "number"]
            ),
            models.CheckConstraint(
                name="seminar_ends_after_it_starts",
                condition=models.Q(ends_at__gt=models.F("starts_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("seminars:seminar", args=[self.edition.year, self.number])


class SeminarCity(models.Model):
    """An initiative that is presented in a seminar, and its place in the order."""

    seminar = ParentalKey(Seminar, on_delete=models.CASCADE, related_name="cities")
    initiative = models.ForeignKey(
        InitiativePage,
        on_delete=models.CASCADE,
        related_name="seminar_places",
        verbose_name=_("initiative"),
    )
    order = models.PositiveSmallIntegerField(_("place in the order"))

    objects = SeminarCityQuerySet.as_manager()

    class Meta:
        verbose_name = _("city in a seminar")
        verbose_name_plural = _("cities in a seminar")
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="seminar_city_is_in_it_once", fields=["seminar", "initiative"]
            ),
        ]

    def __str__(self) -> str:
        return str(self.initiative)
