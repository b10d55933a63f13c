"""What the box takes and what it refuses, over real HTTP."""

from __future__ import annotations

import json
import socket
from base64 import b64decode, b64encode
from typing import Any

from django.db import connection

from ballotlog import leaves, p256, receipts, tree
from laurels.ballotbox.box import answers
from laurels.ballotbox.queries import logged_size
from laurels.foundation import clock
from tests.ballotbox.audit import assert_log_is_sound
from tests.factories.ballotbox import key_pair, make_poll


def bent(ballot: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return ballot | changed


def test_cast_ballot_is_promised_and_enters_the_log(box, poll, sequencer):
    ballot = poll.cast(picks=[2, 1])

    reply = box.cast(poll.election.slug, ballot)
    sequencer.drain()

    assert reply.status == 200, reply.body
    leaf = json.loads(reply.json["leaf"])
    assert leaf == ballot | {"t": "ballot", "at": leaf["at"]}
    promise = receipts.parse_promise(reply.json["promise"].encode())
    assert promise.is_signed(poll.fixed)
    assert promise.leaf_hash == tree.leaf_hash(reply.json["leaf"].encode())
    assert promise.deadline == reply.json["deadline"]
    assert logged_size(poll.election) == 2
    assert assert_log_is_sound(poll.election)["counts"]["received"] == 1


def test_restart_of_the_database_between_two_ballots_refuses_nobody(box, poll, sequencer):
    slug = poll.election.slug
    before = [box.cast(slug, poll.cast()).status for _ in range(4)]
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )

    after = [box.cast(slug, poll.cast()).status for _ in range(4)]
    found = box.get(f"/elections/{slug}/manifest").status

    sequencer.drain()
    assert (before, after, found) == ([200] * 4, [200] * 4, 200)


def test_leaf_has_the_bytes_that_ballotlog_would_give_it(box, poll, sequencer):
    ballot = poll.cast()

    reply = box.cast(poll.election.slug, ballot)
    sequencer.drain()

    raw = {"c": b64decode(ballot["c"]), "sig": b64decode(ballot["sig"])}
    at = json.loads(reply.json["leaf"])["at"]
    assert reply.json["leaf"].encode() == leaves.ballot(at=at, **(ballot | raw))


def test_time_of_a_ballot_tells_no_more_than_ten_minutes(box, poll):
    reply = box.cast(poll.election.slug, poll.cast())

    entry = poll.election.entries.ballots().get()
    assert json.loads(reply.json["leaf"])["at"].endswith("0:00Z")
    assert (entry.accepted_at.minute % 10, entry.accepted_at.second) == (0, 0)


def test_same_ballot_again_gets_the_same_bytes_and_one_entry(box, poll, sequencer):
    ballot = poll.cast()

    first = box.cast(poll.election.slug, ballot)
    sequencer.drain()
    second = box.cast(poll.election.slug, ballot)
    sequencer.drain()

    assert second.body == first.body
    assert logged_size(poll.election) == 2


def test_new_ticket_of_a_voter_is_taken_beside_the_old_one(box, poll, sequencer):
    ballot = poll.cast(serial=1)

    first = box.cast(poll.election.slug, ballot)
    second = box.cast(poll.election.slug, poll.cast(tag=ballot["tag"], serial=2))
    sequencer.drain()

    assert (first.status, second.status) == (200, 200)
    counts = assert_log_is_sound(poll.election)["counts"]
    assert (counts["received"], counts["superseded"]) == (2, 1)


def test_other_ballot_under_a_used_serial_is_refused(box, poll, sequencer):
    ballot = poll.cast()
    box.cast(poll.election.slug, ballot)

    reply = box.cast(poll.election.slug, poll.cast(tag=ballot["tag"], picks=[3]))
    sequencer.drain()

    assert (reply.status, reply.code) == (409, "serial-conflict")
    assert logged_size(poll.election) == 2


