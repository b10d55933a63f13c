"""Keeps one embedded PostgreSQL running for as long as any process uses it.

A user of the server holds a shared lock on `pg.users`; the kernel drops it however that user
ends. The keeper restarts a server that died, and stops it once it can take that lock alone.
Run as `python -m laurels.config.keeper DATA [--not-durable]`.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

import psutil

from laurels.config.cluster import Cluster, PostgresCannotStartError
from laurels.config.lifeline import tied_to_me

LOOK_EVERY = 0.2  # seconds
LINGER = 10.0  # seconds that children of a killed server get to let go of its memory
RAPID = 5.0  # seconds; a server that ends sooner than this after its start counts as failed
TRIES = 5


def try_lock(file: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def processes_in(folder: Path) -> list[psutil.Process]:
    """Return the PostgreSQL processes that work in a cluster's folder, zombies excepted.

    Children carry no path in their titles, and a recycled process id names a stranger; the
    working directory tells both apart.
    """
    found = []
    for process in psutil.process_iter(["name"]):
        try:
            if (
                process.info["name"] == "postgres"
                and process.cwd() == str(folder)
                and process.status() != psutil.STATUS_ZOMBIE
            ):
                found.append(process)
        except psutil.Error:
            continue
    return found


class Keeper:
    def __init__(self, data: Path, *, durable: bool) -> None:
        self.cluster = Cluster(data)
        self.durable = durable
        self.users = (data / "pg.users").open("a")
        self.log = (data / "postgres.log").open("a")

    def clear_remains(self) -> None:
        """End what a killed server or keeper left, and remove its stale files.

        A postmaster still alive here lost its keeper, so it is asked to stop first. Its process
        id may also be a zombie or a stranger's: then only the files stand in the way.
        """
        here = processes_in(self.cluster.folder)
        for process in here:
            if process.ppid() not in {other.pid for other in here}:
                process.send_signal(signal.SIGINT)
        end = time.monotonic() + LINGER
        while remains := processes_in(self.cluster.folder):
            if time.monotonic() > end:
                for process in remains:
                    process.kill()
            time.sleep(0.05)
        for stale in (
            self.cluster.folder / "postmaster.pid",
            self.cluster.socket_folder / ".s.PGSQL.5432.lock",
            self.cluster.socket_folder / ".s.PGSQL.5432",
        ):
            stale.unlink(missing_ok=True)

    def launch(self) -> subprocess.Popen[bytes]:
        self.clear_remains()
        self.cluster.prepare(durable=self.durable)
        return subprocess.Popen(
            [
                str(self.cluster.binaries / "postgres"),
                "-D",
                str(self.cluster.folder),
                *self.cluster.settings(durable=self.durable),
            ],
            cwd="/",
            env={**os.environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            preexec_fn=tied_to_me(signal.SIGINT),  # noqa: PLW1509 -- one thread only
            **self.cluster.user.options,
        )

    def is_alone(self) -> bool:
        return try_lock(self.users, fcntl.LOCK_EX)

    def keep(self) -> None:
        """Run until nobody uses the server; raise PostgresCannotStartError when it will not."""
        failures = 0
        while failures < TRIES:
            started = time.monotonic()
            server = self.launch()
            while server.poll() is None:
                if self.is_alone():
                    self.stop(server)
                    with suppress(OSError):
                        self.cluster.socket_folder.rmdir()
                    return
                time.sleep(LOOK_EVERY)
            failures = failures + 1 if time.monotonic() - started < RAPID else 0
            time.sleep(min(0.1 * 2**failures, 2))
        tail = Path(self.log.name).read_text(errors="replace").splitlines()[-15:]
        raise PostgresCannotStartError("PostgreSQL does not start:\n" + "\n".join(tail))

    @staticmethod
    def stop(server: subprocess.Popen[bytes]) -> None:
        # Fast shutdown: sessions end, a checkpoint is written, the next start needs no recovery.
        server.send_signal(signal.SIGINT)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def main(arguments: list[str]) -> None:
    """Return at once; a child of its own goes on as the keeper, unless there is one already."""
    data = Path(arguments[0])
    mine = (data / "pg.keeper").open("a")
    if not try_lock(mine, fcntl.LOCK_EX) or os.fork():
        os._exit(0)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        Keeper(data, durable="--not-durable" not in arguments).keep()
    except (PostgresCannotStartError, OSError, psutil.Error) as problem:
        (data / "pg.problem").write_text(str(problem))


if __name__ == "__main__":
    main(sys.argv[1:])
