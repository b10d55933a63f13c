"""The stream of a room against a real box, a real database and real sockets."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import psycopg
import pytest
from django.db import connection

from laurels.seminars import actions
from laurels.seminars.models import Headcount, Question, Room
from laurels.seminars.refusals import ChangedMeanwhile, Refusal
from laurels.seminars.stream.archive import Archive
from laurels.seminars.stream.hub import Hub
from laurels.seminars.stream.settings import StreamSettings
from tests.ballotbox.box_process import SITE, BoxProcess
from tests.factories.editions import make_edition
from tests.factories.loops import in_a_loop_of_its_own
from tests.factories.seminars import STARTS_AT, make_seminar
from tests.fakes.reader_line import Line

LIVE = STARTS_AT + timedelta(minutes=20)


@pytest.fixture(scope="module")
def process(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("box")
    with django_db_blocker.unblock():
        url = os.environ["LAURELS_TEST_SERVER"].format(connection.settings_dict["NAME"])
    process = BoxProcess(url, folder, folder / "box.log")
    process.start()
    yield process
    process.kill()


@pytest.fixture
def box(process, django_db_blocker):
    """A box and its database, in which other processes see what a test does."""
    with django_db_blocker.unblock():
        yield process
        with connection.cursor() as cursor:
            cursor.execute("truncate editions_edition, foundation_ratecount cascade")
            cursor.execute("truncate foundation_auditevent, foundation_mail cascade")
        connection.close()


@pytest.fixture
def seminar(box):
    seminar = make_seminar(make_edition(2023))
    Room.objects.create(seminar=seminar)
    return seminar


@pytest.fixture
def watch(box, seminar):
    """Open streams as a browser's EventSource does; they are closed at the end."""
    readers = []

    def open_one(after=0, **headers):
        readers.append(Reader(box, seminar, after, **headers))
        return readers[-1]

    yield open_one
    for reader in readers:
        reader.socket.close()


def shown(seminar, question, person_name):
    return actions.show_question(
        seminar=seminar, question_id=question.pk, version=0, person_name=person_name, now=LIVE
    )


def pending(seminar, text):
    guest = actions.Guest(text.encode().ljust(32, b"."), text.encode().ljust(32, b"n"))
    asked = actions.Asked(text, "", None, "en")
    return actions.ask_question(seminar=seminar, guest=guest, asked=asked, now=LIVE, award_now=LIVE)


def show(seminar, text):
    return shown(seminar, pending(seminar, text), "Mo")


class Reader:
    """A browser's EventSource, as far as it reads."""

    def __init__(self, box, seminar, after=0, **headers):
        self.socket = socket.create_connection(("127.0.0.1", box.port), timeout=10)
        lines = [f"GET /live/{seminar.pk}?after={after} HTTP/1.1", "Host: localhost"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self.got = b""

    def until(self, text, seconds=10):
        """Everything that came until `text` did."""
        end = time.monotonic() + seconds
        while text.encode() not in self.got:
            assert time.monotonic() < end, self.got
            more = self.socket.recv(65_536)
            assert more, self.got
            self.got += more
        return self.got.decode()

    def closed(self):
        """Whether the stream ended; waits for it."""
        while more := self.socket.recv(65_536):
            self.got += more
        return True


def numbers(text):
    return [int(line[4:]) for line in text.splitlines() if line.startswith("id: ")]


def test_reader_is_told_of_a_question_that_is_shown_and_of_nothing_else(box, seminar, watch):
    reader = watch(Origin=SITE)
    head = reader.until("votes")
    shown = show(seminar, "Who pays?")
    told = reader.until("Who pays?")

    assert f"access-control-allow-origin: {SITE}" in head
    assert "text/event-stream" in head
    assert numbers(told) == [1]
    assert json.loads(told.split("event: question\ndata: ")[1].split("\n")[0])["id"] == shown.pk


def at_once(*deeds):
    """Do all in threads of their own; return what each gave or raised."""

    def run(deed):
        try:
            return deed()
        except Refusal as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_deeds_of_many_at_once_are_told_in_order_and_without_a_gap(watch, seminar):
    reader = watch()
    reader.until("votes")
    questions = [pending(seminar, f"question {n}") for n in range(6)]

    at_once(*[partial(shown, seminar, question, "Mo") for question in questions])

    assert numbers(reader.until("id: 6\n")) == [1, 2, 3, 4, 5, 6]


def test_of_two_moderators_at_one_moment_one_is_told_of_the_other(box, seminar):
    question = pending(seminar, "Who pays?")

    results = at_once(*[partial(shown, seminar, question, name) for name in ("Mo", "Li")])

    assert results.count(ChangedMeanwhile) == 1
    assert Question.objects.get().version == 1


def test_one_person_voting_in_many_tabs_at_once_counts_once(box, seminar):
    question = show(seminar, "Who pays?")
    vote = partial(
        actions.vote_for_question,
        question_id=question.pk,
        guest=actions.Guest(b"v" * 32, b"n" * 32),
        wanted=True,
        now=LIVE,
    )

    assert at_once(vote, vote, vote, vote) == [2, 2, 2, 2]
    assert Question.objects.get().vote_count == 2


def test_another_site_may_not_read(box, seminar, watch):
    assert "access-control-allow-origin" not in watch(Origin="https://elsewhere.example").until(
        "votes"
    )


def test_reader_that_comes_back_misses_nothing_across_a_kill_of_the_process(box, seminar, watch):
    show(seminar, "one")
    reader = watch()
    assert numbers(reader.until("one")) == [1]
    box.kill()
    show(seminar, "two")
    show(seminar, "three")
    box.start()

    again = watch(Last_Event_ID="1")
    told = again.until("three")
    show(seminar, "four")

    assert numbers(told) == [2, 3]
    assert numbers(again.until("four")) == [2, 3, 4]


def test_reader_far_behind_is_told_to_load_the_page(box, seminar, watch):
    Room.objects.update(last_number=2_000)

    assert "event: reload" in watch(after=3).until("votes")


def test_votes_are_told_together_and_without_a_number(box, seminar, watch):
    question = show(seminar, "Who pays?")
    reader = watch()
    reader.until("votes")
    for voter in (b"a", b"b", b"b"):
        actions.vote_for_question(
            question_id=question.pk,
            guest=actions.Guest(voter * 32, b"n" * 32),
            wanted=True,
            now=LIVE,
        )

    told = reader.until(f'event: votes\ndata: {{"{question.pk}":3}}')

    assert numbers(told) == [1]


def test_stream_survives_a_lost_database_connection(box, seminar, watch):
    reader = watch()
    reader.until("votes")
    url = os.environ["LAURELS_TEST_SERVER"].format("postgres")
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = %s and query ilike '%%seminar%%' and pid <> %s",
            [connection.settings_dict["NAME"], connection.connection.info.backend_pid],
        )
    show(seminar, "after the restart")

    assert numbers(reader.until("after the restart")) == [1]


