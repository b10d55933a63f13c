from dataclasses import replace
from datetime import timedelta

import pytest

from laurels.results import rules
from laurels.results.enums import State, Step
from laurels.results.rules import Facts, Missing, StepRefused
from tests.factories.results import BEFORE, CEREMONY, CLOSES, OPENS

DRAFT = Facts(
    opens_at=OPENS,
    closing_at=CLOSES,
    ceremony_at=CEREMONY,
    candidates=15,
    trustees=3,
    reviewers=3,
    institutions=3,
)
REHEARSED = replace(DRAFT, has_rehearsal=True)
OPEN = replace(REHEARSED, has_manifest=True)
CLOSED = replace(OPEN, has_close=True)
FROZEN = replace(CLOSED, has_freeze=True)
UNLINKED = replace(FROZEN, has_unlinked=True)
OPENED = replace(UNLINKED, keys_published=3)
RESULT = replace(OPENED, has_result=True)
REVEALED = replace(RESULT, is_revealed=True)
LIFE = [DRAFT, REHEARSED, OPEN, CLOSED, FROZEN, UNLINKED, OPENED, RESULT, REVEALED]
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("facts", "state"), list(zip(LIFE, State, strict=True)))
def test_state_follows_from_the_facts(facts, state):
    assert rules.state(facts) == state


def test_state_with_one_key_missing_is_not_opened():
    assert rules.state(replace(UNLINKED, keys_published=2)) == State.UNLINKED


@pytest.mark.parametrize(("facts", "step"), list(zip(LIFE, [*Step, None], strict=True)))
def test_next_step_is_one_after_the_other(facts, step):
    assert rules.next_step(facts) == step


@pytest.mark.parametrize(
    ("step", "facts", "now"),
    [
        (Step.REHEARSE, DRAFT, BEFORE),
        (Step.OPEN, REHEARSED, OPENS),
        (Step.CLOSE, OPEN, CLOSES),
        (Step.FREEZE, CLOSED, CLOSES),
        (Step.UNLINK, FROZEN, CLOSES),
        (Step.OPEN_KEYS, UNLINKED, CEREMONY),
        (Step.COUNT, OPENED, CEREMONY),
        (Step.REVEAL, RESULT, CEREMONY),
    ],
)
def test_nothing_is_missing_where_all_is_there(step, facts, now):
    assert rules.missing_for(step, facts, now) == []


@pytest.mark.parametrize(
    ("step", "facts", "now", "moment"),
    [
        (Step.OPEN, REHEARSED, OPENS + SECOND, OPENS),
        (Step.CLOSE, OPEN, CLOSES - SECOND, CLOSES),
        (Step.OPEN_KEYS, UNLINKED, CEREMONY - SECOND, CEREMONY),
    ],
)
def test_a_step_out_of_its_time_names_the_moment(step, facts, now, moment):
    [missing] = rules.missing_for(step, facts, now)

    assert missing.moment == moment


@pytest.mark.parametrize("skipped", LIFE[:-2])
def test_a_step_out_of_order_names_the_one_before(skipped):
    following = rules.next_step(skipped)
    after = list(Step)[list(Step).index(following) + 1]

    assert rules.missing_for(after, skipped, CEREMONY) == [
        Missing(f"First comes: “{following.label}”.")
    ]


def test_a_step_that_is_done_waits_for_nothing():
    assert rules.missing_for(Step.CLOSE, FROZEN, BEFORE) == []
    assert rules.is_done(Step.CLOSE, FROZEN)


def test_a_draft_without_people_names_each_kind_that_is_missing():
    bare = replace(DRAFT, candidates=0, trustees=0, reviewers=2, institutions=1)

    assert len(rules.missing_for(Step.REHEARSE, bare, BEFORE)) == 3


@pytest.mark.parametrize(("step", "facts"), [(Step.FREEZE, CLOSED), (Step.UNLINK, FROZEN)])
def test_entries_on_their_way_hold_the_step_back(step, facts):
    waiting = replace(facts, entries_waiting=2)

    assert rules.missing_for(step, waiting, CLOSES) == [
        Missing("2 entries still wait for their place in the log. Try again in a moment.")
    ]


def test_check_says_all_that_is_missing_in_one_sentence_each():
    with pytest.raises(StepRefused) as refusal:
        rules.check(Step.CLOSE, OPEN, BEFORE)

    assert str(refusal.value) == (
        "The vote is still open. It can be closed from: 2023-11-30 16:00 UTC."
    )
