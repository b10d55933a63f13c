"""The texts that people and servers sign (SPEC sections 2, 4, 5, 6, 7 and 8), and how.

Every function returns the exact bytes; times, hashes and tags come in as they stand in a leaf.
"""

import hashlib
from collections.abc import Iterable

from cryptography.hazmat.primitives.asymmetric import ec

from ballotlog import p256


def ticket(
    election: str, tag: str, serial: int, grade: str, evc: str, ciphertext_hash: str
) -> bytes:
    """What the registrar signs for one ballot; `ciphertext_hash` is hex of SHA-256(c)."""
    return _lines("laurels/ticket/v1", election, tag, serial, grade, evc, ciphertext_hash)


def ballot_info(election: str, manifest_hash: str, tag: str, serial: int) -> bytes:
    """HPKE info of a ballot (SPEC section 6): no newline at the end."""
    return _lines("laurels/ballot/v1", election, manifest_hash, tag, serial)[:-1]


def trustee(election: str, points: Iterable[bytes]) -> bytes:
    """What each trustee signs to prove that it has its key; all trustees' points, in order."""
    return _lines("laurels/trustee/v1", election, *(_sha256(point) for point in points))


def void(election: str, index: int, leaf_hash: bytes, rule: str, evidence: str) -> bytes:
    """What a reviewer signs to set a ballot aside; the leaf hash is that of the ballot."""
    return _lines("laurels/void/v1", election, index, leaf_hash.hex(), rule, evidence)


def unvoid(election: str, index: int, leaf_hash: bytes, rule: str, evidence: str) -> bytes:
    """What a reviewer signs to take a void back."""
    return _lines("laurels/unvoid/v1", election, index, leaf_hash.hex(), rule, evidence)


def extend(election: str, closes_at: str, reason: str) -> bytes:
    """What a reviewer signs to prolong the vote to `closes_at`."""
    return _lines("laurels/extend/v1", election, closes_at, _sha256(reason.encode()))


def unlinked(election: str, at: str, statement: str) -> bytes:
    """What registrar and one trustee sign when the map of mailboxes is destroyed."""
    return _lines("laurels/unlinked/v1", election, at, _sha256(statement.encode()))


def promise(origin: str, leaf_hash_b64: str, deadline: int) -> bytes:
    """Text of the note by which the box promises a ballot's entry; deadline in Unix seconds."""
    return _lines("laurels/promise/v1", origin, leaf_hash_b64, deadline)


def lot(election: str, opening_key: int, number: int) -> bytes:
    """What is hashed to order candidates with equal votes (SPEC section 7)."""
    return _lines("laurels/lot/v1", election, opening_key.to_bytes(32, "big").hex(), number)


def sign(key: ec.EllipticCurvePrivateKey, text: bytes) -> bytes:
    """ECDSA P-256 with SHA-256, r || s, 64 bytes."""
    return p256.sign(key, text)


def is_signed(key: bytes | p256.Verifier, signature: bytes, text: bytes) -> bool:
    """`key` is a point of 65 bytes, or its prepared verifier. A point off the curve raises."""
    verifier = p256.Verifier(key) if isinstance(key, bytes) else key
    return verifier(signature, text)


def _lines(*parts: str | int) -> bytes:
    return "".join(f"{part}\n" for part in parts).encode()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
