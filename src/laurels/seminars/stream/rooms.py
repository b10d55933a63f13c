"""The rooms that somebody watches: what was said last, and who is told. No task for a reader."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec
from granian._granian import RSGIProtocolClosed as ProtocolClosed

if TYPE_CHECKING:
    from granian._granian import RSGIHTTPStreamTransport as Transport

    from laurels.seminars.stream.archive import Archive, Message

KEPT = 256  # messages in memory; what is older is read from the database
MOST_MISSED = 512  # who missed more than this loads the page anew
AT_ONCE = 250  # readers served before the loop looks after ballots again

encode = msgspec.json.Encoder().encode

# An event, since a page does not see comments and would wait for ever on a line that died.
HEARTBEAT = b"event: beat\ndata: 1\n\n"
RETRY = b"retry: 2000\n\n"  # milliseconds
RELOAD = b"event: reload\ndata: {}\n\n"


@dataclass(eq=False, slots=True)
class Reader:
    """One open stream; `ends_at` is an instant of the loop's clock.

    `page` is the number that the page drew when it was loaded, 0 where it is not to be counted.
    """

    transport: Transport
    ends_at: float
    bytes_left: int
    page: int = 0

    def push(self, frame: bytes) -> bool:
        """Hand over a frame; return whether the stream goes on."""
        self.bytes_left -= len(frame)
        try:
            # Granian queues at once; its awaitable is done, or knows that the reader is gone.
            next(self.transport.send_bytes(frame).__await__())
        except StopIteration:
            return self.bytes_left > 0
        except ProtocolClosed:
            return False
        return self.bytes_left > 0


@dataclass(eq=False)
class Room:
    """What one seminar's readers are told. Numbers have no gaps and are told in order."""

    seminar: int
    last: int
    kept: deque[tuple[int, bytes]] = field(default_factory=lambda: deque(maxlen=KEPT))
    raw: deque[Message] = field(default_factory=lambda: deque(maxlen=KEPT))
    readers: set[Reader] = field(default_factory=set)
    votes: dict[int, int] = field(default_factory=dict)
    has_new_votes: bool = False
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def first(self) -> int:
        """The oldest number that is in memory; one more than the newest where none is."""
        return self.kept[0][0] if self.kept else self.last + 1

    def remember(self, messages: list[Message]) -> list[bytes]:
        """Keep messages that follow on; return their frames."""
        frames = []
        for message in messages:
            if message.number > self.last:
                frames.append(frame_of(message))
                self.kept.append((message.number, frames[-1]))
                self.raw.append(message)
                self.last = message.number
        return frames

    async def refresh(self, archive: Archive) -> None:
        """Tell all readers what is new, in order, whoever else refreshes meanwhile."""
        async with self.turn:
            while found := await archive.messages(self.seminar, after=self.last, most=KEPT):
                frames = self.remember(found)
                await self.tell(b"".join(frames))

    async def refresh_votes(self, archive: Archive) -> None:
        """Tell the counts that changed; they carry no number, since the next ones replace them."""
        self.has_new_votes = False
        counts = await archive.votes(self.seminar)
        changed = {str(key): n for key, n in counts.items() if self.votes.get(key) != n}
        self.votes = counts
        if changed:
            await self.tell(votes_frame(changed))

    async def tell(self, frame: bytes) -> None:
        for place, reader in enumerate(list(self.readers), 1):
            if not reader.push(frame):
                self.readers.discard(reader)
            if place % AT_ONCE == 0:
                await asyncio.sleep(0)

    async def admit(self, reader: Reader, after: int, archive: Archive) -> None:
        """Tell a reader all that came after a number, then whatever comes."""
        if self.last - after > MOST_MISSED:
            after = self.last
            reader.push(RELOAD)
        while after + 1 < self.first:
            found = await archive.messages(self.seminar, after=after, most=KEPT)
            if not found:
                break
            reader.push(b"".join(frame_of(message) for message in found))
            after = found[-1].number
        # No await from here on: nothing can come between memory and the list of readers.
        missed = [frame for number, frame in self.kept if number > after]
        counts = {str(key): n for key, n in self.votes.items()}
        if reader.push(b"".join([*missed, votes_frame(counts)])):
            self.readers.add(reader)


def frame_of(message: Message) -> bytes:
    """A server-sent event (HTML Living Standard, 9.2.6)."""
    return f"id: {message.number}\nevent: {message.kind}\ndata: {message.body}\n\n".encode()


def votes_frame(counts: dict[str, int]) -> bytes:
    return b"event: votes\ndata: " + encode(counts) + b"\n\n"
