"""What can be asked of waiting letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    from datetime import datetime, timedelta


class OutgoingMailQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        """Return what may go, now or later: released, not sent, not given up."""
        return self.filter(sent_at=None, given_up_at=None, released_at__isnull=False)

    def due(self, now: datetime, *, in_doubt_after: timedelta) -> Self:
        """Return what may go now; what another sender has begun to send only after a while."""
        is_in_hand = models.Q(handed_over_at__gt=now - in_doubt_after)
        due = self.waiting().filter(next_try_at__lte=now).exclude(is_in_hand)
        return due.order_by("next_try_at", "pk")

    def held(self) -> Self:
        """Return what waits for a person to send it."""
        return self.filter(sent_at=None, given_up_at=None, released_at=None)

    def samples(self) -> Self:
        """Return one letter of each language and wording."""
        return self.order_by("language", "wording", "pk").distinct("language", "wording")

    def finished_before(self, now: datetime) -> Self:
        return self.filter(models.Q(sent_at__lt=now) | models.Q(given_up_at__lt=now))


class MailBatchQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        """Return what neither was sent nor discarded, the longest wait first."""
        return self.filter(released_at=None, discarded_at=None).order_by("written_at", "pk")

    def settled(self) -> Self:
        """Return what was sent or discarded, the newest first."""
        ends = Coalesce("released_at", "discarded_at")
        return self.annotate(settled_at=ends).exclude(settled_at=None).order_by("-settled_at")

    def with_counts(self) -> Self:
        """Add of each how many letters are held, sent and given up, their languages, their end.

        `of_use_until` is the latest instant at which one of them is of use; None: always.
        """
        is_held = models.Q(
            letters__sent_at=None, letters__given_up_at=None, letters__released_at=None
        )
        return self.annotate(
            held_count=models.Count("letters", filter=is_held),
            sent_count=models.Count("letters", filter=models.Q(letters__sent_at__isnull=False)),
            lost_count=models.Count("letters", filter=models.Q(letters__given_up_at__isnull=False)),
            languages=ArrayAgg("letters__language", distinct=True, default=[]),
            of_use_until=models.Max("letters__expires_at"),
        )
