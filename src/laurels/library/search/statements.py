"""Runs the statements of a search: binary rows, and a planner told what it cannot know."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import psycopg
from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from laurels.library.search.facets import Numbers

# The planner does not know that a sequential scan would fetch every vector from out of line.
TOLD = {
    "enable_seqscan": "off",
    "jit": "off",
    "plan_cache_mode": "force_custom_plan",
    "max_parallel_workers_per_gather": "0",
    "work_mem": "'16MB'",
}
TELL = ";".join(f"set local {name} = {value}" for name, value in TOLD.items())
UNTELL = ";".join(f"set local {name} to default" for name in TOLD)
HEADER = 20  # bytes of a sent array before its first number


class Statements:
    """The statements of one search. Values come back in PostgreSQL's binary form."""

    def __init__(self, cursor: psycopg.Cursor[Any]) -> None:
        self.cursor = cursor

    def rows(self, statement: str, values: Sequence[Any] | dict[str, Any]) -> list[Any]:
        # Statements have numbers of ours in them, so that keeping their plans would gain nothing.
        self.cursor.execute(statement, values, prepare=False)
        return self.cursor.fetchall()

    def one(self, statement: str, values: Sequence[Any] | dict[str, Any]) -> Any:
        return self.rows(statement, values)[0]


@contextmanager
def searching() -> Iterator[Statements]:
    """Give the statements of one search; what the planner is told ends with it."""
    is_within = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as plain:
        plain.execute(TELL)
        cursor = psycopg.Cursor(connection.connection)
        cursor.format = psycopg.pq.Format.BINARY
        with cursor:
            yield Statements(cursor)
        if is_within:
            plain.execute(UNTELL)


def numbers(sent: bytes | None) -> Numbers:
    """Return what `array_send` made of a bigint[]: a length and eight bytes for each."""
    if not sent:
        return np.empty(0, np.int64)
    shape = np.dtype([("length", ">i4"), ("value", ">i8")])
    return np.frombuffer(sent, dtype=shape, offset=HEADER)["value"].astype(np.int64)
