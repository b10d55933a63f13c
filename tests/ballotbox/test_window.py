"""When ballots are taken: before the opening, at the close, and in the race between the two."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings

from laurels.ballotbox import actions, rules
from laurels.ballotbox.queries import LogIsBehind
from laurels.foundation import clock
from tests.ballotbox.audit import assert_log_is_sound
from tests.factories.ballotbox import NOW, STEP, make_poll


@pytest.fixture
def past_poll(committed, slug):
    """A poll of 5 November 2023, on an award clock that shows 09:03 of that day."""
    clock.start(slug, NOW)
    return make_poll(settings.KEYS, now=NOW, slug=slug, clock_name=slug)


def test_ballot_before_the_opening_is_refused(box, committed, slug):
    later = clock.now() + timedelta(days=1)
    poll = make_poll(settings.KEYS, now=later, slug=slug, opens_at=rules.rounded_down(later))

    reply = box.cast(slug, poll.cast())

    assert (reply.status, reply.code) == (403, "not-open-yet")
    assert not poll.election.entries.ballots().exists()


def test_ballot_after_the_closing_time_is_refused_even_before_the_close(box, past_poll, slug):
    clock.advance(slug, past_poll.election.closing_at)

    reply = box.cast(slug, past_poll.cast())

    assert (reply.status, reply.code) == (403, "vote-closed")
    assert not past_poll.election.entries.ballots().exists()


def test_ballot_carries_the_time_of_the_award_clock(box, past_poll, slug, sequencer):
    reply = box.cast(slug, past_poll.cast())
    sequencer.drain()

    assert json.loads(reply.json["leaf"])["at"] == "2023-11-05T09:00:00Z"
    promised = rules.time_of("2023-11-05T09:03:07Z").timestamp() + 600
    assert promised <= reply.json["deadline"] < promised + 60
    assert_log_is_sound(past_poll.election)


def test_deadline_is_never_after_closing_time_and_grace(box, committed, slug, sequencer):
    clock.start(slug, NOW)
    closes_at = rules.rounded_down(NOW) + STEP
    poll = make_poll(
        settings.KEYS,
        now=NOW,
        slug=slug,
        clock_name=slug,
        closes_at=closes_at,
        grace_seconds=60,
    )

    reply = box.cast(slug, poll.cast())
    sequencer.drain()

    assert reply.json["deadline"] == closes_at.timestamp() + 60
    assert_log_is_sound(poll.election)


def test_lost_answer_is_given_again_after_the_close(box, past_poll, slug, sequencer):
    ballot = past_poll.cast()
    first = box.cast(slug, ballot)
    clock.advance(slug, past_poll.election.closing_at)
    actions.close_ballots(election=past_poll.election, now=clock.award_now(slug))
    sequencer.drain()

    again, other = box.cast(slug, ballot), box.cast(slug, past_poll.cast())

    assert again.body == first.body
    assert (other.status, other.code) == (403, "vote-closed")
    assert assert_log_is_sound(past_poll.election)["state"] == "closed"


def test_extension_takes_effect_when_it_is_in_the_log(box, past_poll, slug, sequencer):
    election = past_poll.election
    old, new = election.closing_at, election.closing_at + 6 * STEP
    clock.advance(slug, old - STEP)
    leaf = past_poll.extend_leaf(clock.award_now(slug), new)
    actions.stage_entry(election=election, leaf=leaf)

    with pytest.raises(LogIsBehind):
        actions.close_ballots(election=election, now=old)
    sequencer.drain()
    clock.advance(slug, old + STEP)
    reply = box.cast(slug, past_poll.cast())
    sequencer.drain()

    assert reply.status == 200, reply.body
    with pytest.raises(actions.VoteIsStillOpen):
        actions.close_ballots(election=election, now=old + STEP)
    actions.close_ballots(election=election, now=new)
    sequencer.drain()
    assert assert_log_is_sound(election)["state"] == "closed"


def test_extension_that_the_log_refuses_prolongs_nothing(box, past_poll, slug, sequencer):
    election = past_poll.election
    old = election.closing_at
    clock.advance(slug, old - STEP)
    leaf = json.loads(past_poll.extend_leaf(clock.award_now(slug), old + STEP))
    leaf["signatures"][0]["sig"] = leaf["signatures"][1]["sig"]
    entry = actions.stage_entry(
        election=election,
        leaf=json.dumps(leaf, sort_keys=True, separators=(",", ":")).encode(),
    )
    sequencer.drain()
    clock.advance(slug, old)

    reply = box.cast(slug, past_poll.cast())

    assert entry.rejection.code == "extend-signature"
    assert (reply.status, reply.code) == (403, "vote-closed")
    election.refresh_from_db()
    assert election.closing_at == old


def test_nothing_promised_falls_behind_a_close_that_races_with_casts(
    box, past_poll, slug, sequencer
):
    election, closing_at = past_poll.election, past_poll.election.closing_at
    ballots = [past_poll.cast() for _ in range(400)]
    half_way = threading.Semaphore(0)

    def cast(ballot):
        reply = box.cast(slug, ballot)
        half_way.release()
        return reply

    with ThreadPoolExecutor(24) as voters:
        casts = [voters.submit(cast, ballot) for ballot in ballots]
        for _ in range(120):
            half_way.acquire()
        # The box's clock still shows an open vote: only the lock stands between the two.
        close = actions.close_ballots(election=election, now=closing_at)
        replies = [done.result() for done in casts]
    sequencer.drain()

    promised = [reply for reply in replies if reply.status == 200]
    refused = {reply.code for reply in replies if reply.status != 200}
    assert len(promised) >= 120
    assert refused == {"vote-closed"}
    assert json.loads(bytes(close.leaf))["ballots"] == len(promised)
    assert max(election.entries.ballots().values_list("pk", flat=True)) < close.pk
    report = assert_log_is_sound(election)
    assert (report["state"], report["counts"]["received"]) == ("closed", len(promised))
