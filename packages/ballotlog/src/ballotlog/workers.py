"""On how many processes an archive is read."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from ballotlog.passes import Run

# Starting processes takes as long as a thousand ballots or two.
SMALL = 5_000


@contextmanager
def workers(size: int, processes: int) -> Iterator[Run]:
    """`map`, or the map of a pool where the log is worth it.

    Spawned, not forked: a caller may have threads. cryptography's release of the GIL would let
    threads do the curves, but Python's own share would then be done on one core.
    """
    if processes == 1 or size < SMALL:
        yield map
        return
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        try:
            yield pool.map
        finally:
            pool.shutdown(cancel_futures=True)
