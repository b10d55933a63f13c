"""The stream as one writes it first, for comparison: Starlette, a queue and a task for a reader."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from typing import Any

import psycopg
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

QUEUES: set[asyncio.Queue[dict[str, Any]]] = set()


async def listen() -> None:
    url = os.environ["DATABASE_URL"]
    last: dict[int, int] = {}
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        reader = await psycopg.AsyncConnection.connect(url, autocommit=True)
        await connection.execute("listen seminar_rooms")
        async for told in connection.notifies():
            seminar = int(told.payload.split()[1])
            rows = await reader.execute(
                "select number, kind, body from seminars_roommessage"
                " where seminar_id = %s and number > %s order by number",
                [seminar, last.get(seminar, 0)],
            )
            for number, kind, body in await rows.fetchall():
                last[seminar] = number
                for queue in QUEUES:
                    queue.put_nowait({"id": number, "event": kind, "data": json.loads(body)})


async def events(_request: Request) -> Response:
    queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def frames() -> AsyncIterator[str]:
        QUEUES.add(queue)
        try:
            yield ":\n\n"
            while True:
                event = await queue.get()
                body = json.dumps(event["data"], ensure_ascii=False)
                yield f"id: {event['id']}\nevent: {event['event']}\ndata: {body}\n\n"
        finally:
            QUEUES.discard(queue)

    return StreamingResponse(frames(), media_type="text/event-stream")


async def empty(_request: Request) -> Response:
    return Response("{}")


class Application:
    """Starts listening with the first request, since Granian's loop is there only then."""

    def __init__(self) -> None:
        routes = [Route("/empty", empty, methods=["POST"]), Route("/live/{seminar}", events)]
        self.inner = Starlette(routes=routes)
        self.listener: asyncio.Task[None] | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if self.listener is None:
            self.listener = asyncio.create_task(listen())
        await self.inner(scope, receive, send)


application = Application()
