"""Editions of the award and the moments of their calendars."""

from __future__ import annotations

import zoneinfo
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from laurels.editions.enums import MomentKind, Precision
from laurels.editions.queries import EditionQuerySet, MomentQuerySet

if TYPE_CHECKING:
    from datetime import date, datetime

SMALLEST_STEP = timedelta(microseconds=1)
VOTE_NAME = gettext_noop("City of Your Choice")


def check_zone(name: str) -> None:
    """Raise ValidationError unless `name` is a zone of the IANA database."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("%(name)s is not a time zone. Write it as in Asia/Shanghai."), params={"name": name}
        )


class Edition(ClusterableModel):
    """One round of the award, from the call to the ceremony.

    Figures and texts are as recorded; None and "" mean "not recorded". What tells an outcome
    (the `vote_…` figures but the name, `guests_count`, `note`, `sources`) is empty until the
    edition is revealed on its own clock.
    """

    ordinal = models.PositiveSmallIntegerField(_("ordinal"), unique=True)
    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    label = models.CharField(_("label"), max_length=120, blank=True)
    host_city = models.CharField(_("host city"), max_length=120)
    host_timezone = models.CharField(
        _("time zone of the host"),
        max_length=60,
        default="Asia/Shanghai",
        validators=[check_zone],
    )

    initiatives_count = models.PositiveIntegerField(_("initiatives"), null=True, blank=True)
    valid_count = models.PositiveIntegerField(_("valid initiatives"), null=True, blank=True)
    cities_count = models.PositiveIntegerField(_("cities"), null=True, blank=True)
    valid_cities_count = models.PositiveIntegerField(
        _("cities with a valid initiative"), null=True, blank=True
    )
    countries_count = models.PositiveIntegerField(_("countries"), null=True, blank=True)
    valid_countries_count = models.PositiveIntegerField(
        _("countries with a valid initiative"), null=True, blank=True
    )
    first_time_countries_count = models.PositiveIntegerField(
        _("countries for the first time"), null=True, blank=True
    )
    deserving_count = models.PositiveIntegerField(_("deserving initiatives"), null=True, blank=True)
    exemplary_count = models.PositiveIntegerField(_("exemplary initiatives"), null=True, blank=True)
    shortlisted_count = models.PositiveIntegerField(
        _("shortlisted initiatives"), null=True, blank=True
    )
    winners_count = models.PositiveIntegerField(_("winners"), null=True, blank=True)
    topics = models.JSONField(_("topics of the call"), default=list, blank=True)

    launch_place = models.CharField(_("place of the launch"), max_length=300, blank=True)
    committee_place = models.CharField(_("place of the committee"), max_length=300, blank=True)
    committee_size = models.PositiveSmallIntegerField(
        _("members of the committee"), null=True, blank=True
    )
    committee_countries_count = models.PositiveSmallIntegerField(
        _("countries of the committee"), null=True, blank=True
    )
    committee_chair = models.CharField(_("chair of the committee"), max_length=300, blank=True)
    committee_criteria = models.JSONField(_("criteria of the committee"), default=list, blank=True)
    committee_note = models.TextField(_("note on the committee"), blank=True)
    jury_size = models.PositiveSmallIntegerField(_("members of the jury"), null=True, blank=True)
    jury_chair = models.CharField(_("chair of the jury"), max_length=300, blank=True)
    jury_place = models.CharField(_("place of the jury"), max_length=300, blank=True)
    jury_criteria = models.JSONField(_("criteria of the jury"), default=list, blank=True)
    jury_note = models.TextField(_("note on the jury"), blank=True)
    presentations_format = models.TextField(_("form of the presentations"), blank=True)
    seminars_note = models.TextField(_("note on the seminars"), blank=True)

    vote_name = models.CharField(_("name of the public vote"), max_length=200, blank=True)
    vote_rules = models.TextField(_("rules of the public vote, as recorded"), blank=True)
    vote_total = models.PositiveBigIntegerField(_("votes in all"), null=True, blank=True)
    vote_top_three_sum = models.PositiveBigIntegerField(
        _("votes of the first three"), null=True, blank=True
    )
    vote_winner = models.CharField(_("winner of the public vote"), max_length=300, blank=True)
    vote_ranking = models.JSONField(_("ranking of the public vote"), default=list, blank=True)
    vote_note = models.TextField(_("note on the public vote"), blank=True)

    ceremony_place = models.CharField(_("place of the ceremony"), max_length=300, blank=True)
    guests_count = models.PositiveIntegerField(_("guests"), null=True, blank=True)
    guests_note = models.CharField(_("note on the guests"), max_length=300, blank=True)
    deserving_note = models.TextField(_("note on the deserving initiatives"), blank=True)
    note = models.TextField(_("note"), blank=True)
    sources = models.JSONField(_("sources"), default=list, blank=True)
    seminar_sources = models.JSONField(_("sources of the seminars"), default=list, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering: ClassVar = ["-year"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="edition_ordinal_starts_at_one", condition=models.Q(ordinal__gte=1)
            ),
            models.CheckConstraint(
                name="edition_year_has_four_digits",
                condition=models.Q(year__gte=1000, year__lte=9999),
            ),
        ]

    def __str__(self) -> str:
        return self.label or f"{self.ordinal} ({self.year})"

    @property
    def clock_name(self) -> str:
        """The name of this edition's award clock in `foundation.clock`."""
        return f"edition-{self.year}"

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The host's time zone."""
        return zoneinfo.ZoneInfo(self.host_timezone)

    @property
    def name(self) -> str:
        """The edition in words, as in "6th edition, 2023"; in the language under way."""
        return _("Edition %(ordinal)d, %(year)d") % {"ordinal": self.ordinal, "year": self.year}

    @property
    def vote_title(self) -> str:
        """The public vote's name in the language under way, where the catalogue has it."""
        return str(_(self.vote_name or VOTE_NAME))

    def moment(self, kind: MomentKind | str) -> Moment | None:
        """Return the moment of that kind, or None; asks nothing after `with_calendar()`."""
        return next((one for one in self.moments.all() if one.kind == kind), None)

    @property
    def moments_by_kind(self) -> dict[str, Moment]:
        """The calendar by kind, for templates: `edition.moments_by_kind.vote.closes_at`."""
        return {one.kind: one for one in self.moments.all()}


