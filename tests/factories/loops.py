"""Running coroutines from tests."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def in_a_loop_of_its_own(coroutine):
    """Run a coroutine in a thread: in this one a browser's loop may be running for the session."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()
