"""Secrets that a browser keeps, and what the server keeps of them."""

import hashlib
import re
import secrets

SECRET_BYTES = 32
A_SECRET = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])")
MASK = "\N{HORIZONTAL ELLIPSIS}"


def new_secret() -> str:
    """Return 32 random bytes as 43 characters of the URL alphabet."""
    return secrets.token_urlsafe(SECRET_BYTES)


def fingerprint(secret: str) -> bytes:
    """Return SHA-256 of a secret: enough to find it again, of no use to a thief.

    A plain hash is right for 32 random bytes only; never for what people choose.
    """
    return hashlib.sha256(secret.encode()).digest()


def mask_secrets(text: str) -> str:
    """Return a text in which dots stand for whatever has the shape of a secret of ours."""
    return A_SECRET.sub(MASK, text)
