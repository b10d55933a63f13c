"""What each type of entry must look like (SPEC section 3, step 7b)."""

from collections.abc import Callable, Mapping
from typing import Any

from ballotlog import canonical
from ballotlog.errors import LogError
from ballotlog.manifest_schema import GRADE, NUMBER, RULE
from ballotlog.values import (
    array,
    base64_of,
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
PAIR = array(COUNT, 2, 2)
TOTALS = array(lambda pair: PAIR(pair) and NUMBER(pair[0]), 0, 999)
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
