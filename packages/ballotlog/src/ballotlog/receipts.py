"""Receipts (c2sp.org/tlog-proof@v1 with the leaf inside), promises and receipt numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ballotlog import checkpoints, notes, texts
from ballotlog.checkpoints import Checkpoint
from ballotlog.errors import LogError
from ballotlog.manifest import Manifest
from ballotlog.tree import HASH_SIZE, leaf_hash, verify_inclusion
from ballotlog.values import decode_base64, encode_base64

HEAD = "c2sp.org/tlog-proof@v1"
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
INTEGER = re.compile("0|[1-9][0-9]{0,14}")


@dataclass(frozen=True)
class Receipt:
    """Proof that `leaf` is entry `index` of the log as its checkpoint saw it."""

    leaf: bytes
    index: int
    proof: tuple[bytes, ...]
    checkpoint: Checkpoint

    def holds(self) -> bool:
        """The inclusion proof leads to the checkpoint's root (signatures aside)."""
        c = self.checkpoint
        return verify_inclusion(self.index, c.size, leaf_hash(self.leaf), self.proof, c.root)


def write_receipt(leaf: bytes, index: int, proof: Sequence[bytes], checkpoint: str) -> str:
    """The file a voter keeps; `checkpoint` is its signed note."""
    hashes = "".join(f"{encode_base64(node)}\n" for node in proof)
    return f"{HEAD}\nextra {encode_base64(leaf)}\nindex {index}\n{hashes}\n{checkpoint}"


def parse_receipt(data: bytes) -> Receipt:
    """Raises LogError `receipt-format`."""
    try:
        return _read_receipt(data)
    except (ValueError, LogError):
        raise LogError("receipt-format") from None


def _read_receipt(data: bytes) -> Receipt:
    head, gap, note = data.partition(b"\n\n")
    name, extra, index, *proof = head.decode().split("\n")
    leaf = decode_base64(_after("extra ", extra))
    if name != HEAD or not gap or leaf is None:
        raise ValueError("not a receipt")
    number, hashes = _integer(_after("index ", index)), tuple(map(_hash, proof))
    return Receipt(leaf, number, hashes, checkpoints.parse(note))


@dataclass(frozen=True)
class Promise:
    """The box's word that a ballot will be in the log by the deadline (Unix seconds)."""

    origin: str
    leaf_hash: bytes
    deadline: int
    note: notes.Note

    def is_signed(self, manifest: Manifest) -> bool:
        """It is of this log and signed with the log's key."""
        return self.origin == manifest.origin and self.note.is_signed_by(manifest.log)


def sign_promise(origin: str, leaf: bytes, deadline: int, key: Ed25519PrivateKey) -> str:
    """The note that the box returns with the leaf."""
    text = texts.promise(origin, encode_base64(leaf_hash(leaf)), deadline)
    return notes.sign_note(text.decode(), origin, key)


def parse_promise(data: bytes) -> Promise:
    """Raises LogError `promise-format`."""
    try:
        return _read_promise(notes.parse_note(data))
    except ValueError:
        raise LogError("promise-format") from None


def _read_promise(note: notes.Note) -> Promise:
    head, origin, hashed, deadline, end = note.text.split("\n")
    if head != "laurels/promise/v1" or end:
        raise ValueError("not a promise")
    return Promise(origin, _hash(hashed), _integer(deadline), note)


def receipt_number(leaf_hash: bytes) -> str:
    """`XXXX-XXXX`: the first 40 bits of a leaf hash in Crockford's base 32, to read aloud."""
    bits = int.from_bytes(leaf_hash[:5], "big")
    digits = "".join(CROCKFORD[bits >> shift & 31] for shift in range(35, -1, -5))
    return f"{digits[:4]}-{digits[4:]}"


def _after(prefix: str, line: str) -> str:
    if not line.startswith(prefix):
        raise ValueError(prefix)
    return line.removeprefix(prefix)


def _hash(text: str) -> bytes:
    raw = decode_base64(text)
    if raw is None or len(raw) != HASH_SIZE:
        raise ValueError("not a hash")
    return raw


def _integer(text: str) -> int:
    if not INTEGER.fullmatch(text):
        raise ValueError("not an integer of at most 15 digits")
    return int(text)
