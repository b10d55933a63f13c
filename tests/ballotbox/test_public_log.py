"""What the box shows: the manifest, a ballot's standing, receipts, and the log as files."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.conf import settings

from ballotlog import checkpoints, leaves, receipts, tree
from laurels.ballotbox import actions, rules
from laurels.ballotbox.receipts import look_up
from laurels.ballotbox.replay import checker_of
from laurels.foundation import clock
from tests.ballotbox.audit import assert_log_is_sound
from tests.ballotbox.box_process import SITE, BoxProcess
from tests.ballotbox.conftest import database_url, new_sequencer
from tests.factories.ballotbox import stage_ballots


def hash_of(reply) -> str:
    return tree.leaf_hash(reply.json["leaf"].encode()).hex()


def test_manifest_is_entry_zero_byte_for_byte(box, poll, slug):
    reply = box.get(f"/elections/{slug}/manifest", Origin=SITE)

    assert reply.body == poll.manifest_leaf
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["access-control-allow-origin"] == SITE


@pytest.mark.parametrize("origin", ["null", "https://elsewhere.example", SITE + ".example"])
def test_other_origins_get_no_leave_to_read(box, poll, slug, origin):
    reply = box.get(f"/elections/{slug}/manifest", Origin=origin)

    assert "access-control-allow-origin" not in reply.headers


def test_answers_set_no_cookie_and_may_not_be_framed_or_guessed(box, poll, slug):
    reply = box.cast(slug, poll.cast(), content_type="text/plain")

    assert "set-cookie" not in reply.headers
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["content-security-policy"] == (
        "default-src 'none'; frame-ancestors 'none'"
    )
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["vary"] == "origin"


def test_preflight_is_answered_for_the_site(box, poll, slug):
    reply = box.request("OPTIONS", f"/elections/{slug}/ballots", headers={"Origin": SITE})

    assert (reply.status, reply.body) == (204, b"")
    assert reply.headers["access-control-allow-origin"] == SITE
    assert reply.headers["access-control-allow-methods"] == "POST"


def test_ballot_is_promised_and_then_sealed(box, poll, slug, sequencer):
    reply = box.cast(slug, poll.cast())
    address = f"/elections/{slug}/ballots/{hash_of(reply)}"

    before = box.get(address).json
    sequencer.drain()
    after = box.get(address).json

    known = {
        "leaf_hash": hash_of(reply),
        "number": receipts.receipt_number(bytes.fromhex(hash_of(reply))),
        "at": json.loads(reply.json["leaf"])["at"],
        "deadline": reply.json["deadline"],
        "picks": None,
        "rule": None,
        "superseded_by": None,
    }
    assert before == known | {"index": None, "status": "promised"}
    assert after == known | {"index": 1, "status": "sealed"}


def test_superseded_ballot_names_its_successor_from_the_promise_on(box, poll, slug, sequencer):
    ballot = poll.cast()
    first = box.cast(slug, ballot)
    address = f"/elections/{slug}/ballots/{hash_of(first)}"
    sequencer.drain()
    second = box.cast(slug, poll.cast(tag=ballot["tag"], serial=7))

    promised = box.get(address).json
    sequencer.drain()
    logged = box.get(address).json

    number = receipts.receipt_number(bytes.fromhex(hash_of(second)))
    assert [found["status"] for found in (promised, logged)] == ["superseded"] * 2
    assert promised["superseded_by"] == {"index": None, "number": number}
    assert logged["superseded_by"] == {"index": 2, "number": number}


def test_later_ballot_that_the_sequencer_refused_replaces_nothing(box, poll, slug, sequencer):
    ballot = poll.cast()
    first = box.cast(slug, ballot)
    stage_ballots(poll, 1, clock.now(), tag=ballot["tag"], serial=7, grade="oidc")
    sequencer.drain()

    found = box.get(f"/elections/{slug}/ballots/{hash_of(first)}").json

    assert (found["status"], found["superseded_by"]) == ("sealed", None)


def test_number_that_is_read_out_finds_the_ballot_however_it_is_typed(box, poll, slug, sequencer):
    reply = box.cast(slug, poll.cast())
    sequencer.drain()
    number = receipts.receipt_number(bytes.fromhex(hash_of(reply)))
    typed = [number, number.lower(), number.replace("-", ""), number.replace("0", "o")]

    found = [box.get(f"/elections/{slug}/ballots/by-number/{text}").json for text in typed]

    assert [[ballot["index"] for ballot in hits] for hits in found] == [[1]] * 4
    assert look_up(poll.election, number=number) == found[0]
    assert look_up(poll.election, leaf_hash=hash_of(reply)) == found[0]


def test_unknown_ballots_are_said(box, poll, slug):
    start = f"/elections/{slug}/ballots"
    wrong = [f"{start}/{'0' * 64}", f"{start}/by-number/0000-0000", f"{start}/by-number/UUUU"]

    heard = [(reply.status, reply.code) for reply in map(box.get, wrong)]

    assert heard == [(404, "unknown-ballot")] * 3
    assert look_up(poll.election, number="0000-0000") == []
    assert look_up(poll.election, leaf_hash="no hash") == []


def test_receipt_is_a_proof_that_stands_alone(box, poll, slug, sequencer):
    replies = [box.cast(slug, poll.cast()) for _ in range(5)]
    sequencer.drain()

    text = box.get(f"/elections/{slug}/receipts/{hash_of(replies[2])}").body

    receipt = receipts.parse_receipt(text)
    assert receipt.leaf == replies[2].json["leaf"].encode()
    assert (receipt.index, receipt.checkpoint.size) == (3, 6)
    assert receipt.holds()
    assert receipt.checkpoint.note.is_signed_by(poll.fixed.log)


def test_receipt_of_a_promised_ballot_comes_later(box, poll, slug, sequencer):
    reply = box.cast(slug, poll.cast())
    address = f"/elections/{slug}/receipts/{hash_of(reply)}"

    before = box.get(address)
    sequencer.drain()

    assert (before.status, before.code) == (404, "not-yet-logged")
    assert box.get(address).status == 200


def test_log_is_served_as_files_and_nothing_else_is(box, poll, slug, sequencer):
    box.cast(slug, poll.cast())
    sequencer.drain()
    outside = settings.LOGS / "secret"
    outside.write_text("not public")

    note = box.get(f"/logs/{slug}/checkpoint")
    bundle = box.get(f"/logs/{slug}/tile/entries/000.p/2")
    wrong = [
        f"/logs/{slug}/../secret",
        f"/logs/{slug}/tile/../../secret",
        f"/logs/{slug}/%2e%2e/secret",
        f"/logs/{slug}/tile/0/000.p/../../../../secret",
        f"/logs/{slug}/checkpoint/",
        f"/logs/{slug}/tile",
        f"/logs/{slug}/checkpoints/latest",
        f"/logs/{slug}/tile/entries/000.p/2.new",
        "/logs/../keys",
        "/",
        "/admin/",
    ]

    heard = [(reply.status, reply.code) for reply in map(box.get, wrong)]

    assert checkpoints.parse(note.body).size == 2
    assert note.headers["cache-control"] == "no-cache"
    assert b'"t":"manifest"' in bundle.body
    assert bundle.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert bundle.headers["x-content-type-options"] == "nosniff"
    assert heard == [(404, "not-found")] * len(wrong)


def test_wrong_methods_are_refused(box, poll, slug):
    asked = [
        ("GET", f"/elections/{slug}/ballots"),
        ("DELETE", f"/elections/{slug}/ballots"),
        ("POST", f"/elections/{slug}/manifest"),
        ("PUT", f"/logs/{slug}/checkpoint"),
    ]

    heard = [box.request(method, path) for method, path in asked]

    assert [(reply.status, reply.code) for reply in heard] == [(405, "method-not-allowed")] * 4
    assert [reply.headers["allow"] for reply in heard] == ["POST", "POST", "GET, HEAD", "GET, HEAD"]


def test_health_tells_whether_ballots_can_be_stored(box, committed):
    assert box.get("/health").json == {"status": "ok"}


def test_box_without_its_database_says_so_and_writes_down_no_ballot(poll, slug, tmp_path):
    away = BoxProcess(f"{database_url()} dbname=no_such", settings.DATA, tmp_path / "box.log")
    away.start()
    ballot = poll.cast()

    health, reply = away.get("/health"), away.cast(slug, ballot)
    away.stop()

    assert (health.status, health.code) == (503, "database-unavailable")
    assert (reply.status, reply.code) == (503, "database-unavailable")
    assert reply.headers["retry-after"] == "5"
    assert ballot["tag"] not in away.log_text()


def test_status_after_the_opening_tells_what_was_counted(box, poll, slug, sequencer):
    election, at = poll.election, poll.election.closing_at
    kept = box.cast(slug, poll.cast(picks=[3, 1]))
    void = box.cast(slug, poll.cast(picks=[2]))
    tag = "ab" * 16
    spoiled = box.cast(slug, poll.cast(tag=tag, c=poll.seal([1], "cd" * 16, 1)))
    sequencer.drain()
    actions.close_ballots(election=election, now=at)
    sequencer.drain()
    position = election.positions.live_ballot(json.loads(void.json["leaf"])["tag"])
    stage = [poll.void_leaf(at, position.index, bytes(position.leaf_hash))]
    for leaf in stage:
        actions.stage_entry(election=election, leaf=leaf)
    sequencer.drain()
    count, bitmap = checker_of(election).freeze_count_and_bitmap()
    text = rules.time_text(at + timedelta(hours=1))
    later = at + timedelta(hours=2)
    for leaf in (
        leaves.freeze(at=text, count=count, bitmap=bitmap),
        poll.unlinked_leaf(later),
        *poll.opening_leaves(later),
    ):
        actions.stage_entry(election=election, leaf=leaf)
    sequencer.drain()
    checker = checker_of(election)
    result = leaves.result(at=rules.time_text(later), outcome=checker.tally().as_json())
    actions.stage_entry(election=election, leaf=result)
    sequencer.drain()

    found = [
        box.get(f"/elections/{slug}/ballots/{hash_of(reply)}").json
        for reply in (kept, void, spoiled)
    ]

    assert [(one["status"], one["picks"], one["rule"]) for one in found] == [
        ("counted", [3, 1], None),
        ("void", None, "batch"),
        ("spoiled", None, None),
    ]
    report = assert_log_is_sound(election)
    assert report["state"] == "result"
    assert report["counts"] == {
        "received": 3,
        "counted": 1,
        "superseded": 0,
        "duplicate": 0,
        "void": 1,
        "spoiled": 1,
    }
    kept_sizes = sorted(int(file.name) for file in (settings.LOGS / slug / "checkpoints").iterdir())
    assert {5, 7, 12} <= set(kept_sizes)


def test_receipt_waits_while_a_tile_is_written_again(box, poll, slug, sequencer):
    reply = box.cast(slug, poll.cast())
    sequencer.drain()
    (settings.LOGS / slug / "tile/0/000.p/2").unlink()

    heard = box.get(f"/elections/{slug}/receipts/{hash_of(reply)}")
    new_sequencer().drain()

    assert (heard.status, heard.code) == (404, "not-yet-logged")
    assert box.get(f"/elections/{slug}/receipts/{hash_of(reply)}").status == 200
