"""One process under the supervisor: start it, notice its end, start it again, stop it."""

import os
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

import psutil

from laurels.config.lifeline import tied_to_me

MARK = "LAURELS_SUPERVISOR"  # in the environment of every process we start: our process id
FIRST_PAUSE = 0.5  # seconds before a process that ended is started again; doubles each time
LONGEST_PAUSE = 30.0
STEADY = 60.0  # seconds after which a process counts as well again
LONGEST_LOG = 10_000_000  # bytes


class Child:
    def __init__(self, name: str, command: list[str], environment: Mapping[str, str]) -> None:
        self.name = name
        self.command = command
        self.environment = environment
        self.log = Path(environment["LAURELS_DATA"]) / "run" / f"{name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.pause = FIRST_PAUSE
        self.start_at: float | None = None

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        is_restart = self.process is not None and self.log.exists()
        is_long = is_restart and self.log.stat().st_size > LONGEST_LOG
        with self.log.open("ab" if is_restart and not is_long else "wb") as log:
            self.process = subprocess.Popen(
                self.command,
                env={**self.environment, MARK: str(os.getpid())},
                cwd="/",
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=tied_to_me(),  # noqa: PLW1509 -- one thread only
            )
        self.started = time.monotonic()
        self.start_at = None

    def tend(self) -> str:
        """Start the process again where it ended; return a sentence when something happened."""
        now = time.monotonic()
        if self.start_at is not None and now >= self.start_at:
            self.start()
            return f"The {self.name} is started again."
        if self.start_at is not None or self.process is None or self.process.poll() is None:
            return ""
        # What it started itself would go on beside its successor.
        self.kill()
        self.pause = (
            FIRST_PAUSE if now - self.started > STEADY else min(self.pause * 2, LONGEST_PAUSE)
        )
        self.start_at = now + self.pause
        return f"The {self.name} ended ({self.process.returncode}); see {self.log}."

    def terminate(self) -> None:
        self.start_at = None
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """End the process and all that it started."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        except PermissionError:  # macOS, where only zombies are left in the group
            pass
        self.process.wait()


def stop_all(children: Iterable[Child], *, within: float) -> None:
    """Ask all to stop at once, and end what still runs after `within` seconds."""
    children = list(children)
    for child in children:
        child.terminate()
    end = time.monotonic() + within
    while time.monotonic() < end and any(child.is_running() for child in children):
        time.sleep(0.05)
    for child in children:
        child.kill()


def sweep(data: Path) -> int:
    """End processes that a killed supervisor of this folder left behind; return how many."""
    left = []
    for process in psutil.process_iter():
        try:
            environment = process.environ()
        except (psutil.Error, OSError):
            continue
        mark = environment.get(MARK)
        if mark and mark != str(os.getpid()) and environment.get("LAURELS_DATA") == str(data):
            left.append(process)
    for process in left:
        try:
            process.kill()
        except psutil.Error:
            continue
    psutil.wait_procs(left, timeout=5)
    return len(left)
