"""Five kills under load, with the processes and the database that `laurels up` would run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MINUTES = 10
OURS = ("LAURELS_", "DATABASE_URL", "REGISTRAR_DATABASE_URL", "DJANGO_SETTINGS_MODULE")


def test_every_promise_is_kept_whatever_is_killed():
    environment = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
    with tempfile.TemporaryDirectory(prefix="laurels-faults-") as folder:
        Path(folder).chmod(0o755)
        done = subprocess.run(
            [
                sys.executable,
                *["-m", "laurels.config.command", "bench", "faults", "--json", "--rounds", "5"],
            ],
            cwd=ROOT,
            env=environment | {"LAURELS_DATA": folder},
            capture_output=True,
            text=True,
            timeout=MINUTES * 60,
            check=False,
        )

    assert done.returncode == 0, done.stderr[-3000:]
    report = json.loads(done.stdout.splitlines()[-1])
    promised = report.pop("promised")
    assert report == {"bench": "faults", "rounds": 5, "lost": 0, "twice": 0, "verified": True}
    assert promised > 100
