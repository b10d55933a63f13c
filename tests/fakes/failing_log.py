"""Folder and table of a log that fail where a test says so."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Any

from laurels.ballotbox.log_folder import LogFolder
from laurels.ballotbox.sequencer.table import LogTable

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


class Crash(BaseException):
    """The process ends here: nothing after this line runs, and nobody catches it."""


class Steps:
    """Counts the steps of durability and crashes at one of them, before or after it is done."""

    def __init__(self, crash_at: int | None = None) -> None:
        self.crash_at = crash_at
        self.names: list[str] = []

    def reach(self, name: str) -> None:
        self.names.append(name)
        if len(self.names) - 1 == self.crash_at:
            raise Crash(name)


class CrashingFolder(LogFolder):
    def __init__(self, path: Path, steps: Steps) -> None:
        super().__init__(path)
        self.steps = steps

    def write(self, name: str, data: bytes) -> None:
        self.steps.reach(f"before {name}")
        super().write(name, data)
        self.steps.reach(f"after {name}")


class CrashingTable(LogTable):
    def __init__(self, election: Any, steps: Steps) -> None:
        super().__init__(election)
        self.steps = steps

    def store(self, batch: Any, now: datetime) -> None:
        self.steps.reach("before the table")
        super().store(batch, now)
        self.steps.reach("after the table")


class FullFolder(LogFolder):
    """A disk with room for so many more files."""

    room = 0

    def write(self, name: str, data: bytes) -> None:
        if self.room <= 0:
            raise OSError(errno.ENOSPC, "No space left on device", name)
        self.room -= 1
        super().write(name, data)
