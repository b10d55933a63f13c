"""What an outside file last said about a row."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedRecord(models.Model):
    """The values that a loader last wrote into one row.

    A second reading of the same file changes only what the *file* changed since, so that
    what people wrote into the row meanwhile stays.
    """

    kind = models.CharField(_("kind"), max_length=80)
    row = models.CharField(_("row"), max_length=80)
    values = models.JSONField(_("values"), default=dict)

    class Meta:
        verbose_name = _("loaded record")
        verbose_name_plural = _("loaded records")
        constraints: ClassVar = [
            models.UniqueConstraint(name="loaded_record_is_one_per_row", fields=["kind", "row"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.row}"
