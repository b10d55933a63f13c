"""Background tasks for the worker to run."""

import time

from django_tasks import task

from laurels.foundation import audit, clock


@task()
def note(about: str) -> None:
    audit.record(person_name="worker", deed="note", about=about, now=clock.now())


@task()
def hang() -> None:
    time.sleep(60)
