"""The box's process: ballots, and beside them the live rooms, parted by path."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, Any

from laurels.ballotbox.box import application as ballots
from laurels.seminars.stream.application import application as rooms

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Awaitable

    from granian._granian import RSGIHTTPProtocol as HTTPProtocol
    from granian.rsgi import Scope


class Box:
    """Hands each request to one of two applications, at the cost of one comparison."""

    def __rsgi_init__(self, loop: AbstractEventLoop) -> None:
        rooms.__rsgi_init__(loop)
        ballots.__rsgi_init__(loop)
        if sys.platform != "win32":
            loop.add_signal_handler(signal.SIGTERM, self._stop)

    def __rsgi_del__(self, loop: AbstractEventLoop) -> None:
        rooms.__rsgi_del__(loop)
        ballots.__rsgi_del__(loop)

    def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> Awaitable[None]:
        if scope.path.startswith("/live/"):
            return rooms.__rsgi__(scope, protocol)
        return ballots.__rsgi__(scope, protocol)

    def _stop(self) -> None:
        """Granian waits for open streams: end them first. Then stop as it stops at SIGINT."""
        rooms.end_streams()
        os.kill(os.getpid(), signal.SIGINT)


application: Any = Box()
