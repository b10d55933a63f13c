"""What was put before the log, and where it stands there."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laurels.ballotbox.enums import EntryKind
from laurels.ballotbox.models.election import Election
from laurels.ballotbox.queries import EntryQuerySet, PositionQuerySet

# Box and sequencer write these rows under locks that hold the election; PostgreSQL's own check of
# the relation, once for each row, doubled its processor time for a ballot.
UNCHECKED = False


class Entry(models.Model):
    """A leaf in the order in which it enters the log: no row is ever changed or taken away.

    `id` is given out under the election's ordering lock, so the order of ids is the order of
    commits. `accepted_at` is no finer than the leaf's own `at`: finer times beside tags would
    help to link a ballot with the mail that was sent a moment before.
    """

    id = models.BigAutoField(primary_key=True)
    election = models.ForeignKey(
        Election, on_delete=models.PROTECT, related_name="entries", db_constraint=UNCHECKED
    )
    kind = models.CharField(_("kind"), max_length=16, choices=EntryKind)
    tag = models.UUIDField(_("tag"), null=True)
    serial = models.PositiveIntegerField(_("serial"), null=True)
    deadline = models.BigIntegerField(_("promised in the log by, Unix seconds"), null=True)
    leaf = models.BinaryField(_("leaf"))
    accepted_at = models.DateTimeField(_("accepted"))

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_ballot_a_serial", fields=["election", "tag", "serial"]
            ),
            models.CheckConstraint(
                name="ballot_has_tag_serial_and_deadline",
                condition=models.Q(
                    kind=EntryKind.BALLOT,
                    tag__isnull=False,
                    serial__isnull=False,
                    deadline__isnull=False,
                )
                | (
                    ~models.Q(kind=EntryKind.BALLOT)
                    & models.Q(tag__isnull=True, serial__isnull=True, deadline__isnull=True)
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="entry_in_order", fields=["election", "id"]),
            # Everything but ballots is looked up by kind; there are few of these.
            models.Index(
                name="entry_not_a_ballot",
                fields=["election", "kind", "id"],
                condition=~models.Q(kind=EntryKind.BALLOT),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Position(models.Model):
    """Where an entry stands in the public log; written by the sequencer alone."""

    entry = models.OneToOneField(
        Entry,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="position",
        db_constraint=UNCHECKED,
    )
    election = models.ForeignKey(
        Election, on_delete=models.PROTECT, related_name="positions", db_constraint=UNCHECKED
    )
    index = models.BigIntegerField(_("index"))
    leaf_hash = models.BinaryField(_("leaf hash"), max_length=32)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering: ClassVar = ["election", "index"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_entry_an_index", fields=["election", "index"]),
        ]
        indexes: ClassVar = [
            models.Index(name="position_by_leaf_hash", fields=["election", "leaf_hash"]),
        ]

    def __str__(self) -> str:
        return f"{self.index}"


class RejectedEntry(models.Model):
    """An entry that the verifier's own checks refused: it never enters the log, people look at it.

    For a ballot this is an alarm, since it was promised.
    """

    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, primary_key=True, related_name="rejection"
    )
    code = models.CharField(_("code"), max_length=40)
    rejected_at = models.DateTimeField(_("rejected"))

    class Meta:
        verbose_name = _("rejected entry")
        verbose_name_plural = _("rejected entries")

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.code}"
