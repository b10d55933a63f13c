"""How far the public log of an election has come."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from laurels.ballotbox.models.election import Election


class LogState(models.Model):
    """The published size and root; written by the sequencer alone.

    The log's first `size` leaves are the entries up to `last_entry`, without the rejected ones.
    """

    election = models.OneToOneField(
        Election, on_delete=models.PROTECT, primary_key=True, related_name="log_state"
    )
    size = models.BigIntegerField(_("size"), default=0)
    last_entry = models.BigIntegerField(_("last entry read"), default=0)
    root = models.BinaryField(_("root"), max_length=32)
    # The last day (UTC, real) of which a checkpoint was kept beside those of the stages.
    kept_on = models.DateField(_("last kept on"), null=True)

    class Meta:
        verbose_name = _("state of a log")
        verbose_name_plural = _("states of logs")

    def __str__(self) -> str:
        return f"{self.size}"
