from __future__ import annotations

import os
import signal
from typing import Any

from django.core.management.base import BaseCommand

from laurels.foundation.worker import Worker


class Command(BaseCommand):
    help = "Send waiting mails of every outbox and run background tasks until SIGTERM."

    def handle(self, **_options: Any) -> None:
        worker = Worker()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        worker.run()
        # A thread may still wait for a mail server; its letter's row frees itself and is
        # sent again. Leaving without its consent keeps the stop within three seconds.
        self.stdout.flush()
        os._exit(0)
