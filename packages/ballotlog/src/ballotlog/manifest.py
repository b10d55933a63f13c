"""The manifest, entry 0: everything that was fixed before the vote (SPEC section 4)."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from ballotlog import canonical, p256, texts
from ballotlog.errors import LogError
from ballotlog.manifest_schema import FORMAT, MEMBERS
from ballotlog.notes import LOG_KEY, WITNESS_KEY, Vkey, parse_vkey
from ballotlog.values import decode_base64, distinct


@dataclass(frozen=True)
class Candidate:
    n: int
    id: str
    name: str


@dataclass(frozen=True)
class Picks:
    min: int
    max: int


@dataclass(frozen=True)
class Rules:
    ids: tuple[str, ...]
    hash: str


@dataclass(frozen=True)
class Person:
    """A reviewer, or a trustee with its proof of possession; the key is a point."""

    name: str
    institution: str
    key: bytes
    proof: bytes = b""


@dataclass(frozen=True)
class Quorum:
    open: int
    final: int


@dataclass(frozen=True)
class Manifest:
    """The members of SPEC section 4, keys decoded; times stay text, which sorts as time does.

    `leaf` is entry 0, `hash` its SHA-256 in hex (the one on the poster).
    """

    leaf: bytes
    hash: str
    election: str
    title: str
    origin: str
    log: Vkey
    at: str
    opens_at: str
    closes_at: str
    closes_latest: str
    ceremony_at: str
    grace_seconds: int
    candidates: tuple[Candidate, ...]
    picks: Picks
    plaintext_size: int
    seats: int
    tie: str
    grades: tuple[str, ...]
    rules: Rules
    registrar: bytes
    reviewers: tuple[Person, ...]
    trustees: tuple[Person, ...]
    key: bytes
    witnesses: tuple[Vkey, ...]
    quorum: Quorum


def parse(leaf: bytes, expected_hash: str | None = None) -> Manifest:
    """Step 4, whole. Raises LogError at index 0."""
    if expected_hash not in (None, sha256(leaf).hexdigest()):
        raise LogError("manifest-hash", 0)
    value = canonical.decode(leaf, 0)
    if value.get("t") != "manifest":
        raise LogError("manifest-not-first", 0)
    if not MEMBERS(value):
        raise LogError("manifest-invalid", 0)
    manifest = _read(leaf, value)
    if not _is_consistent(manifest):
        raise LogError("manifest-invalid", 0)
    _check_trustees(manifest)
    return manifest


def build(**members: Any) -> bytes:
    """The leaf of these members (JSON values; `t` and `format` are added), checked whole.

    Raises LogError for a manifest that no verifier would take.
    """
    leaf = canonical.encode({"t": "manifest", "format": FORMAT, **members})
    parse(leaf)
    return leaf


def _read(leaf: bytes, value: dict[str, Any]) -> Manifest:
    members = {name: value[name] for name in value.keys() - {"t", "format"}}
    return Manifest(
        leaf=leaf,
        hash=sha256(leaf).hexdigest(),
        **members
        | {
            "log": parse_vkey(value["log"], LOG_KEY),
            "candidates": tuple(Candidate(**candidate) for candidate in value["candidates"]),
            "picks": Picks(**value["picks"]),
            "grades": tuple(value["grades"]),
            "rules": Rules(tuple(value["rules"]["ids"]), value["rules"]["hash"]),
            "registrar": decode_base64(value["registrar"]),
            "reviewers": tuple(map(_person, value["reviewers"])),
            "trustees": tuple(map(_person, value["trustees"])),
            "key": decode_base64(value["key"]),
            "witnesses": tuple(parse_vkey(witness, WITNESS_KEY) for witness in value["witnesses"]),
            "quorum": Quorum(**value["quorum"]),
        },
    )


def _person(value: dict[str, str]) -> Person:
    raw = {name: decode_base64(value[name]) or b"" for name in value.keys() & {"key", "proof"}}
    return Person(value["name"], value["institution"], **raw)


def _is_consistent(m: Manifest) -> bool:
    """What section 4 says across members."""
    return all(
        (
            m.log.name == m.origin,
            m.at <= m.opens_at < m.closes_at <= m.closes_latest <= m.ceremony_at,
            distinct(candidate.n for candidate in m.candidates),
            distinct(candidate.id for candidate in m.candidates),
            m.picks.min <= m.picks.max <= len(m.candidates),
            1 + _longest_picks(m) <= m.plaintext_size,
            m.seats <= len(m.candidates),
            distinct(m.grades),
            distinct(m.rules.ids),
            distinct(reviewer.key for reviewer in m.reviewers),
            distinct(witness.name for witness in m.witnesses),
            distinct(key.public_key for key in (m.log, *m.witnesses)),
            m.quorum.open <= m.quorum.final <= len(m.witnesses),
        )
    )


def _longest_picks(manifest: Manifest) -> int:
    digits = sorted((len(str(candidate.n)) for candidate in manifest.candidates), reverse=True)
    return sum(n + 1 for n in digits[: manifest.picks.max])


def _check_trustees(manifest: Manifest) -> None:
    points = [trustee.key for trustee in manifest.trustees]
    if not distinct(points) or not all(map(p256.is_point, points)):
        raise LogError("trustee-key", 0)
    statement = texts.trustee(manifest.election, points)
    if not all(texts.is_signed(t.key, t.proof, statement) for t in manifest.trustees):
        raise LogError("trustee-proof", 0)
    if p256.sum_points(points) != manifest.key:
        raise LogError("key-sum", 0)