class Moment(models.Model):
    """One span of an edition's calendar.

    `opens_at` is its first instant and `closes_at` the first instant after it, both UTC; None
    means not recorded. Where only a day (or month) is recorded they are the bounds of that day
    in `zone`, and `opens_precision`, `closes_precision` say so. `recorded` keeps the words of
    the source where they say more than the instants do.
    """

    edition = ParentalKey(Edition, on_delete=models.CASCADE, related_name="moments")
    kind = models.CharField(_("kind"), max_length=20, choices=MomentKind.choices)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    opens_precision = models.CharField(
        _("opening known"), max_length=10, choices=Precision.choices, blank=True
    )
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    closes_precision = models.CharField(
        _("close known"), max_length=10, choices=Precision.choices, blank=True
    )
    zone = models.CharField(
        _("time zone"), max_length=60, default="Asia/Shanghai", validators=[check_zone]
    )
    recorded = models.CharField(_("as recorded"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = MomentQuerySet.as_manager()

    class Meta:
        verbose_name = _("moment")
        verbose_name_plural = _("moments")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="moment_of_a_kind_is_one_per_edition", fields=["edition", "kind"]
            ),
            models.CheckConstraint(
                name="moment_closes_after_it_opens",
                condition=models.Q(opens_at__isnull=True)
                | models.Q(closes_at__isnull=True)
                | models.Q(closes_at__gt=models.F("opens_at")),
            ),
            models.CheckConstraint(
                name="moment_opening_has_a_precision",
                condition=models.Q(opens_at__isnull=True, opens_precision="")
                | (models.Q(opens_at__isnull=False) & ~models.Q(opens_precision="")),
            ),
            models.CheckConstraint(
                name="moment_close_has_a_precision",
                condition=models.Q(closes_at__isnull=True, closes_precision="")
                | (models.Q(closes_at__isnull=False) & ~models.Q(closes_precision="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.edition.year})"

    @property
    def opens_on(self) -> date | None:
        """The first day, in the moment's own zone."""
        return None if self.opens_at is None else self._day(self.opens_at)

    @property
    def closes_on(self) -> date | None:
        """The last day, in the moment's own zone: a close at midnight ends the day before."""
        return None if self.closes_at is None else self._day(self.closes_at - SMALLEST_STEP)

    @property
    def is_recorded(self) -> bool:
        """Whether anything at all is known of when it was."""
        return bool(self.opens_at or self.closes_at or self.recorded)

    @property
    def has_hours(self) -> bool:
        """Whether an hour may be shown: both ends that are known are known to the minute."""
        known = {self.opens_precision, self.closes_precision} - {Precision.UNKNOWN}
        return known == {Precision.MINUTE}

    def is_open(self, now: datetime) -> bool:
        """Return whether `now` lies within the moment; never where an end is not recorded."""
        if self.opens_at is None or self.closes_at is None:
            return False
        return self.opens_at <= now < self.closes_at

    def _day(self, instant: datetime) -> date:
        return instant.astimezone(zoneinfo.ZoneInfo(self.zone)).date()


class AwardTotals(models.Model):
    """The figures of the award over all editions held, as stated: one row at most."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    initiatives_count = models.PositiveIntegerField(_("initiatives"))
    cities_count = models.PositiveIntegerField(_("cities"))
    countries_count = models.PositiveIntegerField(_("countries"))
    source = models.CharField(_("source"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("figures of the award")
        verbose_name_plural = _("figures of the award")
        constraints: ClassVar = [
            models.CheckConstraint(name="award_totals_are_one_row", condition=models.Q(id=1)),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
