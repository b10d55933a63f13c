"""How often something was asked for within a period."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class RateCounter(models.Model):
    """Counts the events of one key under one limit; begins anew at `resets_at` (real time).

    Abstract, so that an app with a database of its own can count there. Written by
    `laurels.foundation.rate_limits` alone.
    """

    name = models.CharField(_("limit"), max_length=80)
    key = models.CharField(_("key"), max_length=200)
    count = models.PositiveIntegerField(_("count"))
    resets_at = models.DateTimeField(_("resets at"), db_index=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_is_one_per_key", fields=["name", "key"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.count}"


class RateCount(RateCounter):
    class Meta(RateCounter.Meta):
        verbose_name = _("rate count")
        verbose_name_plural = _("rate counts")
