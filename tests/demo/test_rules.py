from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest

from laurels.demo import rules
from laurels.demo.enums import Stop
from tests.factories.results import CEREMONY, CLOSES, OPENS

NUMBERS = list(range(1, 16))
CROWD = rules.arrivals(seed=b"seed", opens_at=OPENS, closes_at=CLOSES, candidates=NUMBERS, most=3)


def test_arrivals_are_the_same_for_the_same_seed_only():
    told = {"opens_at": OPENS, "closes_at": CLOSES, "candidates": NUMBERS, "most": 3}

    assert rules.arrivals(seed=b"seed", **told) == CROWD
    assert rules.arrivals(seed=b"other", **told) != CROWD


def test_arrivals_come_in_order_and_within_the_vote():
    assert all(one.at <= other.at for one, other in pairwise(CROWD))
    assert CROWD[0].at >= OPENS
    assert CROWD[-1].at < CLOSES


def test_arrivals_are_about_two_thousand_with_some_who_vote_twice():
    times = Counter(arrival.address for arrival in CROWD)

    assert len(times) == rules.VOTERS
    assert 20 <= sum(count == 2 for count in times.values()) <= 100
    assert max(times.values()) == 2


def test_nobody_changes_a_vote_near_the_close():
    seen = set()
    changes = [each for each in CROWD if each.address in seen or seen.add(each.address)]

    assert all(change.at < CLOSES - rules.LAST_CHANGE for change in changes)


def test_picks_are_one_to_three_distinct_candidates_but_for_the_few_spoiled():
    spoiled = [each for each in CROWD if not set(each.picks) <= set(NUMBERS)]
    valid = [each.picks for each in CROWD if set(each.picks) <= set(NUMBERS)]

    assert 0 < len(spoiled) < 15
    assert {len(picks) for picks in valid} == {1, 2, 3}
    assert all(len(set(picks)) == len(picks) for picks in valid)


def test_every_address_is_in_a_domain_that_cannot_exist():
    assert {arrival.address.partition("@")[2] for arrival in CROWD} == {"demo.example"}


@pytest.mark.parametrize("share", [0.0, 0.01, 0.25, 0.5, 0.9, 1.0])
def test_the_curve_and_its_inverse_agree(share):
    assert rules.share_arrived(rules.hours_until(share)) == pytest.approx(share)


def test_the_curve_has_half_of_the_petition_on_its_first_day():
    assert rules.share_arrived(24) == pytest.approx(0.5568, abs=0.0001)
    assert rules.share_arrived(720) == 1.0


def test_stops_behind_the_clock_are_left_out():
    moments = {
        Stop.FIRST_SEMINAR: OPENS + timedelta(days=6),
        Stop.PAST_THE_CLOSE: CLOSES + timedelta(minutes=15),
        Stop.CEREMONY: CEREMONY,
    }

    assert [stop for stop, _moment in rules.stops_ahead(moments, CLOSES)] == [
        Stop.PAST_THE_CLOSE,
        Stop.CEREMONY,
    ]
    assert rules.stops_ahead(moments, CEREMONY) == []
