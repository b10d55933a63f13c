"""Free ports for the processes that a test starts."""

import random
import socket
from contextlib import suppress

# Below those that the system gives to outgoing connections, which come and go meanwhile.
OURS = range(20_000, 32_000, 2)


def free_port():
    """Return a port that is free, and whose successor is free too."""
    while True:
        port = random.SystemRandom().choice(OURS)
        with socket.socket() as first, socket.socket() as second, suppress(OSError):
            first.bind(("127.0.0.1", port))
            second.bind(("127.0.0.1", port + 1))
            return port
