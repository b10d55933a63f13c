"""What all steps share: one at a time, only when it may be taken, written in the audit trail."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from laurels.ballotbox.queries import wait_until_logged
from laurels.foundation import audit, clock
from laurels.results import log_reading, rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from laurels.ballotbox.enums import EntryKind
    from laurels.ballotbox.models import Election, Entry
    from laurels.results.enums import Step
    from laurels.results.rules import Facts

# Advisory lock of the steps: apart from the box's own, which a step takes inside.
STEP_LOCK = 7340
# The sequencer appends within a second; a loaded machine gets some patience.
PATIENCE_SECONDS = 20.0


@contextmanager
def step(
    election: Election, step: Step, *, person_name: str, now: datetime, **detail: Any
) -> Iterator[Facts]:
    """One transaction, one step of this election at a time. Raise StepRefused where it may not be.

    A second click waits here for the first one's commit and then sees what it staged.
    """
    with locked(election) as facts:
        rules.check(step, facts, now)
        yield facts
        if not rules.is_done(step, facts):
            record(election, step.value, person_name=person_name, now=now, **detail)


@contextmanager
def locked(election: Election) -> Iterator[Facts]:
    """One transaction that holds the election's steps, with the facts as they are inside."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s, %s)", [STEP_LOCK, election.pk])
        election.refresh_from_db()
        yield log_reading.facts_of(election)


def record(
    election: Election, deed: str, *, person_name: str, now: datetime, **detail: Any
) -> None:
    """Write the deed down at real time, with what the award clock showed."""
    audit.record(
        person_name=person_name,
        deed=deed,
        about=about(election),
        now=clock.now(),
        detail={"award_time": now.isoformat(), **detail},
    )


def about(election: Election) -> str:
    """Return the name under which the audit trail keeps an election."""
    return f"election {election.slug}"


def staged(election: Election, kind: EntryKind) -> Entry | None:
    """Return the entry of that kind that is in the log or on its way."""
    return election.entries.standing().of_kind(kind).order_by("pk").first()


def settle(election: Election, *entries: Entry | None) -> None:
    """Wait until these are in the log. Raise LogIsBehind or EntryIsRejected."""
    for entry in entries:
        if entry is not None:
            wait_until_logged(election, entry, timeout=PATIENCE_SECONDS)
