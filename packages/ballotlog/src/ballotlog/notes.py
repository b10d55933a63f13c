"""Signed notes (C2SP signed-note v1.0.0) and cosignatures (tlog-cosignature v1.0.1)."""

import re
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ballotlog.values import CONTROL, decode_base64, encode_base64

LOG_KEY = 1
WITNESS_KEY = 4
LARGEST_NOTE = 65_536
MOST_LINES = 64
SMALLEST_SIGNATURE = 5
VKEY_SIZE = 33
ED25519_SIZE = 64
COSIGNATURE_SIZE = 72
TWO_TO_53 = 2**53
# Unicode's White_Space; Python's \s has U+001C to U+001F more, which no note may hold anyway.
SPACE = re.compile("[\\s\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
CONTROL_BUT_NEWLINE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")


class Vkey(NamedTuple):
    """A verifier key: `<name>+<key id>+<base64 of type and key>`."""

    name: str
    key_id: bytes
    public_key: bytes

    def is_signed(self, signature: bytes, message: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public_key).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


class Line(NamedTuple):
    """A signature line: `— <name> <base64 of key id and signature>`."""

    name: str
    key_id: bytes
    signature: bytes


class Note(NamedTuple):
    text: str
    lines: list[Line]

    def signatures_of(self, key: Vkey) -> list[bytes]:
        return [line.signature for line in self.lines if line[:2] == key[:2]]

    def is_signed_by(self, key: Vkey) -> bool:
        """There is a line of this key, and every one of its lines verifies."""
        signatures = self.signatures_of(key)
        return bool(signatures) and all(
            len(signature) == ED25519_SIZE and key.is_signed(signature, self.text.encode())
            for signature in signatures
        )

    def cosignature_times(self, witness: Vkey) -> list[int]:
        """Unix times of this witness's lines; none if it has not signed.

        Raises ValueError if any of its lines does not verify.
        """
        times = []
        for signature in self.signatures_of(witness):
            time = int.from_bytes(signature[:8], "big")
            if len(signature) != COSIGNATURE_SIZE or time >= TWO_TO_53:
                raise ValueError("not a cosignature")
            if not witness.is_signed(signature[8:], cosigned_text(time, self.text)):
                raise ValueError("not this witness's signature")
            times.append(time)
        return times


def parse_note(data: bytes) -> Note:
    """Raises ValueError for anything outside the profile of SPEC section 2."""
    if len(data) > LARGEST_NOTE:
        raise ValueError("too large")
    note = data.decode()
    head, gap, tail = note.rpartition("\n\n")
    lines = tail.split("\n")
    if CONTROL_BUT_NEWLINE.search(note) or not gap or lines.pop():
        raise ValueError("not a signed note")
    if not 1 <= len(lines) <= MOST_LINES:
        raise ValueError("too few or too many signatures")
    return Note(head + "\n", [_parse_line(line) for line in lines])


def _parse_line(line: str) -> Line:
    dash, name, signature = line.split(" ")
    raw = decode_base64(signature)
    if dash != "\N{EM DASH}" or not _is_name(name) or not raw or len(raw) < SMALLEST_SIGNATURE:
        raise ValueError("not a signature line")
    return Line(name, raw[:4], raw[4:])


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not SPACE.search(name)


def parse_vkey(text: str, kind: int) -> Vkey:
    """Raises ValueError unless it is a verifier key of this type."""
    name, key_id, encoded = text.split("+", 2)
    raw = decode_base64(encoded)
    if not _is_name(name) or CONTROL.search(name) or raw is None or len(raw) != VKEY_SIZE:
        raise ValueError("not a verifier key")
    if raw[0] != kind or key_id != _key_id(name, raw).hex():
        raise ValueError("a verifier key of another type or name")
    return Vkey(name, _key_id(name, raw), raw[1:])


def vkey(name: str, public_key: Ed25519PublicKey, kind: int = LOG_KEY) -> str:
    """The verifier key of a log, or with kind 4 of a witness."""
    raw = bytes([kind]) + public_key.public_bytes_raw()
    return f"{name}+{_key_id(name, raw).hex()}+{encode_base64(raw)}"


def sign_note(text: str, name: str, key: Ed25519PrivateKey) -> str:
    """The text, which ends in a newline, as a note with one signature."""
    raw = bytes([LOG_KEY]) + key.public_key().public_bytes_raw()
    return f"{text}\n{_line(name, _key_id(name, raw) + key.sign(text.encode()))}"


def cosign(text: str, name: str, key: Ed25519PrivateKey, time: int) -> str:
    """A witness's line for a checkpoint's text, to be put below its note."""
    raw = bytes([WITNESS_KEY]) + key.public_key().public_bytes_raw()
    signature = time.to_bytes(8, "big") + key.sign(cosigned_text(time, text))
    return _line(name, _key_id(name, raw) + signature)


def cosigned_text(time: int, text: str) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def _line(name: str, raw: bytes) -> str:
    return f"\N{EM DASH} {name} {encode_base64(raw)}\n"


def _key_id(name: str, raw: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + raw).digest()[:4]
