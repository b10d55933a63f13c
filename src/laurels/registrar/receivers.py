"""What the registrar does when the foundation calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from laurels.foundation.signals import housekeeping_due
from laurels.registrar import actions

if TYPE_CHECKING:
    from datetime import datetime


@receiver(housekeeping_due)
def keep_house(now: datetime, **_rest: Any) -> None:
    actions.purge_expired(now=now)
    actions.shred_unlinked(now=now)
