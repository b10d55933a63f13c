"""The audit trail: what staff and commands did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from laurels.foundation.models import AuditEvent

if TYPE_CHECKING:
    from datetime import datetime


def record(
    *,
    person_name: str,
    deed: str,
    about: str,
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> AuditEvent:
    """Write one deed. Call it in the transaction of the deed, so that both stand or neither."""
    return AuditEvent.objects.create(
        at=now, person_name=person_name, deed=deed, about=about, detail=detail or {}
    )
