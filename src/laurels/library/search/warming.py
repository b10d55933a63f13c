"""Reads what searches read, once at a start, so that the first visitor does not wait for a disk."""

from __future__ import annotations

import logging

from django.db import DatabaseError, connection

from laurels.library.search.documents import quoted

MOST = 60  # lexemes in most cases: their places in the indexes are the long ones
logger = logging.getLogger(__name__)


def warm() -> None:
    """Read the small tables and the longest parts of the indexes; quick where they are at hand."""
    with connection.cursor() as cursor:
        cursor.execute("select sum(bits), sum(codes) from library_searchmatch")
        cursor.execute("select sum(length(head)) from library_searchrank")
        cursor.execute(
            "select lexeme from library_searchlexeme order by cases_count desc limit %s", [MOST]
        )
        common = "|".join(quoted(lexeme) for (lexeme,) in cursor.fetchall())
        for table, column in (("match", "lexemes"), ("rank", "head")):
            cursor.execute(
                f"select count(*) from library_search{table} where {column} @@ %s::tsquery",  # noqa: S608 -- our tables
                [common],
            )


def warm_at_start() -> None:
    """Warm in a thread of its own; what fails is told, and the site serves all the same."""
    try:
        warm()
    except DatabaseError as problem:
        logger.warning("The search could not be warmed: %s", problem)
    finally:
        connection.close()
