"""What became of an initiative, and who took it up: told by cities, decided before it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from laurels.library.enums import Told
from laurels.library.models.initiative_page import InitiativePage
from laurels.library.queries import AdaptationQuerySet, FollowUpQuerySet, InvitationQuerySet

if TYPE_CHECKING:
    from datetime import date

FINGERPRINT_BYTES = 32


class FollowUpInvitation(models.Model):
    """A private link by which a city reports; all that is kept of it is its fingerprint."""

    initiative = models.ForeignKey(
        InitiativePage, on_delete=models.CASCADE, related_name="invitations"
    )
    fingerprint = models.BinaryField(max_length=FINGERPRINT_BYTES, unique=True)
    invited_by = models.CharField(_("invited by"), max_length=200)
    invited_at = models.DateTimeField(_("invited at"))
    expires_at = models.DateTimeField(_("good until"))

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to report")
        verbose_name_plural = _("invitations to report")

    def __str__(self) -> str:
        return f"{self.initiative} ({self.invited_at:%Y-%m-%d})"


class Statement(models.Model):
    """What somebody told the award, shown only once it was decided so. Real time throughout."""

    told_by = models.CharField(_("told by"), max_length=200)
    told_at = models.DateTimeField(_("told at"))
    state = models.CharField(
        _("state"), max_length=10, choices=Told.choices, default=Told.WAITING, db_index=True
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=200, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                name="%(class)s_is_decided_by_somebody",
                condition=models.Q(state=Told.WAITING, decided_at=None, decided_by="")
                | (
                    ~models.Q(state=Told.WAITING)
                    & ~models.Q(decided_by="")
                    & models.Q(decided_at__isnull=False)
                ),
            ),
        ]


class FollowUp(Statement):
    """What the city says became of its initiative."""

    initiative = models.ForeignKey(
        InitiativePage, on_delete=models.CASCADE, related_name="follow_ups"
    )
    text = models.TextField(_("what became of it"))

    objects = FollowUpQuerySet.as_manager()

    class Meta(Statement.Meta):
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering: ClassVar = ["-told_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.initiative}: {self.told_at:%Y-%m-%d}"

    @property
    def told_on(self) -> date:
        return self.told_at.date()


class Adaptation(Statement):
    """Another city says that it adapted an initiative. `told_from` is never shown anywhere."""

    initiative = models.ForeignKey(
        InitiativePage, on_delete=models.CASCADE, related_name="adaptations"
    )
    city_name = models.CharField(_("city"), max_length=120)
    country = models.CharField(_("country"), max_length=120)
    adapted_in = models.ForeignKey(
        InitiativePage,
        on_delete=models.SET_NULL,
        related_name="learned_from",
        null=True,
        blank=True,
        verbose_name=_("its own initiative"),
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1990), MaxValueValidator(2199)]
    )
    scale = models.CharField(_("scale"), max_length=300)
    evidence = models.URLField(_("evidence"), max_length=500, blank=True)
    told_from = models.EmailField(_("mail address"))
    fingerprint = models.BinaryField(
        _("fingerprint of the private link"), max_length=FINGERPRINT_BYTES, unique=True
    )

    objects = AdaptationQuerySet.as_manager()

    class Meta(Statement.Meta):
        verbose_name = _("adaptation")
        verbose_name_plural = _("adaptations")
        ordering: ClassVar = ["year", "city_name", "pk"]

    def __str__(self) -> str:
        return f"{self.city_name}, {self.country} ({self.year})"
