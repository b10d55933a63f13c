"""`laurels up`: starts every process, keeps them running, and stops them all together."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from laurels.config.children import Child, stop_all, sweep
from laurels.config.postgres import Server

HOST = "127.0.0.1"  # both listen here; the box is called localhost, so that no cookie reaches it
STOP_WITHIN = 6.0  # seconds for the processes, which leaves the database three of ten
FIRST_ANSWER = 60.0
LOOK_EVERY = 0.2
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class CannotStartError(Exception):
    """Says in a sentence why the site does not come up, and what to do."""


class Stopped(Exception):  # noqa: N818 -- somebody's wish, no error
    """Somebody asked us to stop."""


def say(sentence: str) -> None:
    with suppress(BrokenPipeError, OSError):  # the terminal may be gone before we are
        print(sentence, flush=True)


class Supervisor:
    """Runs the processes of one folder of data."""

    def __init__(self, data: Path, *, port: int, environment: dict[str, str]) -> None:
        self.data = data
        self.port = port
        self.environment = environment
        self.server: Server | None = None
        python = sys.executable
        manage = [python, "-m", "laurels.config.command", "manage"]
        serve = [python, "-m", "laurels.config.serve"]
        self.manage = manage
        self.children = [
            Child("box", [*serve, "box", HOST, str(port + 1)], environment),
            Child("site", [*serve, "site", HOST, str(port)], environment),
            Child("sequencer", [*manage, "run_sequencer"], environment),
            Child("worker", [*manage, "run_worker"], environment),
        ]

    def lock(self) -> None:
        """Refuse a second supervisor of the same data; the kernel frees the lock at any end."""
        self.data.mkdir(parents=True, exist_ok=True)
        self._lock = (self.data / "up.lock").open("a+")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.seek(0)
            raise CannotStartError(
                f"Laurels is already up with this data: {self._lock.read() or self.data}. "
                "Stop it there, or choose another --data and --port."
            ) from None
        self._lock.truncate(0)
        self._lock.write(f"http://{HOST}:{self.port}/ (process {os.getpid()})")
        self._lock.flush()

    def catch_signals(self) -> None:
        def stop(number: int, _frame: FrameType | None) -> None:
            for other in STOPS:
                signal.signal(other, signal.SIG_IGN)
            raise Stopped(signal.Signals(number).name)

        for number in STOPS:
            signal.signal(number, stop)

    def check_ports(self) -> None:
        for port in (self.port, self.port + 1):
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind((HOST, port))
                except OSError as problem:
                    raise CannotStartError(
                        f"Port {port} is in use by another program ({problem.strerror}). "
                        f"Choose another one: ./laurels up --port {self.port + 100}"
                    ) from problem

    def sweep(self) -> None:
        if left := sweep(self.data):
            say(f"Ended {left} processes that an earlier start left behind.")

    def start(self) -> None:
        """Start site and box, and the others once these two answer, so that a page comes first."""
        box, site, *others = self.children
        box.start()
        site.start()
        self.wait_for(self.port + 1, "/health", self.environment["LAURELS_BOX_URL"])
        self.wait_for(self.port, "/", self.environment["LAURELS_SITE_URL"])
        for child in others:
            child.start()

    def wait_for(self, port: int, path: str, public_url: str) -> None:
        """Return when a page is served as the proxy in front would ask for it."""
        public = urlsplit(public_url)
        headers = {"Host": public.netloc, "X-Forwarded-Proto": public.scheme}
        address = f"http://{HOST}:{port}{path}"
        page = urllib.request.Request(address, headers=headers)
        end = time.monotonic() + FIRST_ANSWER
        while not answers(page):
            self.tend()
            if time.monotonic() > end:
                raise CannotStartError(f"No answer from {page.full_url}; see {self.data}/run/.")
            time.sleep(0.1)

    def run_beside(self, *command: str) -> int:
        """Run a command of `manage` to its end while the processes are tended."""
        process = subprocess.Popen([*self.manage, *command], env=self.environment, cwd="/")
        try:
            while process.poll() is None:
                self.tend()
                time.sleep(LOOK_EVERY)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(5)
        return process.returncode

    def tend(self) -> None:
        for child in self.children:
            if sentence := child.tend():
                say(sentence)
        if self.server is not None and not self.server.is_kept():
            self.server.start()

    def watch(self) -> None:
        while True:
            self.tend()
            time.sleep(LOOK_EVERY)

    def stop(self) -> None:
        stop_all(self.children, within=STOP_WITHIN)
        if self.server is not None:
            self.server.release(wait=3)


def answers(page: urllib.request.Request) -> bool:
    try:
        with urllib.request.urlopen(page, timeout=10):  # noqa: S310 -- an address of our own
            return True
    except urllib.error.HTTPError as answer:
        return answer.code < 500  # noqa: PLR2004 -- the boundary of server errors
    except OSError:
        return False


def supervise(supervisor: Supervisor, bring_up: Callable[[], None]) -> None:
    """Lock, sweep, bring everything up and watch it until somebody asks to stop."""
    supervisor.lock()
    supervisor.catch_signals()
    try:
        supervisor.sweep()
        supervisor.check_ports()
        bring_up()
        supervisor.watch()
    except Stopped:
        say("Stopping.")
    finally:
        for number in STOPS:
            signal.signal(number, signal.SIG_IGN)
        supervisor.stop()
    say("Stopped.")
