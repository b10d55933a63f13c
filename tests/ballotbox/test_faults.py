"""Kills and a full disk under load, with the processes and the database of `laurels up`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MINUTES = 10
OURS = ("LAURELS_", "DATABASE_URL", "REGISTRAR_DATABASE_URL", "DJANGO_SETTINGS_MODULE")


def bench(folder: Path, *arguments: str) -> dict:
    """Run a bench on databases in the folder; return what it reports."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
    done = subprocess.run(
        [sys.executable, "-m", "laurels.config.command", "bench", *arguments, "--json"],
        cwd=ROOT,
        env=environment | {"LAURELS_DATA": str(folder)},
        capture_output=True,
        text=True,
        timeout=MINUTES * 60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="laurels-faults-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of 300 MB."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=300m,mode=755", "none", str(folder)]
    if (
        not shutil.which("mount")
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("a small disk can be mounted by root on Linux only")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_every_promise_is_kept_whatever_is_killed(folder: Path):
    report = bench(folder, "faults", "--rounds", "5")

    promised = report.pop("promised")
    assert report == {"bench": "faults", "rounds": 5, "lost": 0, "twice": 0, "verified": True}
    assert promised > 100


def test_full_disk_refuses_with_its_reason_and_loses_nothing(small_disk: Path):
    report = bench(small_disk, "disk")

    promised, refused = report.pop("promised"), report.pop("refused")
    assert report == {"bench": "disk", "lost": 0, "twice": 0, "verified": True}
    assert promised > 100
    assert refused["disk-full"] > 10
    # The server starts anew where it could not write its own log.
    assert set(refused) <= {"disk-full", "database-unavailable"}
