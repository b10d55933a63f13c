"""Runs the statements of a search: binary rows, and a planner told what it cannot know."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import psycopg
from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from laurels.library.search.facets import Numbers

# The planner does not know that a sequential scan would fetch every vector from out of line, nor
# how few words share a hash: it would rather read half of a table than look up twenty rows.
TOLD = {
    "enable_seqscan": "off",
    "enable_mergejoin": "off",
    "enable_hashjoin": "off",
    "jit": "off",
    "plan_cache_mode": "force_custom_plan",
    "max_parallel_workers_per_gather": "0",
    "work_mem": "16MB",
}
TELL = "select " + ",".join(
    f"set_config('{name}', '{value}', true)" for name, value in TOLD.items()
)
UNTELL = ";".join(f"set local {name} to default" for name in TOLD)
HEADER = 20  # bytes of a sent array before its first number


class Statement(NamedTuple):
    text: str
    values: Sequence[Any] | Mapping[str, Any] = ()


class Statements:
    """The statements of one search. Values come back in PostgreSQL's binary form."""

    def __init__(self, database: psycopg.Connection[Any]) -> None:
        self.database = database

    def together(self, *statements: Statement) -> list[list[Any]]:
        """Return the rows of several statements, sent in one go.

        Until their end they are one transaction, and so is what the planner is told. A thread that
        waits for an answer also waits for its turn in Python, so that going once counts.
        """
        with self.database.pipeline():
            # Statements have numbers of ours in them: keeping their plans would gain nothing.
            cursors = [
                self._cursor().execute(text, values, prepare=False)
                for text, values in (Statement(TELL), *statements)
            ]
        return [cursor.fetchall() for cursor in cursors[1:]]

    def _cursor(self) -> psycopg.Cursor[Any]:
        cursor = psycopg.Cursor(self.database)
        cursor.format = psycopg.pq.Format.BINARY
        return cursor

    def rows(self, text: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[Any]:
        return self.together(Statement(text, values))[0]


@contextmanager
def searching() -> Iterator[Statements]:
    """Give the statements of one search; what the planner is told ends with it."""
    if not connection.in_atomic_block:
        connection.close_if_health_check_failed()
        connection.ensure_connection()
        yield Statements(connection.connection)
        return
    with transaction.atomic(), connection.cursor() as plain:
        yield Statements(connection.connection)
        plain.execute(UNTELL)


def numbers(sent: bytes | None) -> Numbers:
    """Return what `array_send` made of a bigint[]: a length and eight bytes for each."""
    if not sent:
        return np.empty(0, np.int64)
    shape = np.dtype([("length", ">i4"), ("value", ">i8")])
    return np.frombuffer(sent, dtype=shape, offset=HEADER)["value"].astype(np.int64)
