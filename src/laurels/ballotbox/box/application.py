"""The box as Granian runs it, over RSGI (docs/decisions/0007-the-box-speaks-rsgi.md)."""

from __future__ import annotations

import asyncio
import gc
import logging
import re
import sys
from typing import TYPE_CHECKING, Any

from laurels.ballotbox import box_settings
from laurels.ballotbox.box import answers, archive, casting, lookup
from laurels.ballotbox.box.answers import HEADERS, Answer, Refused, refuse
from laurels.ballotbox.box.committers import Committers
from laurels.ballotbox.box.elections import OpenElection, read_election
from laurels.ballotbox.box.readers import Readers
from laurels.ballotbox.log_key import LogKeyIsMissing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from granian._granian import RSGIHTTPProtocol as HTTPProtocol
    from granian.rsgi import Scope

    from laurels.ballotbox.box.casting import Waiting

logger = logging.getLogger("laurels.ballotbox.box")

SLUG = "(?P<slug>[a-z0-9-]{1,64})"
ELECTION = f"/elections/{SLUG}"
HASH = "(?P<leaf_hash>[0-9a-f]{64})"
LOG_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
NO_CONTENT = 204
CONTENT_TYPES = frozenset({"text/plain", "application/json"})
# A body that trickles in holds a place that others need.
BODY_SECONDS = 10
EMPTY = Answer(200, b"{}")


