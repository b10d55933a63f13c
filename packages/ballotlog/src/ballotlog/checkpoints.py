"""Checkpoints (C2SP tlog-checkpoint v1.0.0 in the profile of SPEC section 2) and step 5."""

import re
from dataclasses import dataclass

from ballotlog.errors import LogError
from ballotlog.manifest import Manifest
from ballotlog.notes import Note, cosign, parse_note, sign_note, vkey
from ballotlog.tree import HASH_SIZE
from ballotlog.values import decode_base64, encode_base64

__all__ = ["Checkpoint", "checkpoint_text", "cosign", "parse", "sign_note", "vkey"]

SIZE = re.compile("0|[1-9][0-9]{0,14}")


@dataclass(frozen=True)
class Checkpoint:
    """A log of `size` entries has this root, says whoever signed the note."""

    origin: str
    size: int
    root: bytes
    note: Note

    def check(self, manifest: Manifest) -> dict[int, list[int]]:
        """Origin and signatures (step 5): which witness, by position, signed at which times.

        Raises LogError at this checkpoint's size.
        """
        if self.origin != manifest.origin:
            raise LogError("origin-mismatch", self.size)
        if not self.note.is_signed_by(manifest.log):
            raise LogError("log-signature", self.size)
        try:
            times = [self.note.cosignature_times(witness) for witness in manifest.witnesses]
        except ValueError:
            raise LogError("cosignature-invalid", self.size) from None
        return {witness: own for witness, own in enumerate(times) if own}


def checkpoint_text(origin: str, size: int, root: bytes) -> str:
    return f"{origin}\n{size}\n{encode_base64(root)}\n"


def parse(data: bytes, index: int | None = None) -> Checkpoint:
    """A checkpoint's note, not yet checked. Raises LogError `checkpoint-format` at `index`."""
    try:
        return _read(parse_note(data))
    except ValueError:
        raise LogError("checkpoint-format", index) from None


def _read(note: Note) -> Checkpoint:
    """Exactly three lines: extensions are not in this profile. Raises ValueError."""
    origin, size, root_text, end = note.text.split("\n")
    root = decode_base64(root_text)
    if end or not origin or not SIZE.fullmatch(size) or root is None or len(root) != HASH_SIZE:
        raise ValueError("not a checkpoint")
    return Checkpoint(origin, int(size), root, note)
