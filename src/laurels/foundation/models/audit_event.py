"""Who did what to what, and when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One deed of a member of staff or of a command. Written once, never changed.

    The person is kept by name, so that the trail outlives the account.
    """

    at = models.DateTimeField(_("at"), db_index=True)
    person_name = models.CharField(_("person"), max_length=200)
    deed = models.CharField(_("deed"), max_length=80)
    about = models.CharField(_("about"), max_length=200, db_index=True)
    detail = models.JSONField(_("detail"), default=dict)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="audit_event_names_person_and_deed",
                condition=~models.Q(person_name="") & ~models.Q(deed=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.person_name}: {self.deed} {self.about}"
