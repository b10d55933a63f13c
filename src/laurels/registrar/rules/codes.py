"""What is a code, and how long it is good for. Real time."""

from __future__ import annotations

import hmac
import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from laurels.registrar.refusals import CodeExpired, CodeUsed, NoTriesLeft, Refusal

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.registrar.models import Code

CODE_DIGITS = 6
CODE_LIVES = timedelta(minutes=15)
CODE_TRIES = 5
VOTER_LIVES = timedelta(hours=2)
LIMIT_PERIOD = timedelta(hours=1)
CODES_PER_MAILBOX = 5
# A campus or a company can stand behind one address: this stops floods, not crowds.
CODES_PER_NETWORK = 2000


def read_code(typed: str) -> str | None:
    """Return the six digits that were typed, in any script and spacing, or None."""
    digits = "".join(typed.split())
    if len(digits) != CODE_DIGITS or not all(digit.isdecimal() for digit in digits):
        return None
    return "".join(str(unicodedata.decimal(digit)) for digit in digits)


def code_hash(request_secret: str, code: str) -> bytes:
    """Return HMAC-SHA256 of a code under the secret of the browser that asked for it.

    A code alone has a million values: without the secret its hash would hide nothing.
    """
    return hmac.digest(request_secret.encode(), code.encode(), "sha256")


def refusal_of_code(kept: Code | None, *, now: datetime) -> Refusal | None:
    """Return why a code can no longer be typed, or None (real time)."""
    if kept is None:
        return CodeExpired()
    if kept.used_at is not None:
        return CodeUsed()
    if kept.replaced_at is not None:
        return CodeExpired(
            _("A newer code was asked for, and only the newest counts. Ask once more, here.")
        )
    if kept.expires_at <= now:
        return CodeExpired()
    return None if kept.tries_left else NoTriesLeft()