def test_every_wrong_ballot_has_its_code_and_stores_nothing(box, poll, slug):
    good = poll.cast()
    c = b64decode(good["c"])
    foreign = make_poll_elsewhere(slug)
    stranger = key_pair()
    hybrid = bytes([6 + (c[64] & 1)]) + c[1:]
    off_curve = c[:64] + bytes([c[64] ^ 1]) + c[65:]
    cases: dict[str, tuple[Any, str]] = {
        "not JSON": (b"ballot", "body-malformed"),
        "empty": (b"", "body-malformed"),
        "cut off": (json.dumps(good).encode()[:-20], "body-malformed"),
        "invalid UTF-8": (
            json.dumps(good).encode().replace(b'"mail"', b'"\xff"'),
            "body-malformed",
        ),
        "lone surrogate": (
            json.dumps(bent(good, grade="\ud800")).encode(),
            "body-malformed",
        ),
        "an array": ([good], "body-malformed"),
        "a member more": (bent(good, at="2026-01-01T00:00:00Z"), "body-malformed"),
        "a member less": ({k: v for k, v in good.items() if k != "evc"}, "body-malformed"),
        "serial as text": (bent(good, serial="1"), "body-malformed"),
        "serial with a fraction": (bent(good, serial=1.5), "body-malformed"),
        "serial zero": (bent(good, serial=0), "ballot-form"),
        "serial negative": (bent(good, serial=-1), "ballot-form"),
        "serial too high": (bent(good, serial=65536), "ballot-form"),
        "upper-case tag": (bent(good, tag=good["tag"].upper() + "A"), "ballot-form"),
        "tag with a newline": (bent(good, tag=good["tag"] + "\n"), "ballot-form"),
        "tag that breaks out": (bent(good, tag='","t":"close'), "ballot-form"),
        "Arabic digits": (bent(good, evc="\u0661" * 64), "ballot-form"),
        "short evc": (bent(good, evc=good["evc"][2:]), "ballot-form"),
        "base64 without padding": (bent(good, sig=good["sig"].rstrip("=")), "ballot-form"),
        "base64 with other last bits": (bent(good, sig=good["sig"][:-3] + "B=="), "ballot-form"),
        "URL alphabet": (bent(good, c="-" + good["c"][1:]), "ballot-form"),
        "other grade": (bent(good, grade="gold"), "ballot-grade"),
        "ciphertext too long": (bent(good, c=b64encode(c + b"x").decode()), "ciphertext-size"),
        "ciphertext too short": (bent(good, c=b64encode(c[:-1]).decode()), "ciphertext-size"),
        "compressed point": (
            bent(good, c=b64encode(b"\2" + c[1:]).decode()),
            "ciphertext-point",
        ),
        "hybrid point": (bent(good, c=b64encode(hybrid).decode()), "ciphertext-point"),
        "point off the curve": (bent(good, c=b64encode(off_curve).decode()), "ciphertext-point"),
        "other serial than signed": (bent(good, serial=2), "ticket-signature"),
        "other evidence than signed": (bent(good, evc="0" * 64), "ticket-signature"),
        "other ciphertext than signed": (
            bent(good, c=b64encode(poll.seal([2], good["tag"], 1)).decode()),
            "ticket-signature",
        ),
        "signed by a stranger": (
            bent(good, sig=b64encode(p256.sign(stranger, b"x")).decode()),
            "ticket-signature",
        ),
        "signature of zeros": (bent(good, sig=b64encode(bytes(64)).decode()), "ticket-signature"),
        "ticket of another election": (foreign.cast(), "ticket-signature"),
        "replayed under another tag": (bent(good, tag="0" * 32), "ticket-signature"),
    }

    heard = {case: box.cast(slug, ballot).code for case, (ballot, _) in cases.items()}

    assert heard == {case: code for case, (_, code) in cases.items()}
    assert not poll.election.entries.ballots().exists()


def make_poll_elsewhere(slug: str):
    from django.conf import settings

    return make_poll(settings.KEYS, now=clock.now(), slug=f"{slug}-other")


def test_every_refusal_is_one_sentence_that_says_what_to_do(box, poll, slug):
    reply = box.cast(slug, b"nothing")

    status, sentence = answers.REFUSALS["body-malformed"]
    assert reply.json == {"error": {"code": "body-malformed", "sentence": sentence}}
    assert reply.status == status
    assert all(text.endswith(".") and len(text) < 160 for _, text in answers.REFUSALS.values())


