"""How far a named clock stands from real time."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClockOffset(models.Model):
    """The offset of one named clock from real time; it only ever grows.

    Written by `laurels.foundation.clock` alone. Only a demo has any.
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    offset = models.DurationField(_("offset from real time"))

    class Meta:
        verbose_name = _("clock offset")
        verbose_name_plural = _("clock offsets")
        constraints: ClassVar = [
            models.CheckConstraint(name="clock_offset_has_a_name", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.offset}"
