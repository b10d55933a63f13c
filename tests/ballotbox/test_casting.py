from __future__ import annotations

import json

from ballotlog import receipts, tree
from laurels.ballotbox.queries import logged_size
from tests.ballotbox.audit import assert_log_is_sound


def test_cast_ballot_is_promised_and_enters_the_log(box, poll, sequencer):
    ballot = poll.cast(picks=[2, 1])

    reply = box.cast(poll.election.slug, ballot)
    sequencer.drain()

    assert reply.status == 200, reply.body
    leaf = json.loads(reply.json["leaf"])
    assert {name: leaf[name] for name in ballot} == ballot
    promise = receipts.parse_promise(reply.json["promise"].encode())
    assert promise.is_signed(poll.fixed)
    assert promise.leaf_hash == tree.leaf_hash(reply.json["leaf"].encode())
    assert promise.deadline == reply.json["deadline"]
    assert logged_size(poll.election) == 2
    report = assert_log_is_sound(poll.election)
    assert report["counts"]["received"] == 1