class Box:
    """Routes requests; `__rsgi_init__` and `__rsgi_del__` are called once in each worker."""

    def __init__(self, settings: box_settings.BoxSettings | None = None) -> None:
        self._given = settings
        self._elections: dict[str, OpenElection] = {}
        self._routes: list[tuple[re.Pattern[str], Callable[..., Awaitable[Answer]]]] = [
            (re.compile(f"{ELECTION}/manifest"), self._manifest),
            (re.compile(f"{ELECTION}/ballots/{HASH}"), self._ballot),
            (re.compile(f"{ELECTION}/ballots/by-number/(?P<number>[^/]+)"), self._by_number),
            (re.compile(f"{ELECTION}/receipts/{HASH}"), self._receipt),
            (re.compile(f"/logs/{SLUG}/(?P<name>.+)"), self._log_file),
            (re.compile("/health"), self._health),
        ]
        self._cast_path = re.compile(f"{ELECTION}/ballots")

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        logging.basicConfig(stream=sys.stderr, format=LOG_LINE)
        self._settings = self._given or box_settings.read_settings()
        self._site = ("access-control-allow-origin", self._settings.site_url)
        self._readers = Readers(self._settings.database_url)
        self._committers = Committers(self._settings, self._deliver, self._forget)
        # Requests make no cycles: full collections every few hundred of them cost three percent.
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 100)

    def __rsgi_del__(self, _: asyncio.AbstractEventLoop) -> None:
        self._committers.stop()
        self._readers.stop()

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        if scope.proto != "http":
            protocol.close(404)  # type: ignore[attr-defined]
            return
        try:
            answer = await self._answer(scope, protocol)
        except Refused as refusal:
            answer = refuse(refusal.code)
        except Exception as error:
            logger.exception("A request to the box failed (%s).", type(error).__name__)
            answer = refuse("internal")
        self._send(scope, protocol, answer)

    async def _answer(self, scope: Scope, protocol: HTTPProtocol) -> Answer:
        path, method = scope.path, scope.method
        if found := self._cast_path.fullmatch(path):
            if method == "POST":
                return await self._cast(scope, protocol, found["slug"])
            return self._other_method(method, "POST")
        if path == "/empty" and method == "POST":
            await _body(scope, protocol)
            return EMPTY
        for pattern, view in self._routes:
            if found := pattern.fullmatch(path):
                if method in ("GET", "HEAD"):
                    return await view(**found.groupdict())
                return self._other_method(method, "GET, HEAD")
        raise Refused("not-found")

    def _other_method(self, method: str, allowed: str) -> Answer:
        if method != "OPTIONS":
            return refuse("method-not-allowed", headers=[("allow", allowed)])
        # A page that sends text/plain needs no leave; one that sends JSON asks here.
        leave = [
            ("access-control-allow-methods", allowed),
            ("access-control-allow-headers", "content-type"),
            ("access-control-max-age", "86400"),
        ]
        return Answer(NO_CONTENT, headers=tuple(leave))

    def _send(self, scope: Scope, protocol: HTTPProtocol, answer: Answer) -> None:
        headers = [*HEADERS, ("vary", "origin"), *answer.headers]
        if scope.headers.get("origin") == self._site[1]:
            headers.append(self._site)
        if answer.status == NO_CONTENT:
            protocol.response_empty(NO_CONTENT, headers)
            return
        headers.append(("content-type", answer.content_type))
        if answer.file is not None:
            protocol.response_file(answer.status, headers, answer.file)
        else:
            protocol.response_bytes(answer.status, headers, answer.body)

    async def _cast(self, scope: Scope, protocol: HTTPProtocol, slug: str) -> Answer:
        kind = scope.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in CONTENT_TYPES:
            raise Refused("content-type")
        body = await _body(scope, protocol)
        election = self._elections.get(slug) or await self._election(slug)
        answered: asyncio.Future[Answer] = self._loop.create_future()
        waiting = casting.read_cast(election, body, answered)
        if not self._committers.take(waiting):
            raise Refused("busy")
        return await answered

    def _deliver(self, group: list[Waiting]) -> None:
        self._loop.call_soon_threadsafe(_finish, group)

    def _forget(self, election: OpenElection) -> None:
        self._elections.pop(election.slug, None)

    async def _election(self, slug: str) -> OpenElection:
        election = self._elections.get(slug)
        if election is None:
            keys = self._settings.keys
            try:
                election = await self._readers.run(lambda c: read_election(c, slug, keys))
            except LogKeyIsMissing as error:
                logger.error("%s", error)  # noqa: TRY400 -- its sentence says all
                raise Refused("internal") from None
            self._elections[slug] = election
        return election

    async def _manifest(self, slug: str) -> Answer:
        return Answer(200, (await self._election(slug)).manifest.leaf)

    async def _ballot(self, slug: str, leaf_hash: str) -> Answer:
        election = await self._election(slug)
        found = await self._readers.run(
            lambda c: lookup.by_leaf_hash(c, election.id, election.manifest, leaf_hash)
        )
        if found is None:
            raise Refused("unknown-ballot")
        return answers.give(found)

    async def _by_number(self, slug: str, number: str) -> Answer:
        election = await self._election(slug)
        found = await self._readers.run(
            lambda c: lookup.by_number(c, election.id, election.manifest, number)
        )
        if not found:
            raise Refused("unknown-ballot")
        return answers.give(found)

    async def _receipt(self, slug: str, leaf_hash: str) -> Answer:
        election, logs = await self._election(slug), self._settings.logs
        receipt = await self._readers.run(
            lambda c: lookup.receipt(c, election.id, logs / slug, leaf_hash)
        )
        return Answer(200, receipt.encode(), content_type="text/plain; charset=utf-8")

    async def _log_file(self, slug: str, name: str) -> Answer:
        return archive.file_of(self._settings.logs, slug, name)

    async def _health(self) -> Answer:
        await self._readers.run(lambda c: c.execute("select 1").fetchone())
        return answers.give({"status": "ok"})


async def _body(scope: Scope, protocol: HTTPProtocol) -> bytes:
    """The whole body. Raise Refused before more of it is read than any ballot has."""
    length = scope.headers.get("content-length")
    if length is not None and (not length.isdigit() or int(length) > casting.LARGEST_BODY):
        raise Refused("body-too-large")
    try:
        async with asyncio.timeout(BODY_SECONDS):
            if length is not None:
                return await protocol()
            return await _chunks(protocol)
    except (TimeoutError, RuntimeError):
        # Cut off or too slow: whatever came is not the ballot that was meant.
        raise Refused("body-malformed") from None


async def _chunks(protocol: HTTPProtocol) -> bytes:
    body = b""
    async for chunk in protocol:
        body += chunk
        if len(body) > casting.LARGEST_BODY:
            raise Refused("body-too-large")
    return body


def _finish(group: list[Waiting]) -> None:
    for ballot in group:
        # The future of a caller that went away may be cancelled; its ballot stands all the same.
        if ballot.answer is not None and not ballot.answered.done():
            ballot.answered.set_result(ballot.answer)


application: Any = Box()
