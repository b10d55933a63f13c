"""Step 7 of SPEC section 8, code by code, through the checker that the sequencer asks."""

from hashlib import sha256

import pytest

from ballotlog import leaves, sealing, texts
from ballotlog.ceremony import Ceremony
from ballotlog.checker import Checker
from ballotlog.errors import LogError
from ballotlog.leaf_schemas import COUNTS
from ballotlog.tiles import read_bundle
from ballotlog.tree import leaf_hash
from ballotlog.values import later
from elections import template

CLOSES = "2026-03-09T00:00:00Z"
TAG = "ab" * 16


def refusal(checker, leaf):
    """(code, index) of what the checker says, having checked that nothing has changed."""
    before = (checker.size, checker.state, checker.last_at, checker.ballot_count)
    with pytest.raises(LogError) as refused:
        checker.check(leaf)
    assert (checker.size, checker.state, checker.last_at, checker.ballot_count) == before
    return refused.value.args


def ballot(ceremony, **changes):
    """A ballot of the first voter; changes are made before the ticket is signed."""
    m = ceremony.manifest
    members = {
        "tag": TAG,
        "serial": 1,
        "grade": "mail",
        "evc": "00" * 32,
        "at": m.opens_at,
        **changes,
    }
    info = texts.ballot_info(m.election, m.hash, members["tag"], members["serial"])
    c = sealing.seal(m.key, info, sealing.encode_picks([1], m.plaintext_size))
    at = members.pop("at")
    text = texts.ticket(m.election, **members, ciphertext_hash=sha256(c).hexdigest())
    return leaves.ballot(**members, at=at, c=c, sig=texts.sign(ceremony.keys.registrar, text))


def closed(ceremony):
    """The index and leaf of a ballot in a closed election."""
    leaf = ballot(ceremony)
    index = ceremony.append(leaf)
    ceremony.close()
    return index, leaf


def opened(ceremony):
    closed(ceremony)
    ceremony.freeze()
    ceremony.unlink("Gone.")
    ceremony.open()


def test_a_log_begins_open_with_its_manifest(ceremony):
    checker = ceremony.checker

    assert (checker.size, checker.state, checker.ballot_count) == (1, "open", 0)
    assert checker.closing_time == CLOSES
    assert checker.opening_key is None
    with pytest.raises(ValueError, match="not all trustees"):
        checker.tally()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"grade": "other"}, "ballot-grade"),
        ({"at": "2026-03-01T23:50:00Z"}, "ballot-too-early"),
        ({"at": CLOSES}, "ballot-too-late"),
    ],
)
def test_ballot_by_itself(ceremony, changes, code):
    assert refusal(ceremony.checker, ballot(ceremony, **changes)) == (code, 1)


def test_ballot_without_a_genuine_ticket(ceremony):
    leaf = ballot(ceremony).replace(b'"evc":"00', b'"evc":"01')

    assert refusal(ceremony.checker, leaf) == ("ticket-signature", 1)


def test_a_day_that_is_in_no_calendar_is_a_matter_of_schema(ceremony):
    leaf = ballot(ceremony).replace(b"2026-03-02", b"2026-02-30")

    assert refusal(ceremony.checker, leaf) == ("leaf-schema", 1)


def test_ballots_of_one_voter(ceremony):
    checker = ceremony.checker
    first, second = ballot(ceremony), ballot(ceremony, serial=2)

    for leaf in (first, first, second, first):
        checker.check(leaf)

    assert [checker.status(i) for i in range(5)] == [
        "not-a-ballot",
        "superseded",
        "duplicate",
        "sealed",
        "duplicate",
    ]
    assert [checker.live(i) for i in range(5)] == [False, False, False, True, False]
    assert checker.freeze_count_and_bitmap() == (1, b"\x08")


def test_entries_that_are_no_acts(ceremony):
    checker = ceremony.checker

    assert refusal(checker, ceremony.manifest_leaf) == ("manifest-twice", 1)
    assert refusal(checker, b'{"at":1,"t":"vote"}') == ("leaf-type", 1)
    assert refusal(checker, b'{"at":"2026-03-02T00:00:00Z","t":"notice"}') == ("leaf-schema", 1)
    long = leaves.notice(at="2026-03-02T00:00:00Z", text="x" * 4096)
    assert refusal(checker, long) == ("leaf-too-large", 1)


def test_time_does_not_run_backwards(ceremony):
    ceremony.append(leaves.notice(at="2026-03-03T00:00:01Z", text="A notice."))
    ceremony.append(leaves.notice(at="2026-03-03T00:00:01Z", text="At the same time."))

    earlier = leaves.notice(at="2026-03-03T00:00:00Z", text="Earlier.")

    assert refusal(ceremony.checker, earlier) == ("time-backwards", 3)


