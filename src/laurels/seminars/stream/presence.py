"""How many people are in each room, minute by minute: numbers alone, nothing of who they are."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from laurels.seminars.stream.archive import Archive
    from laurels.seminars.stream.rooms import Room

logger = logging.getLogger("laurels.seminars.stream")

MOST_ASKING = 3_000  # pages of one room that are told apart within one count
MOST_WAITING = 600  # minutes that wait for a database that does not answer


class Presence:
    """Counts pages, each by the number it drew when it was loaded; pages without one are none.

    A minute's figure is the greatest of its counts. So a restart in its midst neither loses nor
    doubles it, and while one process takes over from another nobody is counted in both.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._asking: dict[int, set[int]] = {}
        self._counted: set[int] = set()
        self._unwritten: dict[tuple[int, int], int] = {}

    def note(self, seminar: int, page: int) -> None:
        """Note that a page asked; forgotten at the next count."""
        asking = self._asking.setdefault(seminar, set())
        if page and len(asking) < MOST_ASKING:
            asking.add(page)

    def count(self, rooms: Mapping[int, Room], minute: int) -> None:
        """Count all rooms in a real minute since 1970; one that emptied goes on with nobody."""
        asking, self._asking = self._asking, {}
        for seminar in self._counted | set(rooms):
            room = rooms.get(seminar)
            # A page that streams anew, while its old stream is not yet known to be dead, is one.
            pages = {reader.page for reader in room.readers if reader.page} if room else set()
            people = len(pages | asking.get(seminar, set()))
            if people or seminar in self._counted:
                self._counted.add(seminar)
                kept = self._unwritten.get((seminar, minute), 0)
                self._unwritten[seminar, minute] = max(kept, people)

    async def write(self) -> None:
        """Write what was counted; where the database does not answer, it waits for the next time.

        A room out of its hours is not counted on.
        """
        for (seminar, minute), people in sorted(self._unwritten.items()):
            try:
                is_kept = await self._archive.keep_headcount(seminar, minute, people)
            except (psycopg.Error, OSError) as error:
                logger.warning("A headcount was not written (%s).", type(error).__name__)
                break
            self._unwritten.pop((seminar, minute), None)
            if not is_kept:
                self._counted.discard(seminar)
        for old in sorted(self._unwritten, key=lambda key: key[1])[:-MOST_WAITING]:
            del self._unwritten[old]
