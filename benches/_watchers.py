"""Many people who watch a room, on one thread: plain sockets, and when each frame came.

`_watchers.py PORT PATH PEOPLE SECONDS OUT`: opens the streams, prints `ready`, listens until a
line comes on the standard input or the time is up, and writes the instants at which each marked
question was heard (CLOCK_MONOTONIC, as pickled {question number: [seconds, ...]}).
With PATH ending in `?ask` it asks again every few seconds instead, as a page without a stream does.
"""

import contextlib
import pickle
import random
import re
import resource
import selectors
import socket
import sys
import time
from pathlib import Path

MARK = re.compile(rb"bench question (\d+)")
REQUEST = (
    "GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nAccept: text/event-stream\r\n"
    "Origin: http://127.0.0.1:8500\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0)\r\n"
    "Accept-Language: en-GB,en;q=0.7\r\n\r\n"
)
ASK_SECONDS = 5.0
Heard = dict[int, list[float]]


class Watchers:
    """All sockets in one selector; an asker asks anew after its answer, at its own beat."""

    def __init__(self, port: int, path: str, people: int) -> None:
        self.port = port
        self.asks = path.endswith("?ask")
        self.path = path.removesuffix("?ask")
        self.people = people
        self.selector = selectors.DefaultSelector()
        self.heard: Heard = {}
        self.seen: dict[socket.socket, set[int]] = {}
        self.due: list[tuple[float, socket.socket]] = []

    def open(self) -> None:
        for _ in range(self.people):
            stream = socket.create_connection(("127.0.0.1", self.port), timeout=30)
            stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.seen[stream] = set()
            self.selector.register(stream, selectors.EVENT_READ)
            if self.asks:
                self.due.append((time.monotonic() + random.uniform(0, ASK_SECONDS), stream))  # noqa: S311
            else:
                stream.sendall(self.request(stream))
                stream.recv(4096)
            stream.setblocking(False)

    def request(self, stream: socket.socket) -> bytes:
        """Ask as a page that is to be counted: each by a number of its own."""
        mark = "&" if "?" in self.path else "?"
        path = f"{self.path}{mark}page={stream.fileno():012x}"
        return REQUEST.format(path=path, port=self.port).encode()

    def run(self, seconds: float) -> None:
        self.selector.register(sys.stdin, selectors.EVENT_READ)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for key, _events in self.selector.select(timeout=0.05):
                if key.fileobj is sys.stdin:
                    return
                self.read(key.fileobj)  # type: ignore[arg-type]
            self.ask()

    def read(self, stream: socket.socket) -> None:
        with contextlib.suppress(BlockingIOError):
            got = stream.recv(65_536)
            now = time.monotonic()
            if not got:
                self.selector.unregister(stream)
            for found in MARK.findall(got):
                number = int(found)
                if number not in self.seen[stream]:
                    self.seen[stream].add(number)
                    self.heard.setdefault(number, []).append(now)

    def ask(self) -> None:
        now = time.monotonic()
        ready = [pair for pair in self.due if pair[0] <= now]
        if ready:
            self.due = [pair for pair in self.due if pair[0] > now]
        for _at, stream in ready:
            with contextlib.suppress(OSError):
                stream.send(self.request(stream))
            self.due.append((now + ASK_SECONDS, stream))


def main() -> None:
    port, path, people, seconds, out = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    watchers = Watchers(int(port), path, int(people))
    watchers.open()
    print("ready", flush=True)
    watchers.run(float(seconds))
    Path(out).write_bytes(pickle.dumps(watchers.heard))


if __name__ == "__main__":
    main()
