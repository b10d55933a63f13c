import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from laurels.config import children
from laurels.config.children import MARK, Child, stop_all, sweep

SLEEP = "import time; time.sleep(600)"
STUBBORN = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); " + SLEEP
PARENT = (
    "import subprocess, sys, time\n"
    f"child = subprocess.Popen([sys.executable, '-c', {SLEEP!r}])\n"
    "print(child.pid, flush=True)\ntime.sleep(600)"
)


@pytest.fixture
def start(tmp_path):
    started = []

    def start(code):
        environment = {**os.environ, "LAURELS_DATA": str(tmp_path)}
        child = Child("helper", [sys.executable, "-c", code], environment)
        child.start()
        started.append(child)
        return child

    yield start
    for child in started:
        child.kill()


def wait_for_output(child):
    end = time.monotonic() + 20
    while not child.log.read_text() and time.monotonic() < end:
        time.sleep(0.02)
    return child.log.read_text()


def tend_until(child, condition):
    said = []
    end = time.monotonic() + 20
    while not condition() and time.monotonic() < end:
        said += filter(None, [child.tend()])
        time.sleep(0.02)
    return said


def test_a_child_that_was_killed_is_started_again(start):
    child = start(SLEEP)
    killed = child.process.pid
    os.kill(killed, signal.SIGKILL)

    said = tend_until(child, lambda: child.is_running() and child.process.pid != killed)

    assert said == [
        f"The helper ended (-9); see {child.log}.",
        "The helper is started again.",
    ]
    assert child.is_running()


def test_the_pause_before_a_new_start_doubles_up_to_a_limit(start, monkeypatch):
    monkeypatch.setattr(children, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(children, "LONGEST_PAUSE", 0.05)
    child = start("raise SystemExit(3)")
    child.pause = 0.01
    pauses = []

    for _ in range(4):
        tend_until(child, lambda: child.start_at is not None)
        pauses.append(child.pause)
        tend_until(child, lambda: child.start_at is None)

    assert pauses == [0.02, 0.04, 0.05, 0.05]


def test_what_a_child_started_ends_with_it(start):
    child = start(PARENT)
    grandchild = psutil.Process(int(wait_for_output(child)))

    child.kill()

    assert psutil.wait_procs([grandchild], timeout=10)[1] == []


def test_a_child_that_will_not_stop_is_ended_in_time(start):
    polite, stubborn = start(SLEEP), start(STUBBORN)
    wait_for_output(stubborn)
    began = time.monotonic()

    stop_all([polite, stubborn], within=0.5)

    assert time.monotonic() - began < 5
    assert not polite.is_running()
    assert not stubborn.is_running()


def test_the_output_of_a_child_is_kept(start):
    child = start("print('ready to serve')")

    assert wait_for_output(child) == "ready to serve\n"


@pytest.mark.parametrize(
    ("data", "mark", "is_ended"),
    [
        ("ours", "999999999", True),
        ("another", "999999999", False),
        ("ours", None, False),
        ("ours", str(os.getpid()), False),
    ],
    ids=["left behind", "of another folder", "no child of a supervisor", "our own"],
)
def test_the_sweep_ends_what_another_supervisor_of_this_folder_left(tmp_path, data, mark, is_ended):
    environment = {**os.environ, "LAURELS_DATA": str(tmp_path / data)}
    if mark:
        environment[MARK] = mark
    with subprocess.Popen([sys.executable, "-c", SLEEP], env=environment) as process:
        # Until the program is loaded, its environment is still that of this process.
        while psutil.Process(process.pid).environ().get("LAURELS_DATA") == os.environ.get(
            "LAURELS_DATA"
        ):
            time.sleep(0.01)

        count = sweep(tmp_path / "ours")

        assert count == (1 if is_ended else 0)
        assert (process.poll() is not None) is is_ended
        process.kill()