def extension(ceremony, *, at, closes_at, reviewers=(0, 1), text=None):
    text = text or texts.extend(ceremony.manifest.election, closes_at, "Outage.")
    keys = ceremony.keys.reviewers
    signatures = {i: texts.sign(keys[min(i, 2)], text) for i in reviewers}
    return leaves.extend(at=at, closes_at=closes_at, reason="Outage.", signatures=signatures)


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"at": "2026-03-09T00:10:00Z"}, "extend-time"),
        ({"closes_at": CLOSES}, "extend-time"),
        ({"closes_at": "2026-03-09T01:10:00Z"}, "extend-time"),
        ({"reviewers": (0, 3)}, "extend-reviewers"),
        ({"text": b"another text"}, "extend-signature"),
    ],
)
def test_extension(ceremony, members, code):
    good = {"at": "2026-03-09T00:09:59Z", "closes_at": "2026-03-09T01:00:00Z"}

    assert refusal(ceremony.checker, extension(ceremony, **good | members)) == (code, 1)

    ceremony.append(extension(ceremony, **good))
    assert ceremony.checker.closing_time == "2026-03-09T01:00:00Z"
    ceremony.append(ballot(ceremony, at="2026-03-09T00:50:00Z"))
    assert refusal(ceremony.checker, leaves.close(at="2026-03-09T00:59:59Z", ballots=1))[0] == (
        "close-too-early"
    )


def test_reviewers_of_one_institution_are_one(ceremony):
    same = [{"name": f"R{i}", "institution": "One house"} for i in (1, 2)]
    alike = Ceremony(template(reviewers=same))

    with pytest.raises(LogError, match="extend-reviewers"):
        alike.extend("2026-03-09T01:00:00Z", "Outage.")


def test_close(ceremony):
    checker = ceremony.checker
    ceremony.append(ballot(ceremony))

    assert refusal(checker, leaves.close(at=later(CLOSES, -1), ballots=1)) == ("close-too-early", 2)
    assert refusal(checker, leaves.close(at=CLOSES, ballots=2)) == ("close-count", 2)

    ceremony.close()

    assert checker.state == "closed"
    assert refusal(checker, leaves.close(at=CLOSES, ballots=1)) == ("close-twice", 3)
    assert refusal(checker, ballot(ceremony, serial=2)) == ("ballot-after-close", 3)
    late = extension(ceremony, at=CLOSES, closes_at="2026-03-09T01:00:00Z")
    assert refusal(checker, late) == ("extend-after-close", 3)


def voiding(ceremony, index, leaf, *, rule="A.1", back=False, reviewers=(0, 1)):
    build, write = (leaves.unvoid, texts.unvoid) if back else (leaves.void, texts.void)
    text = write(ceremony.manifest.election, index, leaf_hash(leaf), rule, "00" * 32)
    signatures = {i: texts.sign(ceremony.keys.reviewers[min(i, 2)], text) for i in reviewers}
    at = ceremony.next_at()
    return build(at=at, index=index, rule=rule, evidence="00" * 32, signatures=signatures)


def test_voids(ceremony):
    checker = ceremony.checker
    leaf = ballot(ceremony)
    early = voiding(ceremony, 0, leaf)
    assert refusal(checker, early) == ("void-before-close", 1)
    index, leaf = closed(ceremony)

    assert refusal(checker, voiding(ceremony, 0, leaf)) == ("void-target", 3)
    assert refusal(checker, voiding(ceremony, 3, leaf)) == ("void-target", 3)
    assert refusal(checker, voiding(ceremony, 0, leaf, back=True)) == ("void-target", 3)
    assert refusal(checker, voiding(ceremony, index, leaf, back=True))[0] == "unvoid-without-void"
    assert refusal(checker, voiding(ceremony, index, leaf, rule="B.1"))[0] == "void-rule"
    assert refusal(checker, voiding(ceremony, index, leaf, reviewers=(1, 3)))[0] == "void-reviewers"
    assert refusal(checker, voiding(ceremony, index, b"other"))[0] == "void-signature"

    ceremony.append(voiding(ceremony, index, leaf))
    assert checker.status(index) == "void"
    assert checker.freeze_count_and_bitmap() == (0, b"\0")
    assert refusal(checker, voiding(ceremony, index, leaf)) == ("void-twice", 4)

    ceremony.append(voiding(ceremony, index, leaf, back=True))
    assert checker.status(index) == "sealed"
    assert refusal(checker, voiding(ceremony, index, leaf)) == ("void-twice", 5)
    assert refusal(checker, voiding(ceremony, index, leaf, back=True))[0] == "unvoid-without-void"

    ceremony.freeze()
    assert refusal(checker, voiding(ceremony, index, leaf)) == ("void-after-freeze", 6)


