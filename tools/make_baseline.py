"""Write src/laurels/config/baseline/*.sql: both databases as the migrations leave them.

A first start restores these files in a second, where the migrations take a quarter of a minute.
Run it after every change of a migration; tests/config/test_baseline.py says when that is due.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from laurels.config.databases import ADDRESSES, BASELINE
from laurels.config.installation import local_environment
from laurels.config.postgres import Server

# `\restrict` carries a random word, and older servers do not know transaction_timeout.
VOLATILE = ("\\restrict", "\\unrestrict", "SET transaction_timeout", "-- Dumped ")


def dump(server: Server, database: str, *options: str) -> str:
    """Return a database as SQL that is the same for the same content."""
    made = server.cluster.run(
        "pg_dump", "--no-owner", "--no-privileges", *options, server.url(database)
    )
    if made.returncode:
        raise SystemExit(made.stdout)
    return stable(made.stdout)


def stable(text: str) -> str:
    lines = text.splitlines()
    return "\n".join(line for line in lines if not line.startswith(VOLATILE)) + "\n"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        data.chmod(0o755)
        server = Server(data, durable=False)
        server.start()
        environment = local_environment(data, 8000)
        for variable, database in ADDRESSES.items():
            server.create_database(database)
            environment[variable] = server.url(database)
        manage = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
        for more in ([], ["registrar", "--database=registrar"]):
            subprocess.run([*manage, *more], env=environment, check=True)
        BASELINE.mkdir(exist_ok=True)
        for database in ADDRESSES.values():
            (BASELINE / f"{database}.sql").write_text(dump(server, database))
            print(f"{database}.sql is written.")
        server.release(wait=10)


if __name__ == "__main__":
    os.environ.pop("DATABASE_URL", None)
    main()
