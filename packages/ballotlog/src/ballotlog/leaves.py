"""Entries of the log: their schemas (SPEC section 3, step 7b) and how to build them.

Builders take keys, signatures and ciphertexts as bytes and give the exact leaf.
"""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from ballotlog import canonical
from ballotlog.errors import LogError
from ballotlog.manifest import GRADE, NUMBER, RULE
from ballotlog.values import (
    array,
    base64_of,
    encode_base64,
    hexadecimal,
    integer,
    one_of,
    record,
    ten_minutes,
    text,
    time,
)

COUNT = integer(0, 2**48)
COUNTS = ("received", "counted", "superseded", "duplicate", "void", "spoiled")
SIGNATURES = array(record(reviewer=integer(0, 65535), sig=base64_of(64)), 2, 2)
TOTALS = array(
    lambda pair: isinstance(pair, list) and len(pair) == 2 and NUMBER(pair[0]) and COUNT(pair[1]),
    0,
    999,
)
WINNERS = array(NUMBER, 0, 999)
VOID = {"index": COUNT, "rule": RULE, "evidence": hexadecimal(32), "signatures": SIGNATURES}

Schema = Callable[[dict[str, Any]], bool]


def schemas(trustees: int, plaintext_size: int) -> dict[str, Schema]:
    """What every type of entry but the manifest must look like."""
    trustee = integer(0, trustees - 1)
    members: dict[str, dict[str, Callable[[Any], bool]]] = {
        "ballot": {
            "tag": hexadecimal(16),
            "serial": integer(1, 65535),
            "grade": GRADE,
            "evc": hexadecimal(32),
            "c": base64_of(81 + plaintext_size),
            "sig": base64_of(64),
            "at": ten_minutes,
        },
        "notice": {"text": text(2000)},
        "extend": {"closes_at": ten_minutes, "reason": text(2000), "signatures": SIGNATURES},
        "close": {"ballots": COUNT},
        "void": VOID,
        "unvoid": VOID,
        "freeze": {"count": COUNT, "valid": hexadecimal(32)},
        "unlinked": {
            "statement": text(2000),
            "trustee": trustee,
            "registrar_sig": base64_of(64),
            "trustee_sig": base64_of(64),
        },
        "open": {"trustee": trustee, "scalar": base64_of(32)},
        "result": {
            "counts": record(**dict.fromkeys(COUNTS, COUNT)),
            "totals": TOTALS,
            "totals_with_voids": TOTALS,
            "winners": WINNERS,
            "winners_with_voids": WINNERS,
        },
    }
    return {t: record(**{"t": one_of(t), "at": time} | m) for t, m in members.items()}


def decode(leaf: bytes, index: int, known: Mapping[str, Schema]) -> dict[str, Any]:
    """Steps 7a and 7b. Raises LogError at this index."""
    value = canonical.decode(leaf, index)
    t = value.get("t")
    if t == "manifest":
        raise LogError("manifest-twice", index)
    if not isinstance(t, str) or t not in known:
        raise LogError("leaf-type", index)
    if len(leaf) > canonical.LARGEST_SMALL_LEAF and t != "result":
        raise LogError("leaf-too-large", index)
    if not known[t](value):
        raise LogError("leaf-schema", index)
    return value


def ballot(*, at: str, tag: str, serial: int, grade: str, evc: str, c: bytes, sig: bytes) -> bytes:
    """`at` is the time of acceptance, rounded down to whole ten minutes."""
    return _leaf(
        "ballot",
        at,
        tag=tag,
        serial=serial,
        grade=grade,
        evc=evc,
        c=encode_base64(c),
        sig=encode_base64(sig),
    )


def notice(*, at: str, text: str) -> bytes:
    return _leaf("notice", at, text=text)


def extend(*, at: str, closes_at: str, reason: str, signatures: Mapping[int, bytes]) -> bytes:
    """`signatures`: position of the reviewer to its signature of `texts.extend`."""
    return _leaf(
        "extend", at, closes_at=closes_at, reason=reason, signatures=_signatures(signatures)
    )


def close(*, at: str, ballots: int) -> bytes:
    return _leaf("close", at, ballots=ballots)


def void(
    *, at: str, index: int, rule: str, evidence: str, signatures: Mapping[int, bytes]
) -> bytes:
    """`signatures`: position of the reviewer to its signature of `texts.void`."""
    return _leaf(
        "void", at, index=index, rule=rule, evidence=evidence, signatures=_signatures(signatures)
    )


def unvoid(
    *, at: str, index: int, rule: str, evidence: str, signatures: Mapping[int, bytes]
) -> bytes:
    """`signatures`: position of the reviewer to its signature of `texts.unvoid`."""
    return _leaf(
        "unvoid", at, index=index, rule=rule, evidence=evidence, signatures=_signatures(signatures)
    )


def freeze(*, at: str, count: int, bitmap: bytes) -> bytes:
    """Count and bitmap as `Checker.freeze_count_and_bitmap` tells them."""
    return _leaf("freeze", at, count=count, valid=sha256(bitmap).hexdigest())


def unlinked(
    *, at: str, statement: str, trustee: int, registrar_sig: bytes, trustee_sig: bytes
) -> bytes:
    """Both signatures are of `texts.unlinked` with the same time and statement."""
    return _leaf(
        "unlinked",
        at,
        statement=statement,
        trustee=trustee,
        registrar_sig=encode_base64(registrar_sig),
        trustee_sig=encode_base64(trustee_sig),
    )


def opening(*, at: str, trustee: int, scalar: int) -> bytes:
    """The `open` entry: a trustee's secret key, published."""
    return _leaf("open", at, trustee=trustee, scalar=encode_base64(scalar.to_bytes(32, "big")))


def result(*, at: str, outcome: Mapping[str, Any]) -> bytes:
    """`outcome` has counts, totals and winners: a report of verify, or `Tally.as_json()`."""
    names = ("counts", "totals", "totals_with_voids", "winners", "winners_with_voids")
    return _leaf("result", at, **{name: outcome[name] for name in names})


def _leaf(t: str, at: str, **members: Any) -> bytes:
    return canonical.encode({"t": t, "at": at, **members})


def _signatures(signatures: Mapping[int, bytes]) -> list[dict[str, Any]]:
    return [{"reviewer": i, "sig": encode_base64(s)} for i, s in sorted(signatures.items())]
