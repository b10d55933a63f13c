"""`./laurels up` with every real process, killed and stopped."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress

import psutil
import pytest

from laurels.config.children import MARK
from tests.factories.ports import free_port

COMMAND = [sys.executable, "-m", "laurels.config.command", "up"]
OURS = ("LAURELS_", "DATABASE_URL", "REGISTRAR_DATABASE_URL", "DJANGO_", "PYTEST_")


class Site:
    def __init__(self, data):
        self.data = data
        self.port = free_port()
        self.process = None

    def up(self):
        environment = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
        environment["LAURELS_DEMO"] = "0"  # its crowd of voters takes half a minute to vote
        self.process = subprocess.Popen(
            [*COMMAND, "--port", str(self.port), "--data", str(self.data)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        said = []
        for line in self.process.stdout:
            said.append(line)
            if "Laurels is at" in line:
                return said
        raise AssertionError("".join(said))

    def is_gone(self):
        return not self.processes() and not self.database_processes()

    def page(self, path="/", port=None):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port or self.port}{path}") as answer:
                return answer.status
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code

    def processes(self):
        """Return every process that this folder's supervisor started, and what they started."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                environment = process.environ()
                if MARK in environment and environment.get("LAURELS_DATA") == str(self.data):
                    found.append(process)
        return found

    def of(self, name):
        return [p for p in self.processes() if name in p.cmdline()]

    def database_processes(self):
        return [
            process
            for process in psutil.process_iter(["cmdline"])
            if str(self.data) in " ".join(process.info["cmdline"] or [])
        ]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("site") / "data")
    yield site
    if site.process is not None:
        site.process.kill()
        site.process.wait()
        site.process.stdout.close()
    for process in site.database_processes():
        process.kill()


def wait_until(condition, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError, psutil.Error):
            if condition():
                return True
        time.sleep(0.1)
    return False


def test_it_comes_up_heals_stops_in_time_and_leaves_nothing_behind(site):
    said = site.up()

    assert re.search(rf"Laurels is at http://127.0.0.1:{site.port}/", said[-1])
    assert wait_until(lambda: site.page("/health/") == 200)
    assert site.page("/health", port=site.port + 1) == 200
    assert sorted({p.cmdline()[-1] for p in site.processes() if "manage" in p.cmdline()}) == [
        "run_sequencer",
        "run_worker",
    ]

    for name, port, path in [("box", site.port + 1, "/health"), ("site", site.port, "/health/")]:
        killed = site.of(name)
        for process in killed:
            process.kill()
        assert wait_until(lambda p=port, q=path: site.page(q, port=p) == 200), name
        assert not {p.pid for p in killed} & {p.pid for p in site.of(name)}

    with socket.create_connection(("127.0.0.1", site.port)) as open_stream:
        open_stream.sendall(b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99\r\n\r\nx")
        began = time.monotonic()
        site.process.send_signal(signal.SIGINT)
        assert site.process.wait(15) == 0
        assert time.monotonic() - began < 10
    assert wait_until(site.is_gone, seconds=10)
    site.process.stdout.close()

    said = site.up()
    assert said[0] == "Starting the database\n"
    assert wait_until(lambda: site.page("/health/") == 200)

    site.process.kill()
    assert wait_until(site.is_gone)
