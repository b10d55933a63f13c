"""Tables made anew beside those in use, and put in their place in one moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable

# In the order in which a search reads them: whoever locks them all does it in the same.
TABLES = (
    "library_searchword",
    "library_searchlexeme",
    "library_searchmatch",
    "library_searchrank",
)
NEW = "_new"
CONSTRAINTS = """
    select conname, pg_get_constraintdef(oid) from pg_constraint
    where conrelid = %s::regclass and contype in ('p', 'u', 'c') order by contype, conname
"""
INDEXES = """
    select relname, pg_get_indexdef(i.indexrelid) from pg_index i
    join pg_class c on c.oid = i.indexrelid
    where i.indrelid = %s::regclass
        and not exists (select from pg_constraint where conindid = i.indexrelid)
    order by relname
"""
OPTIONS = "select reloptions from pg_class where oid = %s::regclass"


class Named(NamedTuple):
    """A constraint or an index: its name and how PostgreSQL would make it."""

    name: str
    definition: str


def begin() -> None:
    """Make the new tables, without a row or an index."""
    for table in TABLES:
        _run(f"drop table if exists {table}{NEW}")
        _run(f"create table {table}{NEW} (like {table} including defaults including storage)")
        ((options,),) = _rows(OPTIONS, table)
        if options:
            _run(f"alter table {table}{NEW} set ({', '.join(options)})")


def copy(table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Put rows, whose values stand in the order of the columns, into a new table."""
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy(f"copy {table}{NEW} from stdin") as stream,
    ):
        for row in rows:
            stream.write_row(row)


def finish() -> None:
    """Give the new tables the indexes of the old ones and take their place."""
    _run("set local maintenance_work_mem = '256MB'")
    made = {table: _make_alike(table) for table in TABLES}
    for table in TABLES:
        _run(f"analyze {table}{NEW}")
    _run(f"lock table {', '.join(TABLES)} in access exclusive mode")
    for table in TABLES:
        _run(f"drop table {table}")
        _run(f"alter table {table}{NEW} rename to {table}")
    for table, (constraints, indexes) in made.items():
        for name in constraints:
            _run(f'alter table {table} rename constraint "{name}{NEW}" to "{name}"')
        for name in indexes:
            _run(f'alter index "{name}{NEW}" rename to "{name}"')


def _make_alike(table: str) -> tuple[list[str], list[str]]:
    """Give a new table the constraints and indexes of the old; return their names."""
    constraints = [Named(*row) for row in _rows(CONSTRAINTS, table)]
    for name, definition in constraints:
        _run(f'alter table {table}{NEW} add constraint "{name}{NEW}" {definition}')
    indexes = [Named(*row) for row in _rows(INDEXES, table)]
    for name, definition in indexes:
        here = definition.replace(f".{table} ", f".{table}{NEW} ")
        _run(here.replace(f"INDEX {name} ", f'INDEX "{name}{NEW}" '))
    return [each.name for each in constraints], [each.name for each in indexes]


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _rows(statement: str, table: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [table])
        return cursor.fetchall()
