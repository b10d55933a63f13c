"""Keeps the rooms of one process up to date, from one connection that listens."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import psycopg

from laurels.seminars.stream.archive import Archive, news
from laurels.seminars.stream.presence import Presence
from laurels.seminars.stream.rooms import HEARTBEAT, KEPT, RETRY, Reader, Room

if TYPE_CHECKING:
    from granian._granian import RSGIHTTPStreamTransport as Transport

    from laurels.seminars.stream.settings import StreamSettings

logger = logging.getLogger("laurels.seminars.stream")


class Hub:
    """Nothing runs and no connection is open before the first room is asked for."""

    def __init__(self, settings: StreamSettings) -> None:
        self.settings = settings
        self.archive = Archive(settings.database_url, is_demo=settings.is_demo)
        self.presence = Presence(self.archive)
        self.rooms: dict[int, Room] = {}
        self._opening: dict[int, asyncio.Lock] = {}
        self._duties: list[asyncio.Task[None]] = []
        self._dirty: set[int] = set()
        self._told = asyncio.Event()

    @property
    def is_full(self) -> bool:
        return sum(len(room.readers) for room in self.rooms.values()) >= self.settings.streams

    async def room(self, seminar: int) -> Room | None:
        """Return a room, read from the database at its first use; None where there is none.

        Raise psycopg.Error where the database does not answer.
        """
        if found := self.rooms.get(seminar):
            return found
        async with self._opening.setdefault(seminar, asyncio.Lock()):
            if seminar not in self.rooms:
                await self._open(seminar)
            self._opening.pop(seminar, None)
            return self.rooms.get(seminar)

    async def watch(self, room: Room, transport: Transport, after: int, page: int = 0) -> None:
        ends_at = asyncio.get_running_loop().time() + self.settings.stream_seconds
        reader = Reader(transport, ends_at, self.settings.stream_bytes, page)
        reader.push(RETRY)
        await room.admit(reader, after, self.archive)

    def end_streams(self) -> None:
        """End every stream; the readers come back and are told what they missed."""
        for room in self.rooms.values():
            room.readers.clear()

    async def stop(self) -> None:
        self.end_streams()
        for duty in self._duties:
            duty.cancel()
        await asyncio.gather(*self._duties, return_exceptions=True)
        with suppress(psycopg.Error):
            await self.archive.close()

    async def _open(self, seminar: int) -> None:
        last = await self.archive.last_number(seminar)
        if last is None:
            return
        room = Room(seminar, last=max(0, last - KEPT))
        room.remember(await self.archive.messages(seminar, after=room.last, most=KEPT))
        room.votes = await self.archive.votes(seminar)
        self.rooms[seminar] = room
        if not self._duties:
            duties = (
                self._listen,
                self._tell,
                self._count_votes,
                self._keep_alive,
                self._count_people,
            )
            self._duties = [asyncio.create_task(duty()) for duty in duties]
        # What was told before anybody listened is read once more.
        self._note(seminar)

    def _note(self, seminar: int) -> None:
        self._dirty.add(seminar)
        self._told.set()

    async def _listen(self) -> None:
        async for told in news(self.settings.database_url):
            kind, _space, seminar = told.partition(" ")
            room = self.rooms.get(int(seminar)) if seminar.isdigit() else None
            if not told:
                for number, each in self.rooms.items():
                    each.has_new_votes = True
                    self._note(number)
            elif room is not None and kind == "votes":
                room.has_new_votes = True
            elif room is not None:
                self._note(room.seminar)

    async def _tell(self) -> None:
        while True:
            await self._told.wait()
            self._told.clear()
            dirty, self._dirty = self._dirty, set()
            for seminar in dirty:
                if room := self.rooms.get(seminar):
                    try:
                        await room.refresh(self.archive)
                    except (psycopg.Error, OSError):
                        # The one that listens says so too, and tells all rooms once it is back.
                        self._dirty.add(seminar)
                        asyncio.get_running_loop().call_later(1, self._told.set)

    async def _count_votes(self) -> None:
        """Votes come by the hundred: readers are told once in a while, all counts together."""
        while True:
            await asyncio.sleep(self.settings.votes_seconds)
            for room in [each for each in self.rooms.values() if each.has_new_votes]:
                try:
                    await room.refresh_votes(self.archive)
                except (psycopg.Error, OSError):
                    room.has_new_votes = True

    async def _keep_alive(self) -> None:
        """Send a beat to all, part with those whose time is up, forget empty rooms."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(self.settings.heartbeat_seconds)
            for room in list(self.rooms.values()):
                room.readers -= {reader for reader in room.readers if reader.ends_at < loop.time()}
                if room.readers:
                    await room.tell(HEARTBEAT)
                elif not room.turn.locked():
                    del self.rooms[room.seminar]

    async def _count_people(self) -> None:
        while True:
            await asyncio.sleep(self.settings.heartbeat_seconds)
            self.presence.count(self.rooms, int(time.time()) // 60)
            await self.presence.write()
