"""The award as it runs for people: site, box, sequencer and worker on databases of their own."""

from __future__ import annotations

import email
import json
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from email.policy import default as modern
from pathlib import Path
from typing import Any, LiteralString

import psycopg

from laurels.config.postgres import Server
from laurels.config.supervisor import CannotStartError, Supervisor
from tests.fakes.mail_server import MailServer

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"\b[0-9]{6}\b")


@dataclass(frozen=True)
class Letter:
    """A mail that was sent, as its reader sees it."""

    to: str
    subject: str
    text: str
    reply_to: str = ""

    @property
    def code(self) -> str:
        return CODE.search(f"{self.subject}\n{self.text}")[0]


class Award:
    """One running installation; `keys` opens the ballots of each election, by slug.

    `mail` is the server that its letters go to: each counts there, copies too.
    """

    def __init__(
        self,
        data: Path,
        environment: dict[str, str],
        port: int,
        mail: MailServer,
        database: Server,
    ) -> None:
        self.data = data
        self.database = database
        self.mail = mail
        self.environment = environment
        self.site = environment["LAURELS_SITE_URL"]
        self.box = environment["LAURELS_BOX_URL"]
        self.supervisor = Supervisor(data, port=port, environment=environment)
        self.keys: dict[str, int] = {}

    def start(self) -> None:
        self._run("laurels.config.prepare")
        staged = json.loads(self._run("tests.journeys.stage"))
        self.keys = {slug: int(key, 16) for slug, key in staged.items()}
        try:
            self.supervisor.start()
        except CannotStartError as error:
            raise AssertionError(self.logs()) from error

    def stop(self) -> None:
        self.supervisor.stop()

    def letters(self, address: str) -> list[Letter]:
        """All mails to an address, the oldest first."""
        files = (self.data / "mailbox").glob("*.eml")
        letters = map(_read, sorted(files, key=lambda file: file.stat().st_mtime_ns))
        return [letter for letter in letters if address in letter.to]

    def newest_code(self, address: str, *, after: int = 0, seconds: float = 30) -> str:
        """The code of the newest mail to an address, once more than `after` are there."""
        until = time.monotonic() + seconds
        while len(letters := self.letters(address)) <= after:
            assert time.monotonic() < until, f"no mail came to {address}"
            time.sleep(0.1)
        return letters[-1].code

    def rows(self, database: str) -> str:
        """Every value of every table of `laurels` or `registrar`, as text."""
        name = {"laurels": "DATABASE_URL", "registrar": "REGISTRAR_DATABASE_URL"}[database]
        with psycopg.connect(self.environment[name]) as connection:
            tables = connection.execute(
                "select format('%I.%I', schemaname, tablename) from pg_tables"
                " where schemaname = 'public' order by 1"
            ).fetchall()
            return "\n".join(
                str(row) for (table,) in tables for row in connection.execute(f"table {table}")
            )

    def ask(self, statement: LiteralString, *values: object) -> list[Any]:
        """Rows of the database of the site; what the statement changes is kept."""
        with psycopg.connect(self.environment["DATABASE_URL"]) as connection:
            found = connection.execute(statement, values)
            return found.fetchall() if found.description else []

    def logs(self) -> str:
        return "\n".join(
            file.read_text(errors="replace") for file in sorted((self.data / "run").glob("*.log"))
        )

    def _run(self, module: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", module],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def _read(file: Path) -> Letter:
    message = email.message_from_bytes(file.read_bytes(), policy=modern)
    body = message.get_body(("plain",))
    return Letter(
        message["To"] or "",
        message["Subject"] or "",
        body.get_content().replace("\r\n", "\n") if body else "",
        message["Reply-To"] or "",
    )
