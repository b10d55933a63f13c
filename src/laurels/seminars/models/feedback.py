"""What guests say of a seminar when it is over."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laurels.seminars.enums import Grade
from laurels.seminars.models.registration import Registration
from laurels.seminars.queries import FeedbackQuerySet


class Feedback(models.Model):
    """What one guest says of one seminar; changeable, and gone with the registration.

    Times are on the award clock; `changed_at` is None where it still is as it was written.
    Written by `actions` alone. No desk, file or page shows whose it is.
    """

    registration = models.OneToOneField(
        Registration, on_delete=models.CASCADE, related_name="feedback"
    )
    grade = models.PositiveSmallIntegerField(_("how useful"), choices=Grade)
    keep = models.TextField(_("what to keep"), blank=True)
    better = models.TextField(_("what to do better"), blank=True)
    written_at = models.DateTimeField(_("written"))
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="feedback_grade_is_one_to_five",
                condition=models.Q(grade__in=Grade.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grade}"
