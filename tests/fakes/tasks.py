"""A background task for the worker to run."""

from django_tasks import task

from laurels.foundation import audit, clock


@task()
def note(about: str) -> None:
    audit.record(person_name="worker", deed="note", about=about, now=clock.now())
