"""The key that signs checkpoints and promises: Ed25519, a PEM file in the election's folder."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from ballotlog import checkpoints

NAME = "log.pem"


class LogKeyIsMissing(Exception):  # noqa: N818 -- named for what is wrong
    """The folder of an election's keys holds no key of its log, or one of another type."""


def make_log_key(folder: Path) -> Ed25519PrivateKey:
    """Make the key of a new log, or return the one that is there: a log never changes its key."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    unfinished = folder / f"{NAME}.{os.getpid()}"
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    try:
        # A link, unlike a rename, fails if another process made the key meanwhile.
        os.link(unfinished, folder / NAME)
    except FileExistsError:
        return read_log_key(folder)
    finally:
        unfinished.unlink()
    return key


def read_log_key(folder: Path, log_vkey: str = "") -> Ed25519PrivateKey:
    """Raise LogKeyIsMissing, in a sentence that says where the key belongs.

    `log_vkey` is the manifest's: another key would sign what nobody can verify.
    """
    path = folder / NAME
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError) as error:
        message = f"There is no readable key at {path}: put the PEM file of the log's key there."
        raise LogKeyIsMissing(message) from error
    if not isinstance(key, Ed25519PrivateKey):
        message = f"The key at {path} is not Ed25519: put the PEM file of the log's key there."
        raise LogKeyIsMissing(message)
    if log_vkey and checkpoints.vkey(log_vkey.partition("+")[0], key.public_key()) != log_vkey:
        message = f"The key at {path} is not the one in the manifest: put the log's own key there."
        raise LogKeyIsMissing(message)
    return key
