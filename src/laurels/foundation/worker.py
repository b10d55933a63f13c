"""The worker: sends letters, runs background tasks, and clears away what has had its day.

One process, one thread for each duty. Every thread survives a restart of the database.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.core.mail import get_connection
from django.db import Error as DatabaseError
from django.db import connections, router
from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as TaskRunner
from django_tasks_db.models import DBTaskResult

from laurels.foundation import clock, outbox, rate_limits, signals
from laurels.foundation.models import Heartbeat, RateCount

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from laurels.foundation.models import OutgoingMail

HEARTBEAT = "worker"
SENDERS = 2  # for each outbox: one slow mail server must not hold up all codes
WAKE_SECONDS = 0.5  # how soon a stop is seen, and how often a put-off letter is looked for
HEARTBEAT_SECONDS = 5
HOUSEKEEPING_SECONDS = 30
PAUSE_SECONDS = 1.0  # after a failure
GRACE_SECONDS = 2.5  # what a thread gets to finish its letter when all stop
DEAD_AFTER = timedelta(seconds=30)  # without a beat: its task is somebody else's
TASK_TRIES = 3  # a task that kills every worker must end too
BEATS_KEPT = timedelta(days=1)

log = logging.getLogger(__name__)


class Worker:
    """Runs until `stop` is called; `run` returns within three seconds of it."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.name = f"{HEARTBEAT} {secrets.token_hex(8)}"
        self._tasks = _task_runner(self.name)
        duties: dict[str, Callable[[], None]] = {
            f"send {letters._meta.label} {number}": partial(self._send, letters)
            for letters in outbox.boxes()
            for number in range(1, SENDERS + 1)
        }
        duties["run tasks"] = self._run_tasks
        duties["keep house"] = self._keep_house
        self._threads = [
            threading.Thread(target=self._keep_doing, args=[name, duty], name=name, daemon=True)
            for name, duty in duties.items()
        ]

    def run(self) -> None:
        for thread in self._threads:
            thread.start()
        self.stopping.wait()
        ends_at = time.monotonic() + GRACE_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, ends_at - time.monotonic()))

    def stop(self) -> None:
        self._tasks.running = False
        self.stopping.set()

    def _keep_doing(self, name: str, duty: Callable[[], None]) -> None:
        while not self.stopping.is_set():
            try:
                duty()
            except DatabaseError as error:
                log.warning("The worker (%s) lost its database: %s", name, type(error).__name__)
            except Exception:
                log.exception("The worker failed to %s and tries again", name)
            finally:
                connections.close_all()
            self.stopping.wait(PAUSE_SECONDS)

    def _send(self, letters: type[OutgoingMail]) -> None:
        """Send whatever is due, then sleep until told of more."""
        alias = router.db_for_write(letters)
        connections[alias].ensure_connection()
        with connections[alias].cursor() as cursor:
            cursor.execute(f'LISTEN "{outbox.channel(letters)}"')
        while not self.stopping.is_set():
            self._send_all(letters)
            # Told or not, look again: a letter that was put off tells nobody when it is due.
            list(connections[alias].connection.notifies(timeout=WAKE_SECONDS, stop_after=1))

    def _send_all(self, letters: type[OutgoingMail]) -> None:
        post_office = get_connection()
        try:
            while not self.stopping.is_set() and outbox.send_next(
                letters, post_office=post_office, now=clock.now()
            ):
                pass
        finally:
            post_office.close()

    def _run_tasks(self) -> None:
        # Nothing is under way here yet: what stands as ours was cut off by a lost database.
        give_back_tasks(Q(worker_ids__contains=[self.name]))
        self._tasks.run()

    def _keep_house(self) -> None:
        next_housekeeping = 0.0
        while not self.stopping.is_set():
            self._beat()
            if time.monotonic() >= next_housekeeping:
                keep_house()
                next_housekeeping = time.monotonic() + HOUSEKEEPING_SECONDS
            self.stopping.wait(HEARTBEAT_SECONDS)

    def _beat(self) -> None:
        if all(thread.is_alive() for thread in self._threads):
            for name in (HEARTBEAT, self.name):
                Heartbeat.objects.update_or_create(name=name, defaults={"at": clock.now()})


def keep_house() -> None:
    """Delete what has had its day and take up what a dead worker left, here and above."""
    now = clock.now()
    give_back_tasks_of_the_dead(now)
    for letters in outbox.boxes():
        outbox.purge(letters, now=now)
    outbox.forget_batches(now=now)
    rate_limits.purge(RateCount, now=now)
    # Robust: it says in the log who failed, and goes on to the next.
    signals.housekeeping_due.send_robust(sender=Worker, now=now)


def give_back_tasks_of_the_dead(now: datetime) -> int:
    """Give back the tasks of workers that have not beaten lately; return how many."""
    Heartbeat.objects.filter(at__lt=now - BEATS_KEPT).exclude(name=HEARTBEAT).delete()
    living = Heartbeat.objects.filter(at__gt=now - DEAD_AFTER)
    of_the_living = Q(pk=None)
    for name in living.values_list("name", flat=True):
        of_the_living |= Q(worker_ids__contains=[name])
    return give_back_tasks(Q(started_at__lt=now - DEAD_AFTER) & ~of_the_living)


def give_back_tasks(whose: Q) -> int:
    """Let running tasks begin anew; one that was begun too often has failed. Return how many."""
    count = 0
    for task in DBTaskResult.objects.running().filter(whose):
        tried_enough = len(task.worker_ids) >= TASK_TRIES
        status = TaskResultStatus.FAILED if tried_enough else TaskResultStatus.READY
        # Still running, and by the same one: its own end, written meanwhile, stands.
        unchanged = DBTaskResult.objects.running().filter(pk=task.pk, worker_ids=task.worker_ids)
        count += unchanged.update(status=status, finished_at=clock.now() if tried_enough else None)
        log.warning("The task %s was cut off and is %s", task.task_path, status.value.lower())
    return count


def _task_runner(name: str) -> TaskRunner:
    return TaskRunner(
        queue_names=["*"],
        interval=PAUSE_SECONDS,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
