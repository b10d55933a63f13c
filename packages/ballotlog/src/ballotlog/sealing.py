"""Sealing and opening of picks, and the shared election key (SPEC sections 4 and 6)."""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from cryptography.hazmat.primitives.asymmetric import ec

from ballotlog import hpke, p256, texts

OVERHEAD = 81  # enc and the GCM tag
PICKS = re.compile(rb"\[([1-9][0-9]{0,2}(?:,[1-9][0-9]{0,2})*)?\] *")

point_of = p256.point_of
sum_scalars = p256.sum_scalars


def sum_points(points: Iterable[bytes]) -> bytes:
    """The election key of the trustees' points. Raises ValueError if they sum to infinity."""
    total = p256.sum_points(points)
    if total is None:
        raise ValueError("these keys cancel each other out")
    return total


def prove_possession(
    key: ec.EllipticCurvePrivateKey, election: str, points: Iterable[bytes]
) -> bytes:
    """A trustee's proof for the manifest, over all trustees' points in order."""
    return texts.sign(key, texts.trustee(election, points))


def encode_picks(picks: Sequence[int], size: int) -> bytes:
    """Plaintext of exactly `size` bytes. Raises ValueError if the picks do not fit."""
    plaintext = f"[{','.join(map(str, picks))}]".encode()
    if len(plaintext) > size:
        raise ValueError("more picks than the plaintext holds")
    return plaintext.ljust(size)


def decode_picks(
    plaintext: bytes | None, candidates: AbstractSet[int], low: int, high: int
) -> list[int] | None:
    """The picks, or None where the ballot is spoiled."""
    found = PICKS.fullmatch(plaintext) if plaintext is not None else None
    if found is None:
        return None
    picks = [int(number) for number in found[1].split(b",")] if found[1] else []
    allowed = low <= len(picks) <= high and len(set(picks)) == len(picks)
    return picks if allowed and candidates >= set(picks) else None


def seal(point: bytes, info: bytes, plaintext: bytes) -> bytes:
    """The `c` of a ballot: enc || ciphertext, 81 bytes longer than the plaintext."""
    return hpke.Sealer(point)(plaintext, info)


def open_sealed(scalar: int, info: bytes, sealed: bytes) -> bytes | None:
    """The plaintext, or None where it does not open (a spoiled ballot)."""
    return hpke.Opener(scalar)(sealed, info)
