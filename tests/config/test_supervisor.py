"""The supervisor with two sleeping processes in place of the real ones."""

import os
import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest

from tests.factories.ports import free_port

DRIVER = """
import sys
from pathlib import Path
from laurels.config.children import Child
from laurels.config.supervisor import CannotStartError, Supervisor, say, supervise

data, port = Path(sys.argv[1]), int(sys.argv[2])
import os
environment = {**os.environ, "LAURELS_DATA": str(data)}
supervisor = Supervisor(data, port=port, environment=environment)
sleep = [sys.executable, "-c", "import time; time.sleep(600)"]
supervisor.children = [Child(name, sleep, environment) for name in ("one", "other")]

def bring_up():
    for child in supervisor.children:
        child.start()
    say("up " + " ".join(str(child.process.pid) for child in supervisor.children))

try:
    supervise(supervisor, bring_up)
except CannotStartError as problem:
    sys.exit(str(problem))
"""


class Run:
    def __init__(self, data, port=None):
        self.process = subprocess.Popen(
            [sys.executable, "-c", DRIVER, str(data), str(port or free_port())],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait_until_up(self):
        """Return the processes that it started."""
        for line in self.process.stdout:
            if line.startswith("up "):
                return [psutil.Process(int(pid)) for pid in line.split()[1:]]
        raise AssertionError(self.process.stderr.read())

    def end(self):
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def run(tmp_path):
    runs = []

    def run(data=tmp_path, port=None):
        runs.append(Run(data, port))
        return runs[-1]

    yield run
    for one in runs:
        one.end()


def are_gone(processes):
    return psutil.wait_procs(processes, timeout=10)[1] == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_all_within_ten_seconds(run, number):
    one = run()
    processes = one.wait_until_up()
    began = time.monotonic()

    one.process.send_signal(number)

    assert one.process.wait(10) == 0
    assert time.monotonic() - began < 10
    assert are_gone(processes)


@pytest.mark.skipif(sys.platform != "linux", reason="Elsewhere the next start sweeps.")
def test_a_killed_supervisor_leaves_no_process_behind(run):
    one = run()
    processes = one.wait_until_up()

    one.process.kill()

    assert are_gone(processes)


def test_a_process_that_died_is_started_again(run):
    one = run()
    killed, _other = one.wait_until_up()

    os.kill(killed.pid, signal.SIGKILL)

    lines = [one.process.stdout.readline() for _ in range(2)]
    assert lines[0].startswith("The one ended (-9)")
    assert lines[1] == "The one is started again.\n"


def test_a_second_supervisor_of_the_same_data_is_refused(run, tmp_path):
    first = run()
    first.wait_until_up()

    second = run(tmp_path)
    _out, problem = second.process.communicate(timeout=20)

    assert problem.startswith("Laurels is already up with this data: http://127.0.0.1:")
    assert f"process {first.process.pid}" in problem
    assert "--data" in problem
    assert first.process.poll() is None


def test_after_a_kill_the_same_data_comes_up_again(run):
    first = run()
    first.wait_until_up()
    first.end()

    assert len(run().wait_until_up()) == 2


def test_a_port_in_use_is_said_with_what_to_do(run):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        one = run(port=port)
        _out, problem = one.process.communicate(timeout=20)

    assert problem.startswith(f"Port {port} is in use by another program")
    assert f"--port {port + 100}" in problem
    assert one.process.returncode == 1
