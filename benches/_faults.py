"""Kills the vote's processes at random moments under load, and then audits every promise."""

import json
import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import _stack
import psycopg
from _stack import OK, Process

VICTIMS = ("box", "postgresql", "sequencer", "worker")
CONNECTIONS = 48
LOAD_SECONDS = 3.0
RATE = 400.0
BACK_SECONDS = 90.0
LOG_SECONDS = 120.0


@dataclass
class Faults:
    """The processes under fire.

    `start_database` brings PostgreSQL back; without it PostgreSQL is left alone. `promised` maps
    the leaf hash of every answered ballot to its request.
    """

    data: Path
    port: int
    database_url: str
    slug: str
    start_database: Callable[[], None] | None
    log: Callable[[str], None] = print
    promised: dict[bytes, int] = field(default_factory=dict)

    def run(self, requests: list[bytes], rounds: int) -> None:
        """Each round: load, one kill at a random moment, the victim started again."""
        self.processes = {
            "box": _stack.box(self.data, self.port),
            "sequencer": _stack.sequencer(self.data),
            "worker": worker(self.data),
        }
        try:
            _stack.wait_for(f"http://127.0.0.1:{self.port}/empty", self.processes["box"])
            share = len(requests) // rounds
            for number in range(rounds):
                mine = range(number * share, (number + 1) * share)
                self._round(number, [requests[i] for i in mine], mine.start)
            self._send_again(requests)
            self._wait_for_the_log()
        finally:
            for process in self.processes.values():
                process.stop()

    def _round(self, number: int, requests: list[bytes], first: int) -> None:
        load = _stack.LoadProcess(
            self.data,
            requests,
            port=self.port,
            connections=CONNECTIONS,
            seconds=LOAD_SECONDS,
            rate=RATE,
        )
        time.sleep(random.uniform(0.3, LOAD_SECONDS - 0.5))  # noqa: S311 -- no secret
        victim = VICTIMS[number % len(VICTIMS)]
        if victim == "postgresql" and self.start_database is not None:
            self._kill_database(self.start_database)
        elif victim == "postgresql":
            victim = "nobody"
        else:
            self.processes[victim].kill()
            self.processes[victim].start()
        heard = load.finish()
        self._wait_until_it_answers()
        for name, process in self.processes.items():
            # A sequencer or worker whose database died may have ended: a supervisor starts it.
            if not process.is_running:
                self.log(f"the {name} ended and is started again")
                process.start()
        statuses = Counter(status for _, status, _, _, _ in heard.answers)
        for request, status, _, _, body in heard.answers:
            if status == OK:
                self._promise(body, first + request)
        self.log(f"round {number + 1}: killed {victim}; answers by status {dict(statuses)}")

    def _promise(self, body: bytes, request: int) -> None:
        leaf = json.loads(body)["leaf"].encode()
        self.promised[sha256(b"\0" + leaf).digest()] = request

    def _kill_database(self, start_again: Callable[[], None]) -> None:
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            head = _stack.postmaster(connection)
        for one in _stack.family(head):
            with suppress(ProcessLookupError):
                os.kill(one.pid, signal.SIGKILL)
        start_again()

    def _wait_until_it_answers(self) -> None:
        until = time.monotonic() + BACK_SECONDS
        while time.monotonic() < until:
            with suppress(psycopg.OperationalError), psycopg.connect(self.database_url):
                _stack.wait_for(f"http://127.0.0.1:{self.port}/empty", self.processes["box"])
                return
            time.sleep(0.2)
        message = "PostgreSQL did not come back"
        raise RuntimeError(message)

    def _send_again(self, requests: list[bytes]) -> None:
        """Every voter whose page holds a promise asks once more: the same bytes come back."""
        again = random.sample(sorted(self.promised.values()), min(200, len(self.promised)))
        load = _stack.LoadProcess(
            self.data,
            [requests[i] for i in again],
            port=self.port,
            connections=8,
            seconds=LOAD_SECONDS,
        )
        for _, status, _, _, body in load.finish().answers:
            leaf = json.loads(body)["leaf"].encode() if status == OK else b""
            if sha256(b"\0" + leaf).digest() not in self.promised:
                message = f"a promised ballot was answered otherwise: {status}"
                raise RuntimeError(message)

    def _wait_for_the_log(self) -> None:
        waiting = (
            "select count(*) from ballotbox_entry e join ballotbox_election n "
            "on n.id = e.election_id left join ballotbox_position p on p.entry_id = e.id "
            "where n.slug = %s and p.entry_id is null"
        )
        until = time.monotonic() + LOG_SECONDS
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            while connection.execute(waiting, [self.slug]).fetchone() != (0,):
                if time.monotonic() > until:
                    return
                time.sleep(0.2)

    def audit(self, manifest_hash: str) -> dict[str, Any]:
        """What the published folder says; it trusts nothing else."""
        from ballotlog import checkpoints, tiles
        from ballotlog.archive import Directory
        from ballotlog.verify import verify

        archive = Directory(self.data / "logs" / self.slug)
        report = verify(archive, manifest_hash=manifest_hash)
        size = checkpoints.parse(archive.read("checkpoint") or b"").size
        leaves = [
            leaf
            for number in range(-(-size // 256))
            for leaf in tiles.read_bundle(archive.read, number, size)[1]
        ]
        hashes = {sha256(b"\0" + leaf).digest() for leaf in leaves}
        members = [json.loads(leaf) for leaf in leaves[1:]]
        tickets = Counter((one.get("tag"), one.get("serial")) for one in members)
        return {
            "promised": len(self.promised),
            "lost": len(self.promised.keys() - hashes),
            "twice": sum(count - 1 for count in tickets.values()),
            "verified": report["ok"],
        }


def stage(data: Path, slug: str, port: int) -> tuple[Any, Any]:
    """Make an election that is open now; return its voters and its poll."""
    import django

    django.setup()
    from _voters import Voters
    from django.conf import settings
    from django.db import connection

    from laurels.foundation import clock
    from tests.factories.ballotbox import make_poll

    for folder in ("keys", "logs"):
        shutil.rmtree(data / folder, ignore_errors=True)
    poll = make_poll(settings.KEYS, now=clock.now(), slug=slug)
    connection.close()
    scalar = poll.registrar.private_numbers().private_value
    return Voters(poll.manifest_leaf, scalar, slug, port, settings.SITE_URL), poll


def worker(data: Path) -> Process:
    command = ("-m", "laurels.config.command", "manage", "run_worker")
    return Process("worker", *command, data=data, environment=_stack.MINE)