def test_content_types_that_a_page_does_not_send_are_refused(box, poll, slug, sequencer):
    good = poll.cast()
    kinds = ["text/html", "application/x-www-form-urlencoded", "", "multipart/form-data; b=x"]

    heard = {kind: box.cast(slug, good, content_type=kind).code for kind in kinds}
    taken = box.cast(slug, good, content_type="application/json")
    sequencer.drain()

    assert heard == dict.fromkeys(kinds, "content-type")
    assert taken.status == 200


def test_body_larger_than_any_ballot_is_refused_before_it_is_read(box, poll, slug):
    head = (
        f"POST /elections/{slug}/ballots HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
        "Content-Length: 9000000000\r\n\r\n"
    )

    with socket.create_connection(("127.0.0.1", box.port), timeout=10) as line:
        line.sendall(head.encode())
        heard = line.recv(4096)

    assert heard.startswith(b"HTTP/1.1 413")
    assert b'"body-too-large"' in heard


def test_body_without_a_length_is_cut_off_at_the_limit(box, poll, slug):
    head = (
        f"POST /elections/{slug}/ballots HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
        "Transfer-Encoding: chunked\r\n\r\n"
    )

    with socket.create_connection(("127.0.0.1", box.port), timeout=10) as line:
        line.sendall(head.encode() + b"2000\r\n" + b"x" * 0x2000 + b"\r\n0\r\n\r\n")
        heard = line.recv(4096)

    assert heard.startswith(b"HTTP/1.1 413")


def test_ballot_in_chunks_is_taken(box, poll, slug, sequencer):
    body = json.dumps(poll.cast()).encode()
    head = (
        f"POST /elections/{slug}/ballots HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
        "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    )
    parts = b"".join(b"%x\r\n%b\r\n" % (len(p), p) for p in (body[:100], body[100:]))

    with socket.create_connection(("127.0.0.1", box.port), timeout=10) as line:
        line.sendall(head.encode() + parts + b"0\r\n\r\n")
        heard = line.recv(4096)
    sequencer.drain()

    assert heard.startswith(b"HTTP/1.1 200")
    assert logged_size(poll.election) == 2


def test_body_that_breaks_off_stores_nothing_and_harms_nobody(box, poll, slug, sequencer):
    body = json.dumps(poll.cast()).encode()
    head = (
        f"POST /elections/{slug}/ballots HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )

    for cut in (0, 1, len(body) // 2, len(body) - 1):
        with socket.create_connection(("127.0.0.1", box.port), timeout=10) as line:
            line.sendall(head.encode() + body[:cut])
    after = box.cast(slug, poll.cast())
    sequencer.drain()

    assert after.status == 200
    assert logged_size(poll.election) == 2


def test_unknown_election_is_said(box, poll):
    reply = box.cast("no-such-election", poll.cast())

    assert (reply.status, reply.code) == (404, "unknown-election")


def test_draft_takes_no_ballots(box, poll, slug):
    from laurels.ballotbox.models import Election

    Election.objects.filter(pk=poll.election.pk).update(
        slug=f"{slug}-x", manifest=None, manifest_hash=""
    )

    reply = box.cast(f"{slug}-x", poll.cast())

    assert (reply.status, reply.code) == (404, "unknown-election")


def test_election_that_was_replaced_under_its_address_takes_no_ballot_of_the_old_one(
    box, poll, slug
):
    box.get(f"/elections/{slug}/manifest")
    poll.election.entries.all().delete()
    type(poll.election).objects.filter(pk=poll.election.pk).update(manifest_hash="0" * 64)

    reply = box.cast(slug, poll.cast())

    assert (reply.status, reply.code) == (503, "busy")
    assert reply.headers["retry-after"] == "2"
    assert not poll.election.entries.exists()


def test_two_elections_are_served_beside_each_other(box, poll, slug, sequencer):
    other = make_poll_elsewhere(slug)

    here = box.cast(slug, poll.cast())
    there = box.cast(other.election.slug, other.cast())
    sequencer.drain()

    assert (here.status, there.status) == (200, 200)
    assert assert_log_is_sound(poll.election)["counts"]["received"] == 1
    assert assert_log_is_sound(other.election)["counts"]["received"] == 1
