from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connections

from laurels.ballotbox.sequencer.runner import Sequencer
from laurels.foundation import clock

if TYPE_CHECKING:
    from collections.abc import Iterator


class EagerSequencer(Sequencer):
    """Publishes every entry at once, so that no test waits for the next publication."""

    def step(self) -> int:
        self._looked_at = float("-inf")
        self._published_at.clear()
        return super().step()


@pytest.fixture
def sequencer(transactional_db: None) -> Iterator[None]:
    """The real sequencer, running beside the test as it does in life."""
    stop = threading.Event()
    runner = EagerSequencer(keys=settings.KEYS, logs=settings.LOGS, now=clock.now, stop=stop)

    def run() -> None:
        try:
            runner.run()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    yield
    stop.set()
    thread.join()
