"""Box and sequencer of a measurement, the load on them, and what each process costs."""

import os
import pickle
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
START_SECONDS = 60.0
OK = 200
# Under a supervisor's mark a process takes the databases of its environment, and ends with us.
MINE = {"LAURELS_SUPERVISOR": str(os.getpid())}
Answer = tuple[int, int, float, float, bytes]


class Process:
    """A program of ours, its output in a file; its children count as its own."""

    def __init__(
        self, name: str, *command: str, data: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self.command = [sys.executable, *command]
        self.environment = {**os.environ, **(environment or {})}
        self.log = data / "run" / f"{name}.log"
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self.start()

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=self.environment,
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def kill(self) -> None:
        """Kill -9, its children too."""
        for one in family(self.process.pid):
            with suppress(psutil.NoSuchProcess):
                one.kill()
        self.process.wait()

    def stop(self) -> None:
        if self.is_running:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()


def box(data: Path, port: int) -> Process:
    command = ("-m", "laurels.config.serve", "box", "127.0.0.1", f"{port}")
    return Process("box", *command, data=data, environment=MINE)


def sequencer(data: Path) -> Process:
    command = ("-m", "laurels.config.command", "manage", "run_sequencer")
    return Process("sequencer", *command, data=data, environment=MINE)


def wait_for(url: str, process: Process) -> None:
    """Return when the address answers at all. Raise RuntimeError where its process ended."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if not process.is_running:
            break
        with suppress(OSError):
            urllib.request.urlopen(url, b"x", timeout=2).read()  # noqa: S310 -- our own
            return
        time.sleep(0.05)
    message = f"{process.name} did not start; see {process.log}"
    raise RuntimeError(message)


def family(pid: int) -> list[psutil.Process]:
    """The process and all its descendants, as far as they live."""
    try:
        head = psutil.Process(pid)
        return [head, *head.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and its descendants, dead ones included."""
    total = 0.0
    for one in family(pid):
        with suppress(psutil.NoSuchProcess):
            total += sum(one.cpu_times()[:4])
    return total


def postmaster(connection: Any) -> int:
    """Process id of the server that a local connection leads to."""
    (backend,) = connection.execute("select pg_backend_pid()").fetchone()
    return int(psutil.Process(backend).ppid())


@dataclass(frozen=True)
class Heard:
    """The answers to a load. `ok` ones have status 200."""

    answers: list[Answer]
    sent: int

    def per_second(self, warm: float, seconds: float) -> float:
        """Accepted a second, by the time of the answer, between warm-up and end."""
        inside = [
            1
            for _, status, took, sent_at, _ in self.answers
            if status == OK and warm <= sent_at + took < warm + seconds
        ]
        return len(inside) / seconds

    def percentile_ms(self, share: float, warm: float) -> float:
        """Of the accepted that were sent after the warm-up."""
        taken = sorted(
            took for _, status, took, sent_at, _ in self.answers if status == OK and sent_at >= warm
        )
        return taken[int((len(taken) - 1) * share)] * 1_000 if taken else float("nan")


class LoadProcess:
    """The generator at work; `finish` waits for it and reads what it heard."""

    def __init__(
        self,
        folder: Path,
        requests: list[bytes],
        *,
        port: int,
        connections: int,
        seconds: float,
        rate: float = 0,
        repeat: bool = False,
    ) -> None:
        self._requests = folder / "requests.pickle"
        self._answers = folder / "answers.pickle"
        self._requests.write_bytes(pickle.dumps(requests))
        self._answers.unlink(missing_ok=True)
        numbers = [port, connections, seconds, rate, int(repeat)]
        self.process = subprocess.Popen(
            [
                sys.executable,
                str(HERE / "_load.py"),
                str(self._requests),
                str(self._answers),
                *map(str, numbers),
            ]
        )

    def finish(self) -> Heard:
        if self.process.wait():
            message = "the load generator failed"
            raise RuntimeError(message)
        sent, answers = pickle.loads(self._answers.read_bytes())  # noqa: S301 -- our own file
        return Heard(answers, sent)
