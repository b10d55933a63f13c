"""On how many processes an archive is read."""

import multiprocessing
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Literal

from ballotlog.passes import Run

# Starting processes takes as long as a thousand ballots or two.
SMALL = 5_000


@contextmanager
def workers(size: int, processes: int) -> Iterator[Run]:
    """`map`, or the map of a pool where the log is worth it.

    Processes and not threads, because Python's own share would then be done on one core.
    """
    if processes == 1 or size < SMALL:
        yield map
        return
    with ProcessPoolExecutor(processes, multiprocessing.get_context(_start_method())) as pool:
        try:
            yield pool.map
        finally:
            pool.shutdown(cancel_futures=True)


def _start_method() -> Literal["fork", "spawn"]:
    """A fork is ready at once, but only of a process without threads and not on macOS."""
    alone = threading.active_count() == 1 and sys.platform == "linux"
    return "fork" if alone else "spawn"