def test_process_stops_at_once_though_streams_are_open(box, seminar, watch):
    readers = [watch() for _ in range(5)]
    for reader in readers:
        reader.until("votes")
    started = time.monotonic()
    box.stop()
    took = time.monotonic() - started
    box.start()

    assert took < 2.5
    assert all(reader.closed() for reader in readers)


def test_asking_now_and_then_tells_the_same(box, seminar):
    question = show(seminar, "Who pays?")

    whole = box.get(f"/live/{seminar.pk}/messages?after=0").json
    nothing = box.get(f"/live/{seminar.pk}/messages?after=1").json

    assert (whole["last"], whole["reload"]) == (1, False)
    assert [message["body"]["text"] for message in whole["messages"]] == ["Who pays?"]
    assert nothing == {
        "last": 1,
        "reload": False,
        "votes": {str(question.pk): 1},
        "messages": [],
    }


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/live/999", 404), ("GET", "/live/x", 404), ("POST", "/live/1", 405)],
)
def test_what_is_not_there_is_refused(box, method, path, status):
    assert box.request(method, path).status == status


def test_no_pending_question_is_told(box, seminar, watch):
    guest = actions.Guest(b"g" * 32, b"n" * 32)
    asked = actions.Asked("a secret", "", None, "en")
    actions.ask_question(seminar=seminar, guest=guest, asked=asked, now=LIVE, award_now=LIVE)
    show(seminar, "shown")

    assert "a secret" not in watch().until("shown")
    assert Question.objects.count() == 2


def at(minute):
    return STARTS_AT + timedelta(minutes=minute)


def real(minute):
    """Minutes since 1970."""
    return int(at(minute).timestamp()) // 60


def own_address():
    return os.environ["LAURELS_TEST_SERVER"].format(connection.settings_dict["NAME"])


def keep(*counts):
    async def keep_all():
        archive = Archive(own_address())
        kept = [await archive.keep_headcount(*each) for each in counts]
        await archive.close()
        return kept

    return in_a_loop_of_its_own(keep_all())


def test_greatest_count_of_a_minute_is_kept_whoever_counts_and_restarts(seminar):
    # The process is started again in the midst of the minute, and counts those who are back.
    kept = keep((seminar.pk, real(5), 40))
    kept += keep((seminar.pk, real(5), 12), (seminar.pk, real(5), 38), (seminar.pk, real(6), 41))

    assert kept == [True] * 4
    assert Headcount.objects.by_minute(seminar) == {at(5): 40, at(6): 41}


def test_nothing_is_kept_out_of_the_hours_of_a_room_nor_of_one_that_is_cancelled(seminar):
    counts = [(seminar.pk, real(minute), 9) for minute in (-16, -15, 119, 120)]

    assert keep(*counts, (0, real(1), 9)) == [False, True, True, False, False]
    seminar.cancelled_at = at(-60)
    seminar.save()
    assert keep((seminar.pk, real(3), 9)) == [False]


def test_hub_counts_those_whose_line_stands(seminar):
    type(seminar).objects.update(starts_at=at(0), ends_at=at(60 * 24 * 365 * 30))

    async def watch():
        hub = Hub(StreamSettings(own_address(), "", heartbeat_seconds=0.1))
        room = await hub.room(seminar.pk)
        lines = [Line() for _ in range(3)]
        for page, line in enumerate(lines, 1):
            await hub.watch(room, line, 0, page)
        lines[0].is_cut = True
        await asyncio.sleep(0.6)
        pages = {reader.page for reader in room.readers}
        await hub.stop()
        return pages

    assert in_a_loop_of_its_own(watch()) == {2, 3}
    # The first count may fall into the moment in which the line is not yet known to be cut.
    assert Headcount.objects.first().people in {2, 3}
