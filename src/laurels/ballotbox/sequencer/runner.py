"""Keeps one writer for each log, and the lock that makes it the only one."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from django.db import DatabaseError, InterfaceError, connection

from laurels.ballotbox import locks
from laurels.ballotbox.log_folder import LogFolder
from laurels.ballotbox.log_key import LogKeyIsMissing, read_log_key
from laurels.ballotbox.models import Election
from laurels.ballotbox.sequencer.table import LogTable
from laurels.ballotbox.sequencer.writer import LogIsBroken, LogWriter

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

logger = logging.getLogger("laurels.ballotbox.sequencer")

TICK_SECONDS = 0.1
# Between two publications of a busy log; a quiet log publishes at once.
PUBLISH_SECONDS = 0.5
RETRY_SECONDS = 2.0
# A log that a person has to look at; each try reads its whole table.
BROKEN_SECONDS = 60.0
# How often the list of elections is read again.
LOOK_SECONDS = 1.0


class Sequencer:
    """Runs until `stop` is set. `now` gives real time; `keys` and `logs` are parent folders.

    `open_folder` gives the folder of one log, so that a test can let a disk be full.
    """

    def __init__(
        self,
        *,
        keys: Path,
        logs: Path,
        now: Callable[[], datetime],
        stop: threading.Event,
        open_folder: Callable[[Path], LogFolder] = LogFolder,
    ) -> None:
        self._open_folder = open_folder
        self._keys = keys
        self._logs = logs
        self._now = now
        self._stop = stop
        self._writers: dict[int, LogWriter] = {}
        self._published_at: dict[int, float] = {}
        # Elections whose log cannot be written: when to try again, and what was said about it.
        self._resting: dict[int, float] = {}
        self._said: dict[int, str] = {}
        self._looked_at = float("-inf")
        self._elections: list[Election] = []

    def run(self) -> None:
        """Write until stopped. A database that goes away is waited for."""
        while not self._stop.is_set():
            try:
                self._wait_for_the_lock()
                while not self._stop.is_set():
                    if not self.step():
                        self._stop.wait(TICK_SECONDS)
            except (DatabaseError, InterfaceError) as error:
                # The lock went with the connection: another sequencer may write now, so all
                # that is in memory is dropped and read again from the table.
                logger.warning("The database does not answer (%s).", type(error).__name__)
                self._writers.clear()
                connection.close()
                self._stop.wait(RETRY_SECONDS)
        connection.close()

    def step(self) -> int:
        """Serve every log once: take what waits, publish what is due; return how many it took."""
        taken = 0
        if time.monotonic() - self._looked_at >= LOOK_SECONDS:
            self._elections = list(Election.objects.published().order_by("pk"))
            self._looked_at = time.monotonic()
        for election in self._elections:
            if self._resting.get(election.pk, 0) > time.monotonic():
                continue
            try:
                taken += self._serve(election)
            except (OSError, LogIsBroken, LogKeyIsMissing) as error:
                self._rest(election, error)
            else:
                self._recovered(election)
        return taken

    def _serve(self, election: Election) -> int:
        writer = self._writers.get(election.pk)
        if writer is None:
            key = read_log_key(self._keys / election.slug, election.log_vkey)
            writer = LogWriter(
                LogTable(election), self._open_folder(self._logs / election.slug), key
            )
            writer.resume()
            self._writers[election.pk] = writer
        # What a full disk kept from being published goes first, so that memory stays small.
        self._publish_if_due(election, writer)
        taken = writer.take()
        self._publish_if_due(election, writer)
        return taken

    def _publish_if_due(self, election: Election, writer: LogWriter) -> None:
        last = self._published_at.get(election.pk, float("-inf"))
        is_due = writer.is_at_a_stage or time.monotonic() - last >= PUBLISH_SECONDS
        if writer.has_news and is_due:
            writer.publish(self._now())
            self._published_at[election.pk] = time.monotonic()

    def _rest(self, election: Election, error: Exception) -> None:
        """Leave this log alone for a moment; the others go on, and so does the box."""
        pause = BROKEN_SECONDS if isinstance(error, LogIsBroken) else RETRY_SECONDS
        self._resting[election.pk] = time.monotonic() + pause
        if self._said.get(election.pk) != str(error):
            self._said[election.pk] = str(error)
            logger.error(
                "The log of %s stands still: %s. Ballots wait in the database and enter the "
                "log by themselves when this is put right.",
                election.slug,
                error,
            )

    def _recovered(self, election: Election) -> None:
        if self._said.pop(election.pk, None):
            logger.warning("The log of %s goes on.", election.slug)

    def _wait_for_the_lock(self) -> None:
        waits = False
        while not self._stop.is_set():
            with connection.cursor() as cursor:
                cursor.execute("select pg_try_advisory_lock(%s)", [locks.WRITER])
                if cursor.fetchone() == (True,):
                    return
            if not waits:
                logger.warning("Another sequencer writes; this one waits to take its place.")
                waits = True
            self._stop.wait(RETRY_SECONDS / 4)