def test_freeze(ceremony):
    checker = ceremony.checker
    early = leaves.freeze(at=CLOSES, count=0, bitmap=b"")
    assert refusal(checker, early) == ("freeze-before-close", 1)
    closed(ceremony)
    at = ceremony.next_at()

    assert refusal(checker, leaves.freeze(at=at, count=2, bitmap=b"\2"))[0] == "freeze-mismatch"
    assert refusal(checker, leaves.freeze(at=at, count=1, bitmap=b"\3"))[0] == "freeze-mismatch"

    ceremony.freeze()
    assert checker.state == "frozen"
    assert refusal(checker, leaves.freeze(at=at, count=1, bitmap=b"\2")) == ("freeze-twice", 4)


def test_unlinked_and_open(ceremony):
    checker, scalars = ceremony.checker, ceremony.keys.trustees
    closed(ceremony)
    at = later(CLOSES, 600)
    text = texts.unlinked(ceremony.manifest.election, at, "Gone.")
    registrar = texts.sign(ceremony.keys.registrar, text)

    def unlinked(trustee_sig):
        return leaves.unlinked(
            at=at, statement="Gone.", trustee=0, registrar_sig=registrar, trustee_sig=trustee_sig
        )

    def opening(trustee, scalar):
        return leaves.opening(at=at, trustee=trustee, scalar=scalar)

    assert refusal(checker, unlinked(registrar)) == ("unlinked-before-freeze", 3)
    assert refusal(checker, opening(0, scalars[0])) == ("open-before-freeze", 3)
    ceremony.freeze()
    assert refusal(checker, opening(0, scalars[0])) == ("open-before-unlinked", 4)
    assert refusal(checker, unlinked(registrar)) == ("unlinked-signature", 4)
    ceremony.unlink("Gone.")
    assert refusal(checker, unlinked(registrar)) == ("unlinked-twice", 5)
    assert refusal(checker, opening(0, scalars[1])) == ("open-key-mismatch", 5)
    assert refusal(checker, opening(0, 0)) == ("open-key-mismatch", 5)
    ceremony.append(opening(0, scalars[0]))
    assert checker.state == "frozen"
    assert refusal(checker, opening(0, scalars[0])) == ("open-twice", 6)
    empty = leaves.result(at=at, outcome=NOTHING)
    assert refusal(checker, empty) == ("result-before-open", 6)
    ceremony.append(opening(1, scalars[1]))
    assert checker.state == "opened"
    assert checker.opening_key == sealing.sum_scalars(scalars)


NOTHING = {
    "counts": dict.fromkeys(COUNTS, 0),
    "totals": [],
    "totals_with_voids": [],
    "winners": [],
    "winners_with_voids": [],
}


@pytest.mark.parametrize(
    ("member", "value", "code"),
    [
        ("counts", NOTHING["counts"], "result-counts"),
        ("totals", [[1, 2]], "result-totals"),
        ("totals_with_voids", [], "result-totals"),
        ("winners", [2], "result-winners"),
        ("winners_with_voids", [], "result-winners"),
    ],
)
def test_result(ceremony, member, value, code):
    opened(ceremony)
    outcome = ceremony.checker.tally().as_json()
    wrong = leaves.result(at=ceremony.next_at(), outcome=outcome | {member: value})

    assert refusal(ceremony.checker, wrong) == (code, 7)

    ceremony.result()
    assert ceremony.checker.state == "result"
    again = leaves.result(at=ceremony.next_at(), outcome=outcome)
    assert refusal(ceremony.checker, again) == ("result-twice", 8)


def test_a_log_is_replayed_on_trust_but_not_without_its_order(finished):
    files = finished.files
    size = finished.checker.size
    entries = read_bundle(files.get, 0, size)[1]
    replayed = Checker(entries[0], leaf_at=entries.__getitem__)

    for leaf in entries[1:]:
        replayed.accept(leaf)

    assert replayed.state == "result"
    assert replayed.tally() == finished.checker.tally()
    assert refusal(replayed, entries[1]) == ("ballot-after-close", size)
    fresh = Checker(entries[0])
    with pytest.raises(LogError, match="void-before-close"):
        fresh.accept(entries[finished.checker.size - 6])
