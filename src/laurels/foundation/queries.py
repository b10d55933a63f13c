"""What can be asked of waiting letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

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

    def finished_before(self, now: datetime) -> Self:
        return self.filter(models.Q(sent_at__lt=now) | models.Q(given_up_at__lt=now))
