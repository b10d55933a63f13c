"""A file that somebody brought, kept between looking at it and taking it in."""

from __future__ import annotations

import hashlib
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptFile(models.Model):
    """The very bytes that were checked, so that nothing else is taken in afterwards.

    `content` is emptied when they are taken in; name, digest (SHA-256, hex) and times stay.
    """

    purpose = models.CharField(_("purpose"), max_length=80)
    name = models.CharField(_("name"), max_length=200)
    content = models.BinaryField(_("content"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    kept_at = models.DateTimeField(_("kept at"))
    kept_by = models.CharField(_("kept by"), max_length=200)
    taken_in_at = models.DateTimeField(_("taken in at"), null=True, blank=True)

    class Meta:
        verbose_name = _("kept file")
        verbose_name_plural = _("kept files")
        ordering: ClassVar = ["-kept_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_as_it_was(self) -> bool:
        """Whether the bytes are those whose digest was written down."""
        return hashlib.sha256(bytes(self.content)).hexdigest() == self.digest
