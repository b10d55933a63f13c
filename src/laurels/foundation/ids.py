"""Secrets that a browser keeps, and what the server keeps of them."""

import hashlib
import secrets

SECRET_BYTES = 32


def new_secret() -> str:
    """Return 32 random bytes as 43 characters of the URL alphabet."""
    return secrets.token_urlsafe(SECRET_BYTES)


def fingerprint(secret: str) -> bytes:
    """Return SHA-256 of a secret: enough to find it again, of no use to a thief.

    A plain hash is right for 32 random bytes only; never for what people choose.
    """
    return hashlib.sha256(secret.encode()).digest()
