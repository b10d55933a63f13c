from collections import Counter

from ballotlog import result
from ballotlog.ballots import Votes
from ballotlog.ceremony import Ceremony
from elections import template

SEALED = result.Counts(10, None, 1, 1, 1, None)


def tallied(tie, seats, votes):
    manifest = Ceremony(template(tie=tie, seats=seats)).manifest
    return result.tally(manifest, 5, SEALED, Votes(Counter(votes), Counter({3: 2}), 2))


def test_every_ballot_is_counted_once():
    tally = tallied("lot", 1, {1: 5})

    assert tally.counts == result.Counts(10, 5, 1, 1, 1, 2)
    assert tally.totals == [[1, 5], [2, 0], [3, 0], [20, 0], [300, 0]]
    assert tally.totals_with_voids == [[1, 5], [2, 0], [3, 2], [20, 0], [300, 0]]


def test_without_votes_nobody_wins():
    assert tallied("shared", 2, {}).winners == []
    assert tallied("lot", 2, {}).winners == []
    assert tallied("lot", 2, {}).winners_with_voids == [3]


def test_a_shared_last_seat_goes_to_all_who_tie_for_it():
    assert tallied("shared", 2, {1: 2, 2: 5, 3: 2, 300: 2}).winners == [2, 1, 3, 300]
    assert tallied("shared", 2, {1: 2, 2: 5, 3: 3}).winners == [2, 3]


def test_a_result_entry_holds_the_tally(ceremony):
    ceremony.close()
    ceremony.freeze()
    ceremony.unlink("Gone.")
    ceremony.open()

    ceremony.append(result.result_leaf(ceremony.next_at(), ceremony.checker.tally()))

    assert ceremony.checker.state == "result"


def test_a_lot_is_drawn_from_the_opening_key():
    manifest = Ceremony(template(seats=1)).manifest
    totals = [[1, 2], [2, 2], [3, 2]]

    drawn = {tuple(result.winners(manifest, key, totals)) for key in range(1, 60)}

    assert drawn == {(1,), (2,), (3,)}
