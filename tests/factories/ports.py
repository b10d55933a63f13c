"""Free ports for the processes that a test starts."""

import socket
from contextlib import suppress


def free_port():
    """Return a port that is free, and whose successor is free too."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            with suppress(OSError, OverflowError):
                second.bind(("127.0.0.1", port + 1))
                return port
