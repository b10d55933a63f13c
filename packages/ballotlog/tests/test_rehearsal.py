from ballotlog.rehearsal import rehearse
from elections import template

COUNTS = {"received": 15, "counted": 8, "superseded": 4, "duplicate": 1, "void": 1, "spoiled": 1}


def test_a_rehearsal_shows_every_class_of_ballot_and_agrees_with_the_voters():
    rehearsal = rehearse(template(), ballots=10)

    assert rehearsal.agrees
    assert rehearsal.report["counts"] == COUNTS
    assert rehearsal.report["state"] == "result"
    assert rehearsal.report["warnings"] == []
    assert rehearsal.report["receipts"] == [{"index": 11, "status": "counted"}]


def test_a_rehearsal_without_reviewers_witnesses_or_extension_is_one_too():
    plain = template(
        reviewers=[],
        witnesses=[],
        quorum={"open": 0, "final": 0},
        closes_latest="2026-03-09T00:00:00Z",
    )

    rehearsal = rehearse(plain, ballots=2)

    assert rehearsal.agrees
    assert rehearsal.report["counts"]["counted"] == 2
    assert rehearsal.report["warnings"] == [{"code": "no-witnesses", "index": None}]


def test_nobody_votes_and_the_rehearsal_still_ends():
    rehearsal = rehearse(template(), ballots=0)

    assert rehearsal.agrees
    assert rehearsal.report["winners"] == []
