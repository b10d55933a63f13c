"""What to write where a file and people have both changed a row. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Merge:
    """`changes` are the fields to write; `conflicts` those where the row's own value stays."""

    changes: dict[str, Any]
    conflicts: tuple[str, ...]


def merge(
    *,
    current: Mapping[str, Any],
    last: Mapping[str, Any],
    said: Mapping[str, Any],
    file_wins: bool = False,
) -> Merge:
    """Compare what a row holds, what the file said last, and what it says now.

    A field that the file has not changed keeps what the row holds, so that nothing people
    wrote is lost; one that both have changed keeps the row's value too, and is reported,
    unless `file_wins`.
    """
    changes: dict[str, Any] = {}
    conflicts: list[str] = []
    for name, value in said.items():
        now, before, new = plain(current[name]), plain(last[name]), plain(value)
        if new in (before, now):
            continue
        if now == before or file_wins:
            changes[name] = value
        else:
            conflicts.append(name)
    return Merge(changes, tuple(conflicts))


def plain(value: Any) -> Any:
    """Return the value as JSON keeps it: instants in UTC, sequences as lists."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    return value
