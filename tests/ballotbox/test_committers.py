"""What voters hear when the database cannot store their ballots."""

from __future__ import annotations

import json
import queue
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from laurels.ballotbox.box import casting, statements
from laurels.ballotbox.box.committers import Committers
from laurels.ballotbox.box.elections import prepare_election
from laurels.ballotbox.box_settings import BoxSettings
from laurels.ballotbox.log_key import read_log_key
from tests.ballotbox.conftest import database_url

SETTINGS = BoxSettings(
    database_url="",
    keys=Path("/nowhere"),
    logs=Path("/nowhere"),
    site_url="http://127.0.0.1:8000",
    is_demo=True,
    committers=1,
)


class FailingConnection:
    """A connection whose every statement fails in the given way."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.is_closed = False

    def pipeline(self):
        raise self.error

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def election(poll, settings):
    key = read_log_key(settings.KEYS / poll.election.slug)
    return prepare_election(poll.election.pk, poll.election.slug, poll.manifest_leaf, key)


def waiting(election, poll, **changed):
    return casting.read_cast(election, json.dumps(poll.cast(**changed)).encode(), answered=None)


def answers_of(settings, ballots, connect):
    """Run one committer over the ballots; return what each is answered."""
    delivered: queue.SimpleQueue = queue.SimpleQueue()
    committers = Committers(settings, delivered.put, lambda _: None, connect)
    try:
        assert all(committers.take(ballot) for ballot in ballots)
        heard = []
        while len(heard) < len(ballots):
            heard += delivered.get(timeout=20)
    finally:
        committers.stop()
    return [(ballot.answer.status, ballot.answer.body) for ballot in heard]


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (psycopg.errors.DiskFull("no space"), 507, b'"disk-full"'),
        (psycopg.errors.LockNotAvailable("lock"), 503, b'"busy"'),
        (psycopg.OperationalError("the server closed the connection"), 503, b'"database-unav'),
        (RuntimeError("a bug"), 500, b'"internal"'),
    ],
)
def test_fault_of_the_database_is_answered_and_the_next_try_succeeds(
    election, poll, error, status, code
):
    broken = FailingConnection(error)
    ballot = waiting(election, poll)

    ((heard, body),) = answers_of(SETTINGS, [ballot], lambda _: broken)

    assert (heard, code in body) == (status, True)
    assert broken.is_closed
    assert not poll.election.entries.ballots().exists()


def test_server_that_restarted_between_two_ballots_is_found_again(election, poll):
    opened = []
    settings = replace(SETTINGS, database_url=database_url())

    def connect(url):
        opened.append(statements.connect(url))
        return opened[-1]

    delivered: queue.SimpleQueue = queue.SimpleQueue()
    committers = Committers(settings, delivered.put, lambda _: None, connect)
    try:
        committers.take(waiting(election, poll))
        (first,) = delivered.get(timeout=20)
        with psycopg.connect(settings.database_url) as other:
            other.execute("select pg_terminate_backend(%s)", [opened[0].info.backend_pid])
        committers.take(waiting(election, poll))
        (second,) = delivered.get(timeout=20)
    finally:
        committers.stop()

    assert (first.answer.status, second.answer.status) == (200, 200)
    assert len(opened) == 2
    assert poll.election.entries.ballots().count() == 2


def test_values_of_a_failed_statement_are_never_written_down(election, poll, caplog):
    ballot = waiting(election, poll)
    error = psycopg.errors.UniqueViolation(f"Key (tag)=({ballot.tag.hex()}) already exists")

    answers_of(SETTINGS, [ballot], lambda _: FailingConnection(error))

    assert "UniqueViolation" in caplog.text
    assert ballot.tag.hex() not in caplog.text


def test_box_that_has_too_many_waiting_takes_no_more(election, poll):
    full = replace(SETTINGS, committers=0, waiting=2)
    committers = Committers(full, lambda _: None, lambda _: None)

    taken = [committers.take(waiting(election, poll)) for _ in range(3)]

    assert taken == [True, True, False]


def test_one_group_holds_the_same_ballot_twice_and_a_conflict(election, poll):
    tag = "cd" * 16
    same = poll.cast(tag=tag)
    body = json.dumps(same).encode()
    group = [
        casting.read_cast(election, body, answered=None),
        casting.read_cast(election, body, answered=None),
        waiting(election, poll, tag=tag, picks=[2]),
        waiting(election, poll),
    ]

    heard = answers_of(replace(SETTINGS, database_url=database_url()), group, statements.connect)

    assert [status for status, _ in heard] == [200, 200, 409, 200]
    assert heard[0] == heard[1]
    assert poll.election.entries.ballots().count() == 2
