"""How to build the entries of SPEC section 3 but the manifest, each as its exact leaf.

Keys, signatures and ciphertexts come in as bytes.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from ballotlog import canonical
from ballotlog.values import encode_base64


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
