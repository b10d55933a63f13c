"""A few threads with a connection each, for what the box reads: the loop never waits for SQL."""

from __future__ import annotations

import asyncio
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

import psycopg

from laurels.ballotbox.box import statements
from laurels.ballotbox.box.answers import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger("laurels.ballotbox.box")

Read = TypeVar("Read")
THREADS = 2
MOST_WAITING = 200


class Readers:
    """Runs functions of a connection; a broken connection is replaced at the next call."""

    def __init__(self, database_url: str) -> None:
        self._database_url = database_url
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="reader")
        self._own = threading.local()
        self._waiting = 0

    async def run(self, read: Callable[[psycopg.Connection[Any]], Read]) -> Read:
        """Raise Refused `busy` or `database-unavailable`, or what `read` raises."""
        if self._waiting >= MOST_WAITING:
            raise Refused("busy")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, self._run, read)
        finally:
            self._waiting -= 1

    def stop(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _run(self, read: Callable[[psycopg.Connection[Any]], Read]) -> Read:
        kept: psycopg.Connection[Any] | None = getattr(self._own, "connection", None)
        if kept is not None and kept.closed:
            kept = None
        connection = kept
        try:
            if connection is None:
                connection = self._own.connection = statements.connect(self._database_url)
            return read(connection)
        except psycopg.Error as error:
            if connection is not None:
                connection.close()
            if kept is not None and kept.broken:
                return self._run(read)  # the server restarted since the last reading
            logger.warning("The database does not answer (%s).", type(error).__name__)
            raise Refused("database-unavailable") from None
