"""The registrar's signing key, one file an election."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

from laurels.registrar.refusals import RegistrarUnavailable

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "registrar.pem"

log = logging.getLogger(__name__)


def signing_key(slug: str) -> ec.EllipticCurvePrivateKey:
    """Return the P-256 key that signs the tickets of one election.

    Raise RegistrarUnavailable where the file is missing or holds something else.
    """
    path: Path = settings.KEYS / slug / FILE_NAME
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, TypeError) as error:
        log.error("The registrar's key of %s cannot be read: %s", slug, type(error).__name__)  # noqa: TRY400 -- the trace tells less than the name
        raise RegistrarUnavailable from error


def public_point(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the public point as SEC 1, 2.3.3 has it: 65 bytes, uncompressed."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@lru_cache(maxsize=8)
def _read(path: Path, _changed_at: int) -> ec.EllipticCurvePrivateKey:
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise TypeError("not a P-256 key")
    return key
