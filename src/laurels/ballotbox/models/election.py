"""A public vote and whom one can vote for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from laurels.ballotbox.queries import ElectionQuerySet
from laurels.editions.models import Edition
from laurels.library.models import InitiativePage

if TYPE_CHECKING:
    from datetime import datetime


class Election(models.Model):
    """A public vote: planned as a draft, fixed for ever when its manifest is published.

    The rule and the times are those of the manifest once there is one; the log, not this row,
    is what anyone checks.
    """

    slug = models.CharField(
        _("address"), max_length=64, unique=True, validators=[RegexValidator(r"^[a-z0-9-]+\Z")]
    )
    election_id = models.CharField(_("election id"), max_length=64, unique=True)
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="elections"
    )
    title = models.CharField(_("title"), max_length=200)
    origin = models.CharField(_("origin of the log"), max_length=200, unique=True)
    # Empty: real time. The box reads this column, so that it needs no table of another app.
    clock_name = models.CharField(_("award clock"), max_length=80, blank=True)

    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    closes_latest = models.DateTimeField(_("closes at the latest"))
    ceremony_at = models.DateTimeField(_("ceremony"))
    grace_seconds = models.PositiveIntegerField(_("grace in seconds"))
    min_picks = models.PositiveSmallIntegerField(_("picks at least"))
    max_picks = models.PositiveSmallIntegerField(_("picks at most"))
    plaintext_size = models.PositiveSmallIntegerField(_("bytes of a plaintext"))

    manifest = models.BinaryField(_("manifest"), null=True)
    manifest_hash = models.CharField(_("hash of the manifest"), max_length=64, blank=True)
    log_vkey = models.CharField(_("key of the log"), max_length=400, blank=True)
    registrar_key = models.BinaryField(_("registrar's public key"), null=True)
    # The closing time in force: `closes_at`, or that of the last extension staged.
    closing_at = models.DateTimeField(_("closing time in force"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    is_demo = models.BooleanField(_("demo"), default=False)
    is_rehearsal = models.BooleanField(_("rehearsal"), default=False)

    objects = ElectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("election")
        verbose_name_plural = _("elections")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="election_opens_before_it_closes",
                condition=models.Q(opens_at__lt=models.F("closes_at")),
            ),
            models.CheckConstraint(
                name="election_closes_within_its_limit",
                condition=models.Q(
                    closing_at__gte=models.F("closes_at"),
                    closing_at__lte=models.F("closes_latest"),
                ),
            ),
            models.CheckConstraint(
                name="election_picks_at_most_is_not_below_at_least",
                condition=models.Q(max_picks__gte=1)
                & models.Q(max_picks__gte=models.F("min_picks")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        return self.manifest is not None

    def is_under_way(self, now: datetime) -> bool:
        """Whether the box takes ballots at this instant of the election's own clock."""
        return (
            self.is_published and self.closed_at is None and self.opens_at <= now < self.closing_at
        )


class Candidate(models.Model):
    """One of those whom the voter can pick, under the number that a sealed ballot holds."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="candidates")
    number = models.PositiveSmallIntegerField(_("number"))
    code = models.CharField(_("code"), max_length=32)
    name = models.CharField(_("name"), max_length=200)
    initiative = models.ForeignKey(
        InitiativePage,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="candidacies",
    )

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        ordering: ClassVar = ["election", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_candidate_a_number", fields=["election", "number"]),
            models.UniqueConstraint(name="one_candidate_a_code", fields=["election", "code"]),
        ]

    def __str__(self) -> str:
        return self.name
