"""`manage run_sequencer`: the process that writes the public logs."""

from __future__ import annotations

import gc
import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from laurels.ballotbox.sequencer.runner import Sequencer
from laurels.foundation import clock


class Command(BaseCommand):
    help = "Write accepted ballots into the public logs until stopped; a second one waits."

    def handle(self, *_args: Any, **_options: Any) -> None:
        # All that is loaded by now stays: collections need not look at it again.
        gc.freeze()
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        Sequencer(keys=settings.KEYS, logs=settings.LOGS, now=clock.now, stop=stop).run()
