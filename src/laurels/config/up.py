"""`laurels up`: everything between the command line and the first page."""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from laurels.config.databases import open_databases
from laurels.config.installation import data_folder, local_environment
from laurels.config.prepare import is_prepared
from laurels.config.supervisor import CannotStartError, Supervisor, say, supervise

# What a demo leaves in its folder beside the databases; `--fresh` begins without it.
REMAINS = ("demo_prepared", "keys", "logs", "mailbox", "media", "prepared", "run")


def up(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="laurels up")
    parser.add_argument("--port", type=int, default=int(os.environ.get("LAURELS_PORT") or 8000))
    parser.add_argument("--data", type=Path, default=data_folder(), metavar="DIR")
    parser.add_argument("--fresh", action="store_true", help="begin a new demo, forget the old")
    chosen = parser.parse_args(arguments)
    data = chosen.data.absolute()
    environment = local_environment(data, chosen.port)
    if chosen.fresh and environment["LAURELS_ENV"] != "local":
        parser.error("--fresh forgets all votes, so it exists for a local demo only.")
    supervisor = Supervisor(data, port=chosen.port, environment=environment)
    supervise(supervisor, lambda: bring_up(supervisor, fresh=chosen.fresh))


def bring_up(supervisor: Supervisor, *, fresh: bool) -> None:
    """Make everything ready, start all processes, and say where to look."""
    began = time.monotonic()
    data = supervisor.data
    environment = supervisor.environment
    if fresh:
        forget(data)
    say("Starting the database" if (data / "prepared").exists() else "Making the database")
    addresses, supervisor.server = open_databases(data, fresh=fresh)
    environment.update(addresses)
    if supervisor.server is None or not is_prepared(data):
        if supervisor.server is not None and supervisor.server.cluster.moved:
            say(supervisor.server.cluster.moved)
        prepare = [sys.executable, "-m", "laurels.config.prepare"]
        if subprocess.run(prepare, env=environment, cwd="/", check=False).returncode:
            raise CannotStartError("The set-up failed; the lines above say why.")
    supervisor.start()
    prepare_demo(supervisor)
    say(f"\nLaurels is at {environment['LAURELS_SITE_URL']}/  (Ctrl-C stops it)")
    say(f"Ready after {time.monotonic() - began:.0f} s. Processes write to {data / 'run'}/")


def prepare_demo(supervisor: Supervisor) -> None:
    """Let the demo vote its first days, once for each database; cut short, it goes on."""
    mark = supervisor.data / "demo_prepared"
    database = hashlib.sha256(supervisor.environment["DATABASE_URL"].encode()).hexdigest()
    is_prepared = mark.exists() and mark.read_text() == database
    if supervisor.environment.get("LAURELS_DEMO") != "1" or is_prepared:
        return
    if supervisor.run_beside("prepare_demo"):
        raise CannotStartError("The demo could not be prepared; the lines above say why.")
    mark.write_text(database)


def forget(data: Path) -> None:
    for name in REMAINS:
        remains = data / name
        if remains.is_dir():
            shutil.rmtree(remains)
        else:
            remains.unlink(missing_ok=True)
