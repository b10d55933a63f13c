"""Section 4 of SPEC.md: what a manifest must hold."""

from hashlib import sha256

import pytest

from ballotlog import canonical, manifest, p256, sealing
from ballotlog.errors import LogError
from ballotlog.keyring import Keyring
from ballotlog.values import encode_base64
from elections import template

TEMPLATE = template()
KEYS = Keyring(TEMPLATE)
LEAF = KEYS.complete(TEMPLATE)


def error_of(**changes):
    """The code for a manifest with these members changed; None takes a member away."""
    members = {k: v for k, v in (canonical.decode(LEAF) | changes).items() if v is not None}
    with pytest.raises(LogError) as refused:
        manifest.parse(canonical.encode(members))
    assert refused.value.index == 0
    return refused.value.code


def test_a_manifest_is_read():
    read = manifest.parse(LEAF, sha256(LEAF).hexdigest())

    assert (read.leaf, read.hash) == (LEAF, sha256(LEAF).hexdigest())
    assert (read.picks.max, read.quorum.final, read.rules.ids) == (3, 2, ("A.1", "A.2"))
    assert [candidate.n for candidate in read.candidates] == [1, 2, 3, 20, 300]
    assert [witness.name for witness in read.witnesses] == ["w1.example.org", "w2.example.org"]
    assert read.trustees[0].key == p256.point_of(KEYS.trustees[0])
    assert read.log.name == read.origin
    assert {read: 1}[manifest.parse(LEAF)] == 1


def candidate(n=9, name="City", **members):
    return [{"n": n, "id": "city", "name": name, **members}]


INVALID = [
    {"format": "laurels/manifest/v2"},
    {"election": "Example.org"},
    {"election": "-example"},
    {"title": ""},
    {"title": "x" * 201},
    {"title": "a\x7f"},
    {"title": 1},
    {"origin": "another"},
    {"log": "log.example.org/test"},
    {"log": 1},
    {"at": "2026-03-02T00:00:01Z"},
    {"at": "2026-02-30T00:00:00Z"},
    {"at": "1999-03-01T00:00:00Z"},
    {"at": 0},
    {"opens_at": "2026-03-02T00:05:00Z"},
    {"opens_at": "2026-03-09T00:00:00Z"},
    {"closes_latest": "2026-03-08T23:50:00Z"},
    {"ceremony_at": "2026-03-09T00:59:59Z"},
    {"grace_seconds": 3601},
    {"grace_seconds": True},
    {"candidates": []},
    {"candidates": [{"n": n + 1, "id": f"c{n}", "name": "C"} for n in range(201)]},
    {"candidates": candidate(0)},
    {"candidates": candidate(1000)},
    {"candidates": candidate(id="City")},
    {"candidates": candidate(name="")},
    {"picks": {"min": 4, "max": 3}},
    {"picks": {"min": 0, "max": 6}},
    {"picks": {"min": 0, "max": 0}},
    {"picks": {"min": 0}},
    {"plaintext_size": 15},
    {"plaintext_size": 1025},
    {"seats": 0},
    {"seats": 6},
    {"tie": "coin"},
    {"tie": ["lot"]},
    {"grades": []},
    {"grades": ["mail", "mail"]},
    {"grades": ["Mail"]},
    {"rules": {"ids": ["A.1", "A.1"], "hash": "ab" * 32}},
    {"rules": {"ids": [], "hash": "AB" * 32}},
    {"rules": {"ids": [], "hash": "ab" * 31}},
    {"registrar": encode_base64(bytes(65))},
    {"registrar": encode_base64(p256.point_of(1)).rstrip("=")},
    {"reviewers": [{"name": "A", "institution": "B", "key": encode_base64(p256.point_of(1))}] * 2},
    {"trustees": []},
    {"key": "AAAA"},
    {"key": 5},
    {"witnesses": ["w"]},
    {"witnesses": [None]},
    {"quorum": {"open": 2, "final": 1}},
    {"quorum": {"open": 0, "final": 3}},
    {"unknown": 1},
    {"tie": None},
]


@pytest.mark.parametrize("changes", INVALID, ids=str)
def test_members_out_of_range(changes):
    assert error_of(**changes) == "manifest-invalid"


def test_members_that_contradict_each_other():
    read = canonical.decode(LEAF)
    twice = [{"n": 1, "id": "a", "name": "A"}, {"n": 2, "id": "a", "name": "B"}]
    many = [{"n": 100 + n, "id": f"c{n}", "name": "C"} for n in range(8)]

    assert error_of(candidates=twice, picks={"min": 0, "max": 1}, seats=1) == "manifest-invalid"
    assert error_of(candidates=many, picks={"min": 0, "max": 8}) == "manifest-invalid"
    assert error_of(witnesses=read["witnesses"][:1] * 2) == "manifest-invalid"


def test_not_a_manifest():
    assert error_of(t="notice") == "manifest-not-first"
    with pytest.raises(LogError, match="manifest-hash at 0"):
        manifest.parse(LEAF, "00" * 32)


def test_trustees():
    first, second = canonical.decode(LEAF)["trustees"]
    zero = encode_base64(b"\4" + bytes(64))

    assert error_of(trustees=[first, first]) == "trustee-key"
    assert error_of(trustees=[first, second | {"key": zero}]) == "trustee-key"
    assert error_of(trustees=[first, second | {"proof": first["proof"]}]) == "trustee-proof"
    assert error_of(trustees=[second, first]) == "trustee-proof"
    assert error_of(key=encode_base64(p256.point_of(1))) == "key-sum"


def test_keys_that_cancel_out_are_no_election_key():
    scalars = [7, p256.ORDER - 7]
    points = [p256.point_of(scalar) for scalar in scalars]
    proofs = [
        sealing.prove_possession(p256.private_key(s), "example.org/test", points) for s in scalars
    ]
    trustees = [
        {"name": "A", "institution": "B", "key": encode_base64(k), "proof": encode_base64(p)}
        for k, p in zip(points, proofs, strict=True)
    ]

    assert error_of(trustees=trustees) == "key-sum"


def test_nothing_is_built_that_no_verifier_would_take():
    members = canonical.decode(LEAF)
    del members["t"], members["format"]

    assert manifest.build(**members) == LEAF
    with pytest.raises(LogError, match="manifest-invalid"):
        manifest.build(**members | {"seats": 6})
