import pytest

from laurels.ballotbox.models import Candidate
from laurels.results.log_reading import Outcome
from laurels.results.standings import lead, standings

CITIES = [Candidate(number=number, name=name) for number, name in enumerate("ABC", 1)]


def outcome(totals, winners, counted=10):
    return Outcome(
        counts={"counted": counted},
        totals=totals,
        totals_with_voids=totals,
        winners=winners,
        winners_with_voids=winners,
    )


def test_standings_rank_by_votes_with_shares_and_widths():
    ranked = standings(outcome({1: 2, 2: 8, 3: 4}, [2]), CITIES)

    assert [
        (each.place, each.candidate.name, each.votes, each.share, each.width, each.is_winner)
        for each in ranked
    ] == [(1, "B", 8, 80.0, 100, True), (2, "C", 4, 40.0, 50, False), (3, "A", 2, 20.0, 25, False)]
    assert lead(ranked) == 4


def test_standings_put_the_winner_by_lot_first_and_share_the_place():
    ranked = standings(outcome({1: 5, 2: 5, 3: 5}, [3]), CITIES)

    assert [(each.place, each.candidate.name) for each in ranked] == [(1, "C"), (1, "A"), (1, "B")]
    assert lead(ranked) == 0


def test_standings_of_no_ballots_divide_by_nothing():
    ranked = standings(outcome({1: 0, 2: 0, 3: 0}, [], counted=0), CITIES)

    assert [(each.share, each.width) for each in ranked] == [(0.0, 0)] * 3


@pytest.mark.parametrize("count", [0, 1])
def test_lead_of_one_city_is_none(count):
    assert lead(standings(outcome({1: count}, []), CITIES[:1])) is None
