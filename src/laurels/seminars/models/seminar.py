"""Seminars in which the shortlisted cities present themselves."""

from __future__ import annotations

import zoneinfo
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from laurels.editions.models import Edition, check_zone
from laurels.library.models import InitiativePage
from laurels.seminars.enums import Platform
from laurels.seminars.queries import PresentationQuerySet, SeminarQuerySet

if TYPE_CHECKING:
    from laurels.seminars.enums import SeminarState


def check_language(code: str) -> None:
    """Raise ValidationError unless `code` is that of a language with a name."""
    try:
        get_language_info(code)
    except KeyError:
        raise ValidationError(
            _("%(code)s is no language that we have a name for. Write it as in en, fr, zh-hans."),
            params={"code": code},
        ) from None


class Series(models.Model):
    """What the seminars of one edition are called together; without a row, "Seminars"."""

    edition = models.OneToOneField(
        Edition,
        on_delete=models.CASCADE,
        related_name="seminar_series",
        verbose_name=_("edition"),
    )
    title = models.CharField(_("title"), max_length=200)
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("series of seminars")
        verbose_name_plural = _("series of seminars")
        ordering: ClassVar = ["-edition__year"]

    def __str__(self) -> str:
        return self.title


class Seminar(ClusterableModel):
    """A session online in which cities present their initiatives.

    Times are UTC, on the edition's award clock; the host's zone is the edition's unless the
    seminar has one of its own. `cities_complete` is False while further cities are to be
    announced. `join_url` is for registrants only and never on a page; `embed_url` is what the
    player of the room shows. `sequence` counts the changes that calendars must learn of
    (RFC 5545, 3.8.7.4). Moved and cancelled by `actions` alone.
    """

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="seminars", verbose_name=_("edition")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    own_timezone = models.CharField(
        _("time zone of its host"),
        max_length=60,
        blank=True,
        validators=[check_zone],
        help_text=_("Only where it is not the edition's. Write it as in Asia/Shanghai."),
    )
    languages = ArrayField(
        models.CharField(max_length=16, validators=[check_language]),
        verbose_name=_("languages spoken"),
        default=list,
        blank=True,
        help_text=_("Codes with commas between, as in en, zh-hans."),
    )
    interpretation = ArrayField(
        models.CharField(max_length=16, validators=[check_language]),
        verbose_name=_("languages interpreted into"),
        default=list,
        blank=True,
        help_text=_("Codes with commas between, as in en, fr."),
    )
    platform = models.CharField(_("platform"), max_length=20, choices=Platform, blank=True)
    join_url = models.URLField(
        _("link to the platform"),
        max_length=1000,
        blank=True,
        help_text=_("Registrants are sent on to it from 15 minutes before the start."),
    )
    embed_url = models.URLField(
        _("address of the player"),
        max_length=1000,
        blank=True,
        help_text=_("What the live room shows in its page, if the platform can be embedded."),
    )
    recording_url = models.URLField(_("recording"), max_length=1000, blank=True)
    feedback_url = models.URLField(_("feedback form"), max_length=1000, blank=True)
    capacity = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Empty: as many as come.")
    )
    cities_complete = models.BooleanField(_("all cities are announced"), default=False)
    announced_moderators = models.CharField(
        _("moderators as announced"), max_length=300, blank=True
    )
    moderators = ParentalManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="moderated_seminars",
        verbose_name=_("moderators"),
        blank=True,
        help_text=_("They may open this seminar's desk."),
    )
    note = models.TextField(_("note"), blank=True)

    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True, editable=False)
    moved_at = models.DateTimeField(_("moved"), null=True, blank=True, editable=False)
    first_starts_at = models.DateTimeField(
        _("start first announced"), null=True, blank=True, editable=False
    )
    sequence = models.PositiveIntegerField(_("changes"), default=0, editable=False)

    # Given by `rules.with_states` to those that are shown, never stored.
    state: SeminarState
    # Given by `views.seminars` to those that are chosen from: whoever comes now waits for a seat.
    is_full: bool

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
            models.CheckConstraint(
                name="seminar_has_a_seat",
                condition=models.Q(capacity=None) | models.Q(capacity__gte=1),
            ),
            models.CheckConstraint(
                name="seminar_moved_keeps_its_first_start",
                condition=models.Q(moved_at=None, first_starts_at=None)
                | models.Q(moved_at__isnull=False, first_starts_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("seminars:seminar", args=[self.edition.year, self.number])

    @property
    def timezone(self) -> str:
        """The IANA name of the host's zone."""
        return self.own_timezone or self.edition.host_timezone

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.timezone)


class Presentation(models.Model):
    """An initiative that is presented in a seminar: its place in the order, who speaks, how long.

    None for `minutes` and "" for `speakers` mean that they are not announced.
    """

    seminar = ParentalKey(Seminar, on_delete=models.CASCADE, related_name="presentations")
    initiative = models.ForeignKey(
        InitiativePage,
        on_delete=models.CASCADE,
        related_name="presentations",
        verbose_name=_("initiative"),
    )
    order = models.PositiveSmallIntegerField(_("place in the order"))
    speakers = models.CharField(_("speakers"), max_length=500, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)

    # Wagtail's form puts them in order by arrows, and counts.
    sort_order_field = "order"

    objects = PresentationQuerySet.as_manager()

    class Meta:
        verbose_name = _("presentation")
        verbose_name_plural = _("presentations")
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="seminar_city_is_in_it_once", fields=["seminar", "initiative"]
            ),
        ]

    def __str__(self) -> str:
        return str(self.initiative)
