"""How many are in a room, minute by minute: counted, kept, drawn and exported."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import psycopg
import pytest

from laurels.seminars import rules
from laurels.seminars.models import Headcount
from laurels.seminars.rules.headcounts import Minute
from laurels.seminars.stream.presence import Presence
from laurels.seminars.stream.rooms import Reader, Room
from tests.factories.loops import in_a_loop_of_its_own
from tests.factories.rooms import make_moderator, make_room
from tests.factories.seminars import STARTS_AT
from tests.fakes.reader_line import Line
from tests.html import plain

HERE = "/seminars/2023/1/"
MINUTE = timedelta(minutes=1)


def at(minute, second=0):
    return STARTS_AT + timedelta(minutes=minute, seconds=second)


def keep(seminar, counts):
    Headcount.objects.bulk_create(
        [Headcount(seminar=seminar, minute=at(number), people=n) for number, n in counts.items()]
    )


class Notebook:
    """Keeps headcounts as the archive does; without a database where `is_down`."""

    def __init__(self):
        self.kept, self.is_down = {}, False

    async def keep_headcount(self, _seminar, minute, people):
        if self.is_down:
            raise psycopg.OperationalError
        self.kept[minute] = max(self.kept.get(minute, 0), people)
        return True


def room_of(*pages):
    room = Room(1, last=0)
    room.readers = {Reader(Line(), 0, 1, page) for page in pages}
    return room


def test_pages_that_stream_and_pages_that_ask_are_counted_once_each():
    presence = Presence(notebook := Notebook())
    # 7 streams anew while its old stream is not known to be dead; 0 is a desk.
    room = room_of(5, 6, 7, 7, 0)
    for page in (7, 8, 8, 0):
        presence.note(1, page)

    presence.count({1: room}, 3)
    presence.count({1: room_of(5)}, 3)
    presence.count({}, 4)
    in_a_loop_of_its_own(presence.write())

    assert notebook.kept == {3: 4, 4: 0}


def test_minute_waits_for_a_database_that_does_not_answer():
    presence = Presence(notebook := Notebook())
    notebook.is_down = True
    for minute in range(3):
        presence.count({1: room_of(*range(1, minute + 2))}, minute)
        in_a_loop_of_its_own(presence.write())
    notebook.is_down = False

    in_a_loop_of_its_own(presence.write())

    assert notebook.kept == {0: 1, 1: 2, 2: 3}


# Rules.


def staying_of(counts):
    seminar = make_seminar_in_memory()
    return rules.staying(seminar, rules.minutes_of(seminar, {at(n): p for n, p in counts.items()}))


def make_seminar_in_memory():
    from laurels.seminars.models import Seminar

    return Seminar(starts_at=at(0), ends_at=at(90))


@pytest.mark.parametrize(
    ("counts", "figures"),
    [
        ({}, None),
        ({0: 0}, None),
        ({10: 8, 11: 8, 45: 6, 89: 2}, (8, 10, 6, 2, 75, 25)),
        ({10: 8, 89: 0}, (8, 10, None, 0, None, 0)),
        ({-3: 4, 45: 4}, (4, -3, 4, None, 100, None)),
    ],
)
def test_staying_is_told_of_the_most_at_once_of_half_time_and_of_the_end(counts, figures):
    found = staying_of(counts)

    assert figures == (
        found
        and (
            found.most,
            (found.most_at - STARTS_AT) // MINUTE,
            found.half,
            found.end,
            found.half_share,
            found.end_share,
        )
    )


def test_minutes_that_nobody_counted_are_told_apart_from_empty_ones():
    seminar = make_seminar_in_memory()
    seminar.ends_at = at(4)

    minutes = rules.minutes_of(seminar, {at(-1): 2, at(0): 3, at(2): 0})

    assert [(each.number, each.people) for each in minutes] == [
        (-1, 2),
        (0, 3),
        (1, None),
        (2, 0),
        (3, None),
    ]
    picture = rules.curve(seminar, minutes, rules.parts_of([("Kazan", 2), ("Wuhan", 2)], []))
    assert picture.areas == ["M0 160V53.3H120V0H240V160Z", "M360 160V160H480V160Z"]
    assert (picture.start, picture.length) == (120, 480)
    assert picture.ticks == [(120, 0)]
    assert picture.parts == [(120, 1), (360, 2)]


@pytest.mark.parametrize(
    ("planned", "chapters", "begins"),
    [
        ([("a", 20), ("b", 30), ("c", 10)], [], [0, 20, 50]),
        ([("a", 20), ("b", None), ("c", 10)], [], [0, 20]),
        ([("a", None), ("b", 20)], [], []),
        ([("a", 20), ("b", 30)], [("b", 65), ("a", 1500)], [1, 25]),
    ],
)
def test_parts_begin_by_chapter_or_as_far_as_the_plan_tells(planned, chapters, begins):
    parts = rules.parts_of(planned, chapters)

    assert [part.minute for part in parts] == begins
    assert {part.is_planned for part in parts} <= {not chapters}


def test_curve_of_an_empty_room_is_no_picture():
    seminar = make_seminar_in_memory()

    assert rules.curve(seminar, [Minute(0, 0), Minute(1, None)], []) is None
    assert rules.minutes_of(seminar, {}) == []


# Pages.


@pytest.fixture
def seminar(db, client, settings):
    settings.DEMO_CLOCKS = {"edition-2023": at(20, 30)}
    seminar = make_room("Cape Town", "Kazan")
    seminar.presentations.update(minutes=25)
    client.force_login(make_moderator(seminar))
    return seminar


def test_afterwards_shows_how_the_room_emptied(client, seminar):
    keep(seminar, {0: 120, 1: 240, 45: 180, 89: 60})

    page = plain(client.get(f"{HERE}afterwards/"))

    assert "<dd>240</dd>" in page
    assert "180 <small>75 %</small>" in page
    assert "60 <small>25 %</small>" in page
    assert page.count('<line class="part"') == 2
    assert '<th scope="row">2</th> <td class="r"> not counted </td>' in page
    assert 'data-from="2023-11-06T12:31:00Z"' in page


def test_headcount_is_exported_with_what_was_not_counted(client, seminar):
    keep(seminar, {0: 3, 2: 1})

    def get(form):
        return client.get(f"{HERE}export/?kind=headcount&format={form}").content

    rows = json.loads(get("json"))
    lines = list(csv.DictReader(io.StringIO(get("csv").decode("utf-8-sig"))))

    assert rows[:3] == [
        {"minute": "2023-11-06T12:30:00+00:00", "minutes_from_start": 0, "people": 3},
        {"minute": "2023-11-06T12:31:00+00:00", "minutes_from_start": 1, "people": None},
        {"minute": "2023-11-06T12:32:00+00:00", "minutes_from_start": 2, "people": 1},
    ]
    assert [line["people"] for line in lines[:3]] == ["3", "", "1"]
    assert len(rows) == len(lines) == 90
    assert get("xlsx").startswith(b"PK")


def test_desk_tells_how_many_are_in_the_room_now_and_no_old_figure(client, seminar):
    keep(seminar, {17: 80})
    assert "In the room now" not in plain(client.get(f"{HERE}desk/"))
    keep(seminar, {19: 70, 20: 64, 21: 99})

    page = plain(client.get(f"{HERE}desk/?columns=1"))

    assert 'In the room now: <b class="num">64</b>' in page
