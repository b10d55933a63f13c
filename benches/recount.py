"""How fast a vote is recounted, against the bare cost of its curves.

    python benches/recount.py [--ballots 100000] [--processes 2] [--json]

A whole election is made in a temporary folder, then `ballotlog recount` checks and counts it. The
bare cost is one ECDH and one ECDSA verification a ballot and nothing else, through the same
library, on as many processes, measured before and after.
"""

import argparse
import json
import multiprocessing
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent))

# What other processes run must be found by them too, however this file was loaded.
from _large_archive import bare, make

PAUSE = 0.1  # seconds between two looks at memory


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    spawn = multiprocessing.get_context("spawn")
    with TemporaryDirectory() as folder:
        with ProcessPoolExecutor(options.processes, spawn) as executor:
            make(Path(folder), options.ballots, executor)
            before = _bare_seconds(executor, options.processes)
        seconds, peak = _recount(folder, options.processes)
        with ProcessPoolExecutor(options.processes, spawn) as executor:
            after = _bare_seconds(executor, options.processes)
    bare = (before + after) / 2 / options.processes  # seconds a ballot on all processes together
    report = {
        "bench": "recount",
        "ballots": options.ballots,
        "per_second": round(options.ballots / seconds),
        "bare_per_second": round(1 / bare),
        "ratio": round(seconds / options.ballots / bare, 2),
        "peak_mb": round(peak),
    }
    print(json.dumps(report) if options.json else _words(report, seconds))
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench recount", description=__doc__.split("\n")[0])
    parser.add_argument("--ballots", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    if options.ballots < 1 or options.processes < 1:
        parser.error("at least one ballot and one process")
    return options


def _words(report: dict[str, object], seconds: float) -> str:
    return (
        f"{report['ballots']} ballots recounted in {seconds:.1f} s,"
        f" {report['per_second']} a second."
        f" Bare ECDH and ECDSA: {report['bare_per_second']} a second, so the recount takes"
        f" {report['ratio']} times that. Memory of all processes: {report['peak_mb']} MB at most."
    )


def _bare_seconds(executor: ProcessPoolExecutor, processes: int) -> float:
    """Seconds of one ECDH and one verification while every process does the same."""
    each = list(executor.map(bare, range(processes)))
    return sum(each) / len(each)


def _recount(folder: str, processes: int) -> tuple[float, float]:
    """(seconds, megabytes at the peak) of the command, from its start to its end."""
    command = [sys.executable, "-m", "ballotlog", "recount", folder, "--json"]
    command += ["--processes", str(processes)]
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, _megabytes(process.pid))
            time.sleep(PAUSE)
        seconds = time.perf_counter() - started
        output = process.stdout.read() if process.stdout else b""
    if process.returncode != 0:
        raise SystemExit(f"The recount failed: {output.decode()}")
    return seconds, peak


def _megabytes(parent: int) -> float:
    """Proportional set size of a process and its children; Linux only, elsewhere 0."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            pid = int(status.parent.name)
            if pid == parent or f"\nPPid:\t{parent}\n" in status.read_text():
                memory = (status.parent / "smaps_rollup").read_text()
                found = re.search(r"^Pss:\s+(\d+)", memory, re.MULTILINE)
                total += int(found[1]) if found else 0
        except OSError:  # it has ended
            continue
    return total / 1024


if __name__ == "__main__":
    sys.exit(main())
