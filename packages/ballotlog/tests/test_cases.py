"""Every case of SPEC.md, byte for byte."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import rfc8785

from ballotlog.__main__ import main

CASES = sorted(Path(__file__).with_name("cases").iterdir())
THROUGH_THE_SHELL = {"ok-zip", "ok-size-1000", "no-checkpoint", "two-lies-3", "ok-anchored"}


def read(case):
    """(arguments, exit code, exact output) of a case."""
    expected = json.loads((case / "expected.json").read_text())
    arguments = [str(case / a[1:]) if a.startswith("@") else a for a in expected["args"]]
    output = rfc8785.dumps(expected["output"]) + b"\n"
    return [str(case / expected["archive"]), *arguments, "--json"], expected["exit"], output


def test_all_the_cases_are_here():
    assert len(CASES) == 130


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_report_is_exact(case, capfdbinary):
    arguments, code, output = read(case)

    assert (main(["verify", *arguments]), capfdbinary.readouterr().out) == (code, output)


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.name in THROUGH_THE_SHELL], ids=lambda case: case.name
)
def test_command_reports_the_same(case):
    arguments, code, output = read(case)

    done = subprocess.run(
        [sys.executable, "-m", "ballotlog", "recount", *arguments],
        check=False,
        capture_output=True,
    )

    assert (done.returncode, done.stdout) == (code, output)
