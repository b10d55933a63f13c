"""Letters to many, which wait for a person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laurels.foundation.queries import MailBatchQuerySet


class MailBatch(models.Model):
    """What one deed wrote to many: its letters wait until a person sends or discards them.

    `about` names the thing as the audit trail does, `path` is its page in the admin. `kind` and
    `detail` are the writer's own and hold no address. Real time throughout. Settled once:
    released or discarded, by a person named. Written by `laurels.foundation.outbox` alone.
    """

    title = models.CharField(_("title"), max_length=250)
    about = models.CharField(_("about"), max_length=200, db_index=True)
    kind = models.CharField(_("kind"), max_length=40)
    path = models.CharField(_("page"), max_length=300, blank=True)
    detail = models.JSONField(_("detail"), default=dict, blank=True)
    written_by = models.CharField(_("written by"), max_length=200)
    written_at = models.DateTimeField(_("written at"))
    letter_count = models.PositiveIntegerField(_("letters written"), default=0)
    released_by = models.CharField(_("sent by"), max_length=200, blank=True)
    released_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    released_count = models.PositiveIntegerField(_("letters sent"), default=0)
    discarded_by = models.CharField(_("thrown away by"), max_length=200, blank=True)
    discarded_at = models.DateTimeField(_("thrown away at"), null=True, blank=True)

    objects = MailBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch of letters")
        verbose_name_plural = _("batches of letters")
        ordering: ClassVar = ["-written_at", "-pk"]
        permissions: ClassVar = [("release_batch", "May send letters to many, or discard them")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="mail_batch_is_settled_once",
                condition=models.Q(released_at=None) | models.Q(discarded_at=None),
            ),
            models.CheckConstraint(
                name="mail_batch_names_who_released_it",
                condition=models.Q(released_at=None, released_by="")
                | (models.Q(released_at__isnull=False) & ~models.Q(released_by="")),
            ),
            models.CheckConstraint(
                name="mail_batch_names_who_discarded_it",
                condition=models.Q(discarded_at=None, discarded_by="")
                | (models.Q(discarded_at__isnull=False) & ~models.Q(discarded_by="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def waits(self) -> bool:
        return self.released_at is None and self.discarded_at is None
