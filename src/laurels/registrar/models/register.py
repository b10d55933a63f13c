"""The register of one election, and what remains of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from laurels.foundation.models import OutgoingMail, RateCounter
from laurels.registrar.enums import Grade
from laurels.registrar.queries import RegistrarElectionQuerySet

if TYPE_CHECKING:
    from datetime import datetime

CHANGES_END_BEFORE_THE_CLOSE = timedelta(hours=1)


class RegistrarElection(models.Model):
    """An election as the registrar knows it. All times are award times.

    `mailbox_key` is the secret under which mailboxes are told apart; destroyed at unlinking,
    as is every row that hangs on a mailbox.
    """

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    election_id = models.CharField(_("election"), max_length=64, unique=True)
    title = models.CharField(_("title"), max_length=200)
    host_timezone = models.CharField(_("zone of the host"), max_length=64)
    clock_name = models.CharField(_("award clock"), max_length=80, blank=True)
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closing time in force"))
    grades = ArrayField(models.CharField(max_length=16), verbose_name=_("grades"))
    registrar_key = models.BinaryField(_("public point of the registrar"), max_length=65)
    mailbox_key = models.BinaryField(_("secret of the mailboxes"), max_length=32, null=True)
    unlinked_at = models.DateTimeField(_("unlinked at"), null=True, blank=True)
    unlinked_statement = models.TextField(_("statement of the unlinking"), blank=True)
    # VACUUM cannot run in the transaction that deletes: the worker does it and notes it here.
    shredded_at = models.DateTimeField(_("shredded at"), null=True, blank=True)

    objects = RegistrarElectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("register")
        verbose_name_plural = _("registers")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="register_closes_after_it_opens",
                condition=models.Q(closes_at__gt=models.F("opens_at")),
            ),
            models.CheckConstraint(
                name="register_is_unlinked_without_its_key",
                condition=models.Q(unlinked_at=None, mailbox_key__isnull=False)
                | models.Q(unlinked_at__isnull=False, mailbox_key=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def takes_changes(self, now: datetime) -> bool:
        """Tell whether a mailbox that has voted may still vote anew (award time)."""
        return now < self.closes_at - CHANGES_END_BEFORE_THE_CLOSE


class DailyCount(models.Model):
    """How many mailboxes and tickets of one grade a day brought: all that outlives unlinking.

    The day is the host's.
    """

    election = models.ForeignKey(
        RegistrarElection, on_delete=models.CASCADE, related_name="daily_counts"
    )
    day = models.DateField(_("day"))
    grade = models.CharField(_("grade"), max_length=16, choices=Grade)
    mailbox_count = models.PositiveIntegerField(_("mailboxes"))
    ticket_count = models.PositiveIntegerField(_("tickets"))

    class Meta:
        verbose_name = _("daily count")
        verbose_name_plural = _("daily counts")
        ordering: ClassVar = ["day", "grade"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="daily_count_is_one_per_day_and_grade", fields=["election", "day", "grade"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.grade}"


class RegistrarMail(OutgoingMail):
    """A letter of the registrar: a table of its own, in the registrar's database."""

    election = models.ForeignKey(RegistrarElection, on_delete=models.CASCADE, related_name="mails")

    class Meta(OutgoingMail.Meta):
        verbose_name = _("mail of the registrar")
        verbose_name_plural = _("mails of the registrar")


class RegistrarRateCount(RateCounter):
    class Meta(RateCounter.Meta):
        verbose_name = _("rate count of the registrar")
        verbose_name_plural = _("rate counts of the registrar")
