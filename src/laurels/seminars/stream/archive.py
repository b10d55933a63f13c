"""What the stream reads from the database: messages by number, counts, and that there is news."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, NamedTuple

import psycopg

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    Values = Sequence[int] | Mapping[str, object]

logger = logging.getLogger("laurels.seminars.stream")

CHANNEL = "seminar_rooms"
CONNECT_SECONDS = 5
PAUSES = (0.1, 0.2, 0.5, 1.0, 2.0)  # seconds before the next try to reach a lost database

KNOWN = """
    select coalesce(room.last_number, 0) from seminars_seminar seminar
    left join seminars_room room on room.seminar_id = seminar.id where seminar.id = %s
"""
MESSAGES = """
    select number, kind, body from seminars_roommessage
    where seminar_id = %s and number > %s order by number limit %s
"""
VOTES = """
    select id, vote_count from seminars_question
    where seminar_id = %s and state in ('live', 'answered')
"""
# On the edition's award clock, from the opening of the link until half an hour after the end.
HEADCOUNT = """
    insert into seminars_headcount as kept (seminar_id, minute, people)
    select seminar.id, date_trunc('minute', told.at), %(people)s
    from seminars_seminar seminar
    join editions_edition edition on edition.id = seminar.edition_id
    cross join lateral (
        select to_timestamp(%(minute)s * 60) + coalesce(
            (select o."offset" from foundation_clockoffset o
             where o.name = 'edition-' || edition.year and %(is_demo)s),
            interval '0'
        ) as at
    ) told
    where seminar.id = %(seminar)s and seminar.cancelled_at is null
    and told.at >= seminar.starts_at - interval '15 minutes'
    and told.at < seminar.ends_at + interval '30 minutes'
    on conflict (seminar_id, minute) do update
    set people = greatest(kept.people, excluded.people)
    returning people
"""


class Message(NamedTuple):
    """One change of a room; `body` is a JSON object on one line."""

    number: int
    kind: str
    body: str


class Archive:
    """Reads on one connection, one question at a time; a broken connection is replaced."""

    def __init__(self, database_url: str, *, is_demo: bool = False) -> None:
        self._database_url = database_url
        self._is_demo = is_demo
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._turn = asyncio.Lock()

    async def last_number(self, seminar: int) -> int | None:
        """Return the number of the newest message; None where there is no such seminar."""
        rows = await self._rows(KNOWN, [seminar])
        return int(rows[0][0]) if rows else None

    async def messages(self, seminar: int, *, after: int, most: int) -> list[Message]:
        return [Message(*row) for row in await self._rows(MESSAGES, [seminar, after, most])]

    async def votes(self, seminar: int) -> dict[int, int]:
        return dict(await self._rows(VOTES, [seminar]))

    async def keep_headcount(self, seminar: int, minute: int, people: int) -> bool:
        """Keep how many were in a room in a real minute (since 1970): the greatest of its counts.

        Return False where the room is out of its hours, and nothing was kept.
        """
        values = {
            "seminar": seminar,
            "minute": minute,
            "people": people,
            "is_demo": self._is_demo,
        }
        return bool(await self._rows(HEADCOUNT, values))

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()

    async def _rows(self, statement: str, values: Values) -> list[Any]:
        """Raise psycopg.Error where the database does not answer at the second try either."""
        async with self._turn:
            for is_last in (False, True):
                try:
                    connection = await self._connect()
                    return await (await connection.execute(statement, values)).fetchall()
                except psycopg.OperationalError:
                    if self._connection is not None:
                        await self._connection.close()
                    self._connection = None
                    if is_last:
                        raise
        return []

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        if self._connection is None or self._connection.closed:
            self._connection = await connect(self._database_url)
        return self._connection


async def connect(database_url: str) -> psycopg.AsyncConnection[Any]:
    return await psycopg.AsyncConnection.connect(
        database_url, autocommit=True, connect_timeout=CONNECT_SECONDS
    )


async def news(database_url: str) -> AsyncIterator[str]:
    """Yield what is told on CHANNEL, for ever; an empty text whenever something may be missed."""
    failures = 0
    while True:
        try:
            async with await connect(database_url) as connection:
                await connection.execute(f"listen {CHANNEL}")
                failures = 0
                yield ""
                async for told in connection.notifies():
                    yield told.payload
        except (psycopg.Error, OSError) as error:
            logger.warning("The stream lost its database (%s).", type(error).__name__)
            await asyncio.sleep(PAUSES[min(failures, len(PAUSES) - 1)])
            failures += 1
