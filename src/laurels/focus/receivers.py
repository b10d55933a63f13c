"""What FOCUS does when the foundation calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from laurels.focus import actions
from laurels.foundation.signals import housekeeping_due

if TYPE_CHECKING:
    from datetime import datetime


@receiver(housekeeping_due)
def publish_what_is_due(now: datetime, **_rest: Any) -> None:
    actions.publish_due(now=now)
