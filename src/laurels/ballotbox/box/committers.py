"""Threads that store ballots in groups: tickets, one transaction, one promise for each.

Both kinds of signature run without Python's lock, so a committer and the loop use two cores.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from typing import TYPE_CHECKING, Any

import psycopg

from laurels.ballotbox import locks
from laurels.ballotbox.box import statements
from laurels.ballotbox.box.answers import Answer, encode, refuse
from laurels.ballotbox.box.casting import AT_SIZE, Waiting
from laurels.ballotbox.box.statements import Packed, pack

if TYPE_CHECKING:
    from collections.abc import Callable

    from laurels.ballotbox.box.elections import OpenElection
    from laurels.ballotbox.box_settings import BoxSettings

logger = logging.getLogger("laurels.ballotbox.box")

PAUSE_SECONDS = 0.05


class Committers:
    """`deliver` is called in a committer's thread with groups that have their answers.

    `forget` is called with an election whose row is no longer what was read.
    """

    def __init__(
        self,
        settings: BoxSettings,
        deliver: Callable[[list[Waiting]], None],
        forget: Callable[[OpenElection], None],
        connect: Callable[[str], psycopg.Connection[Any]] = statements.connect,
    ) -> None:
        self._settings = settings
        self._connect = connect
        self._deliver = deliver
        self._forget = forget
        self._queue: queue.SimpleQueue[Waiting | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._run, name=f"committer {number}", daemon=True)
            for number in range(settings.committers)
        ]
        for thread in self._threads:
            thread.start()

    def take(self, ballot: Waiting) -> bool:
        """Queue a ballot, unless so many wait that it would wait too long."""
        if self._queue.qsize() >= self._settings.waiting:
            return False
        self._queue.put(ballot)
        return True

    def stop(self) -> None:
        """Store what waits, then end."""
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join(timeout=4)

    def _run(self) -> None:
        connection: psycopg.Connection[Any] | None = None
        while group := self._next_group():
            connection = self._store_on(connection, group)
            self._deliver(group)
        _drop(connection)

    def _store_on(
        self, connection: psycopg.Connection[Any] | None, group: list[Waiting]
    ) -> psycopg.Connection[Any] | None:
        """Store a group and answer all of it; return the connection that still works."""
        opened = connection
        try:
            opened = connection or self._connect(self._settings.database_url)
            self._store(opened, group)
        except Exception as error:  # noqa: BLE001 -- the thread must live; each is answered
            _drop(opened)
            if connection is not None and connection.broken:
                # The server restarted since the last group: it may well be back. A commit that
                # was kept is found by the second try, as it is when a voter's page asks again.
                return self._store_on(None, group)
            _answer_unanswered(group, _code_of(error))
            time.sleep(PAUSE_SECONDS)
            return None
        return opened

    def _next_group(self) -> list[Waiting]:
        """All that waits, but at most a group; empty when the box stops."""
        first = self._queue.get()
        group = [] if first is None else [first]
        while group and len(group) < self._settings.group:
            try:
                ballot = self._queue.get_nowait()
            except queue.Empty:
                break
            if ballot is None:
                self._queue.put(None)
                break
            group.append(ballot)
        return group

    def _store(self, connection: psycopg.Connection[Any], group: list[Waiting]) -> None:
        for election in {ballot.election.id: ballot.election for ballot in group}.values():
            of_it = [ballot for ballot in group if ballot.election.id == election.id]
            signed = [ballot for ballot in of_it if _has_ticket(ballot)]
            if signed:
                self._store_signed(connection, election, signed)

    def _store_signed(
        self, connection: psycopg.Connection[Any], election: OpenElection, group: list[Waiting]
    ) -> None:
        tags = pack(statements.UUID, [ballot.tag for ballot in group])
        serials = pack(statements.INTEGER, [ballot.serial.to_bytes(4, "big") for ballot in group])
        rests = pack(statements.BYTES, [ballot.rest for ballot in group])
        is_demo = Packed(b"\1" if self._settings.is_demo else b"\0")
        number = Packed(election.id.to_bytes(8, "big"))
        manifest_hash = Packed(election.manifest.hash.encode())
        with connection.pipeline(), connection.transaction():
            connection.execute(statements.LOCK, [locks.ORDER, election.id], prepare=True)
            cursor = connection.execute(
                statements.ACCEPT,
                [is_demo, number, manifest_hash, tags, serials, rests],
                prepare=True,
                binary=True,
            )
        # Here the commit is on disk. A crash from now on loses no ballot, only its answer.
        facts = cursor.fetchone()
        if facts is None:
            self._forget(election)
            for ballot in group:
                ballot.answer = refuse("busy")
            return
        refusal, stored, deadline, at = facts
        if stored == len(group):
            head = f'{{"at":"{at}",'.encode()
            for ballot in group:
                ballot.answer = _promised(election, head + ballot.rest, deadline)
            return
        rows = connection.execute(
            statements.FIND, [tags, serials, number], prepare=True, binary=True
        )
        for ballot, (leaf, until) in zip(group, rows, strict=True):
            ballot.answer = _answer(ballot, leaf, until, refusal)


def _has_ticket(ballot: Waiting) -> bool:
    if ballot.election.is_signed(ballot.sig, ballot.ticket):
        return True
    ballot.answer = refuse("ticket-signature")
    return False


def _answer(ballot: Waiting, leaf: bytes | None, deadline: int, refusal: str | None) -> Answer:
    """What stands is answered whenever it is asked for, also after the close."""
    if leaf is None:
        return refuse(refusal or "internal")
    if leaf[AT_SIZE : AT_SIZE + len(ballot.ciphertext)] != ballot.ciphertext:
        return refuse("serial-conflict")
    return _promised(ballot.election, leaf, deadline)


def _promised(election: OpenElection, leaf: bytes, deadline: int) -> Answer:
    promise = election.promise(leaf, deadline)
    return Answer(200, encode({"leaf": leaf.decode(), "promise": promise, "deadline": deadline}))


def _answer_unanswered(group: list[Waiting], code: str) -> None:
    for ballot in group:
        if ballot.answer is None:
            ballot.answer = refuse(code)


def _code_of(error: Exception) -> str:
    """Never the message of an error: PostgreSQL repeats the values of a statement in it."""
    if isinstance(error, psycopg.errors.DiskFull):
        logger.error("PostgreSQL has no disk space left: ballots are refused until it has.")
        return "disk-full"
    if isinstance(error, (psycopg.errors.LockNotAvailable, psycopg.errors.QueryCanceled)):
        logger.warning("The log's ordering lock was held for five seconds.")
        return "busy"
    if isinstance(error, psycopg.Error):
        logger.warning(
            "The database does not answer (%s %s).", type(error).__name__, error.sqlstate
        )
        return "database-unavailable"
    logger.error("A group of ballots was not stored (%s).", type(error).__name__)
    return "internal"


def _drop(connection: psycopg.Connection[Any] | None) -> None:
    if connection is not None:
        connection.close()
