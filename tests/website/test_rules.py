from __future__ import annotations

from datetime import UTC, datetime, timedelta

from laurels.editions.enums import MomentKind
from laurels.website.rules import Reached, edition_path, span_reached
from tests.factories.editions import unsaved_moment

NOON = datetime(2023, 11, 5, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def reached(moments, now=NOON):
    return [str(step.reached) for step in edition_path(moments, now)]


def test_path_is_done_before_now_and_ahead_after():
    moments = [
        unsaved_moment(MomentKind.CALL, NOON - 90 * DAY, NOON - 60 * DAY),
        unsaved_moment(MomentKind.SHORTLIST, NOON - 50 * DAY, NOON - 49 * DAY),
        unsaved_moment(MomentKind.VOTE, NOON - 4 * DAY, NOON + 25 * DAY),
        unsaved_moment(MomentKind.SEMINARS, NOON + DAY, NOON + 4 * DAY),
        unsaved_moment(MomentKind.CEREMONY, NOON + 32 * DAY),
    ]

    assert reached(moments) == ["done", "done", "now", "ahead", "ahead"]


def test_path_takes_a_step_without_a_date_as_done_once_a_later_one_came():
    moments = [unsaved_moment(MomentKind.CEREMONY, NOON - 2 * DAY, NOON - DAY)]

    steps = edition_path(moments, NOON)

    assert [str(step.reached) for step in steps] == ["done"] * 5
    assert [step.moment for step in steps[:-1]] == [None] * 4


def test_path_of_an_edition_without_a_calendar_lies_ahead():
    assert reached([]) == ["ahead"] * 5


def test_span_ends_exactly_when_it_closes():
    assert span_reached(NOON - DAY, NOON, NOON - timedelta(microseconds=1)) is Reached.NOW
    assert span_reached(NOON - DAY, NOON, NOON) is Reached.DONE
    assert span_reached(NOON, None, NOON) is Reached.NOW
    assert span_reached(None, NOON, NOON - DAY) is Reached.AHEAD
