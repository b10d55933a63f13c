"""A light load generator in a process of its own: keep-alive connections, ready requests.

    python benches/_load.py REQUESTS ANSWERS PORT CONNECTIONS SECONDS RATE REPEAT

RATE 0 is a closed loop: every connection sends as soon as it has its answer. Otherwise so many
requests a second are due, and latency counts from the moment at which one was due, so a slow
server cannot hide by slowing the generator down. REPEAT 1 sends the same requests over and over.
"""

import pickle
import select
import socket
import sys
import time
from pathlib import Path

AFTERWARDS = 5.0  # seconds that open answers get at the end
LARGEST = 1 << 16
REDIAL = 0.02  # seconds between attempts to open broken connections again


class Line:
    """One connection; opened again when it breaks."""

    __slots__ = ("busy", "due", "port", "request", "sock", "text")

    def __init__(self, port: int) -> None:
        self.port = port
        self.sock: socket.socket | None = None
        self.text = b""
        self.busy = False
        self.request = -1
        self.due = 0.0

    def open(self, poll: select.epoll) -> bool:
        sock = socket.socket()
        try:
            sock.connect(("127.0.0.1", self.port))
        except OSError:
            sock.close()
            return False
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setblocking(False)
        poll.register(sock, select.EPOLLIN)
        self.sock, self.text = sock, b""
        return True

    def close(self) -> None:
        if self.sock is not None:
            self.sock.close()
        self.sock, self.busy = None, False


class Load:
    """Sends, and remembers (request, status, seconds, sent at, body) of each answer."""

    def __init__(self, requests: list[bytes], port: int, connections: int, *, repeat: bool) -> None:
        self.requests = requests
        self.repeat = repeat
        self.next = 0
        self.poll = select.epoll()
        self.lines = [Line(port) for _ in range(connections)]
        self.by_fd: dict[int, Line] = {}
        self.idle: list[Line] = []
        self.answers: list[tuple[int, int, float, float, bytes]] = []
        for line in self.lines:
            self.dial(line)

    def dial(self, line: Line) -> None:
        if line.open(self.poll) and line.sock is not None:
            self.by_fd[line.sock.fileno()] = line
            self.idle.append(line)

    def fire(self, line: Line, due: float) -> bool:
        if self.next >= len(self.requests):
            if not self.repeat:
                return False
            self.next = 0
        line.request, line.due, line.busy, line.text = self.next, due, True, b""
        self.next += 1
        try:
            sent = line.sock.send(self.requests[line.request])
        except OSError:
            sent = -1
        if sent != len(self.requests[line.request]):
            self.broken(line)
        return True

    def broken(self, line: Line) -> None:
        if line.busy:
            self.note(line, 0, b"")
        line.close()

    def note(self, line: Line, status: int, body: bytes) -> None:
        now = time.perf_counter()
        self.answers.append((line.request, status, now - line.due, line.due - self.start, body))

    def hear(self, line: Line) -> bool:
        """Read what came; whether the answer is whole."""
        try:
            data = line.sock.recv(LARGEST)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        if not data:
            self.broken(line)
            return False
        line.text = line.text + data if line.text else data
        text = line.text
        end = text.find(b"\r\n\r\n")
        if end < 0:
            return False
        mark = text.find(b"content-length: ", 0, end)
        if mark < 0:
            is_whole = text.endswith(b"\r\n0\r\n\r\n")  # chunked, as Granian's WSGI answers
        else:
            is_whole = len(text) == end + 4 + int(text[mark + 16 : text.index(b"\r", mark)])
        if is_whole:
            self.note(line, int(text[9:12]), text[end + 4 :])
            line.busy = False
        return is_whole

    def run(self, seconds: float, rate: float) -> None:
        self.start = redialled = time.perf_counter()
        self.end, self.rate, self.due_count = self.start + seconds, rate, 0
        if not rate:
            idle, self.idle = self.idle, []
            for line in idle:
                self.fire(line, time.perf_counter())
        while not self.is_over():
            self.listen()
            self.fire_due()
            if redialled + REDIAL < time.perf_counter() < self.end:
                redialled = time.perf_counter()
                self.redial()

    def is_over(self) -> bool:
        now = time.perf_counter()
        is_open = any(line.busy for line in self.lines) if now > self.end else True
        return now > self.end + AFTERWARDS or not is_open

    def listen(self) -> None:
        for fd, _ in self.poll.poll(0.001 if self.rate else 0.02, 512):
            line = self.by_fd[fd]
            if line.sock is None or not self.hear(line):
                continue
            now = time.perf_counter()
            if self.rate or now >= self.end:
                self.idle.append(line)
            else:
                self.fire(line, now)

    def fire_due(self) -> None:
        now = time.perf_counter()
        while self.rate and self.idle and now < self.end:
            due = self.start + self.due_count / self.rate
            if due > now:
                return
            line = self.idle.pop()
            if line.sock is not None and self.fire(line, due):
                self.due_count += 1

    def redial(self) -> None:
        for line in self.lines:
            if line.sock is None:
                self.dial(line)
                if not self.rate and line.sock is not None:
                    self.idle.pop()
                    self.fire(line, time.perf_counter())


def main(arguments: list[str]) -> None:
    requests, answers, port, connections, seconds, rate, repeat = arguments
    load = Load(
        pickle.loads(Path(requests).read_bytes()),  # noqa: S301 -- our own file
        int(port),
        int(connections),
        repeat=repeat == "1",
    )
    load.run(float(seconds), float(rate))
    Path(answers).write_bytes(pickle.dumps((load.next, load.answers)))


if __name__ == "__main__":
    main(sys.argv[1:])
