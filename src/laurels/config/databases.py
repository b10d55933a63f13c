"""Database addresses: as Django's settings, and made ready before anything starts."""

import os
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from laurels.config.postgres import Server

ADDRESSES = {"DATABASE_URL": "laurels", "REGISTRAR_DATABASE_URL": "registrar"}
BASELINE = Path(__file__).parent / "baseline"
OLDEST = 150_000  # PostgreSQL 15


class DatabaseIsUnusableError(Exception):
    """Says in a sentence what is wrong with a database address."""


def django_database(address: str, *, options: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return Django's settings for a libpq address, Unix sockets and TLS options included."""
    parts: dict[str, Any] = dict(conninfo_to_dict(address))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**parts, **(options or {})},
    }


def open_databases(
    data: Path, *, fresh: bool = False, server: Server | None = None
) -> tuple[dict[str, str], Server | None]:
    """Return the addresses of both databases, and the embedded server where that is ours.

    With addresses in the environment the server is somebody else's; without, ours is started.
    `fresh` empties both. A database that is new to our server begins from the baseline.
    """
    given = {name: os.environ[name] for name in ADDRESSES if os.environ.get(name)}
    if given:
        check_given(given)
        if fresh:
            empty(given)
        return given, None
    server = server or Server(data)
    server.start()
    for database in ADDRESSES.values():
        if fresh:
            server.drop_database(database)
        if not server.has_database(database):
            create(server, database)
    return {name: server.url(database) for name, database in ADDRESSES.items()}, server


def create(server: Server, database: str) -> None:
    """Create a database from its baseline, under another name until it is whole."""
    unfinished = f"{database}_new"
    server.drop_database(unfinished)
    server.create_database(unfinished)
    dump = BASELINE / f"{database}.sql"
    if dump.exists():
        server.restore(unfinished, dump)
    server.rename_database(unfinished, database)


def check_given(given: dict[str, str]) -> None:
    """Raise DatabaseIsUnusableError unless both addresses lead to databases of their own."""
    for name in ADDRESSES:
        if name not in given:
            raise DatabaseIsUnusableError(
                f"{name} is not set. Voters' addresses need a database of their own: "
                f"set both of {' and '.join(ADDRESSES)}, or neither."
            )
    found = set()
    for name, address in given.items():
        try:
            with psycopg.connect(address, connect_timeout=10) as connection:
                version = connection.info.server_version
                found.add((connection.info.host, connection.info.port, connection.info.dbname))
        except psycopg.OperationalError as problem:
            raise DatabaseIsUnusableError(f"{name} cannot be reached: {problem}") from problem
        if version < OLDEST:
            raise DatabaseIsUnusableError(
                f"{name} leads to PostgreSQL {version // 10_000}; Laurels needs 15 to 18."
            )
    if len(found) < len(given):
        raise DatabaseIsUnusableError(
            "DATABASE_URL and REGISTRAR_DATABASE_URL lead to one database; Laurels needs two."
        )


def empty(given: dict[str, str]) -> None:
    for address in given.values():
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("drop schema public cascade")
            connection.execute("create schema public")
