"""The addresses of the live rooms: a stream of events, and the same by asking now and then."""

from __future__ import annotations

import asyncio
import logging
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import psycopg

from laurels.seminars.stream.hub import Hub
from laurels.seminars.stream.rooms import MOST_MISSED, encode
from laurels.seminars.stream.settings import StreamSettings, read_settings

if TYPE_CHECKING:
    from granian._granian import RSGIHTTPProtocol as HTTPProtocol
    from granian.rsgi import Scope

    from laurels.seminars.stream.rooms import Room

logger = logging.getLogger("laurels.seminars.stream")

PATH = re.compile(r"/live/(?P<seminar>\d{1,18})(?P<asks>/messages)?")
EVENTS = "text/event-stream; charset=utf-8"
JSON = "application/json"
PAGE = re.compile(r"[0-9a-f]{12}")
NUMBER = re.compile(r"\d{1,18}")
RETRY_SECONDS = "10"
SENTENCES = {
    404: "There is no such room.",
    405: "This address is read with GET.",
    503: "The room cannot be shown just now: ask again in a moment.",
}

Headers = list[tuple[str, str]]


class Stream:
    """`__rsgi_init__` is called once in each worker; `end_streams` when it shall stop."""

    def __init__(self, settings: StreamSettings | None = None) -> None:
        self._given = settings

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._settings = self._given or read_settings()
        self._hub = Hub(self._settings)

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.run_until_complete(self._hub.stop())

    def end_streams(self) -> None:
        self._hub.end_streams()

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        headers = self._headers(scope)
        found = PATH.fullmatch(scope.path)
        if found is None or scope.method != "GET":
            _refuse(protocol, headers, 405 if found else 404)
            return
        try:
            room = await self._hub.room(int(found["seminar"]))
        except (psycopg.Error, OSError) as error:
            logger.warning("A room was not read (%s).", type(error).__name__)
            _refuse(protocol, headers, 503)
            return
        if room is None:
            _refuse(protocol, headers, 404)
        elif found["asks"]:
            self._hub.presence.note(room.seminar, page_of(scope))
            _answer(protocol, headers, room, seen_by(scope))
        elif self._hub.is_full:
            _refuse(protocol, headers, 503)
        else:
            await self._stream(protocol, headers, room, scope)

    async def _stream(
        self, protocol: HTTPProtocol, headers: Headers, room: Room, scope: Scope
    ) -> None:
        after, page = seen_by(scope), page_of(scope)
        # Nginx would gather a stream into pages without the last of these.
        more = [("content-type", EVENTS), ("x-accel-buffering", "no")]
        transport = protocol.response_stream(200, [*headers, *more])
        try:
            await self._hub.watch(room, transport, after, page)
        except (psycopg.Error, OSError) as error:
            # The transport ends with this frame, and the reader comes back.
            logger.warning("A stream was not begun (%s).", type(error).__name__)

    def _headers(self, scope: Scope) -> Headers:
        headers = [
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("vary", "origin"),
        ]
        if scope.headers.get("origin") == self._settings.site_url:
            headers.append(("access-control-allow-origin", self._settings.site_url))
        return headers


def seen_by(scope: Scope) -> int:
    """Return the number of the last message that a reader has, 0 where it names none."""
    named = scope.headers.get("last-event-id") or ""
    if not NUMBER.fullmatch(named):
        named = parse_qs(scope.query_string).get("after", ["0"])[0]
    return int(named) if NUMBER.fullmatch(named) else 0


def page_of(scope: Scope) -> int:
    """Return the number that a page drew when it was loaded, 0 where it names none."""
    named = parse_qs(scope.query_string).get("page", ["0"])[0]
    return int(named, 16) if PAGE.fullmatch(named) else 0


def _answer(protocol: HTTPProtocol, headers: Headers, room: Room, after: int) -> None:
    """Say what came after a number; `reload` where that is more than is in memory."""
    is_far = after + 1 < room.first or room.last - after > MOST_MISSED
    new = [] if is_far else [message for message in room.raw if message.number > after]
    body = b'{"last":%d,"reload":%s,"votes":%s,"messages":[%s]}' % (
        room.last,
        b"true" if is_far else b"false",
        encode({str(key): count for key, count in room.votes.items()}),
        b",".join(
            b'{"kind":"%s","body":%s}' % (message.kind.encode(), message.body.encode())
            for message in new
        ),
    )
    protocol.response_bytes(200, [*headers, ("content-type", JSON)], body)


def _refuse(protocol: HTTPProtocol, headers: Headers, status: int) -> None:
    more = [("content-type", "text/plain; charset=utf-8"), ("retry-after", RETRY_SECONDS)]
    protocol.response_bytes(status, [*headers, *more], SENTENCES[status].encode())


application = Stream()
