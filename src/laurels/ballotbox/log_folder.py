"""The published files of one log: written so that a crash leaves the old file or the new one."""

import os
import shutil
from collections.abc import Iterable
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ballotlog import canonical, checkpoints, tiles

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTIAL = ".p"
# After each of these the log rests under a checkpoint of exactly that size (SPEC 8, step 8).
STAGES = frozenset({"close", "freeze", "result"})


class LogFolder:
    """One folder in the layout of SPEC section 2. Names are paths below it, with slashes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, name: str) -> bytes | None:
        """The bytes of a file, or None where there is none."""
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """Put a whole file in place, on disk when this returns. Raise OSError, and change nothing.

        A crash leaves either nothing or the whole file under this name; a left-over `.new`
        is overwritten by the next writing of the same file, which recovery does.
        """
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"{path.name}.new")
        try:
            with unfinished.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        except OSError:
            # On a full disk these bytes are better given back.
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise
        with _opened(path.parent) as folder:
            os.fsync(folder)

    def repair(self, name: str, data: bytes) -> bool:
        """Write the file unless it holds exactly this; return whether it had to be written."""
        if self.read(name) == data:
            return False
        self.write(name, data)
        return True

    def drop_partials_of(self, name: str) -> None:
        """Take away the partial files of a tile or bundle that is full now (C2SP tlog-tiles)."""
        shutil.rmtree(self.path / f"{name}{PARTIAL}", ignore_errors=True)


@contextmanager
def _opened(folder: Path) -> "Iterator[int]":
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def is_partial(name: str) -> bool:
    return PARTIAL in name


def signed_checkpoint(origin: str, size: int, root: bytes, key: Ed25519PrivateKey) -> bytes:
    """A checkpoint by the log's key; Ed25519 makes the same one of the same tree each time."""
    text = checkpoints.checkpoint_text(origin, size, root)
    return checkpoints.sign_note(text, origin, key).encode()


def write_archive(
    path: Path, *, origin: str, key: Ed25519PrivateKey, leaves: Iterable[bytes]
) -> None:
    """Write a whole log at once: for a dress run, where no sequencer and no database is needed.

    Keeps a checkpoint of the exact size after close, freeze and result (SPEC 8, step 8).
    """
    folder, writer = LogFolder(path), tiles.Writer()
    for leaf in leaves:
        writer.append(leaf)
        if canonical.decode(leaf)["t"] in STAGES:
            note = signed_checkpoint(origin, writer.size, writer.root(), key)
            folder.write(f"checkpoints/{writer.size}", note)
    for name, data in writer.files():
        folder.write(name, data)
    folder.write("checkpoint", signed_checkpoint(origin, writer.size, writer.root(), key))
