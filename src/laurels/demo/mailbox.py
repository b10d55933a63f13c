"""The mailbox of the demo: a folder with a file for each mail, and each mail once.

A sender that was killed sends a letter again under the same Message-ID. Like the Sieve test
"duplicate" (RFC 7352) and many mail servers, this mailbox drops the second copy.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from email.message import EmailMessage

    from django.core.mail import EmailMessage as DjangoMessage

LETTERS_SHOWN = 50
SUFFIX = ".eml"
CODE = re.compile(r"(?<![0-9])[0-9]{3} ?[0-9]{3}(?![0-9])")


@dataclass(frozen=True)
class Letter:
    """A mail as text; `code` is the first six-digit number in it, or empty."""

    to: str
    subject: str
    sent_at: datetime | None
    text: str
    code: str


class Mailbox(BaseEmailBackend):
    """Puts mails into the folder `EMAIL_FILE_PATH`, in place of a mail server."""

    def send_messages(self, email_messages: Sequence[DjangoMessage]) -> int:
        for message in email_messages:
            keep(settings.EMAIL_FILE_PATH, message.message().as_bytes())
        return len(email_messages)


def keep(folder: Path, raw: bytes) -> bool:
    """Keep a mail as it came, whole or not at all; return False for a copy of one that is there."""
    folder.mkdir(parents=True, exist_ok=True)
    mail = message_from_bytes(raw, policy=policy.default)
    known_by = f"{mail['Message-ID']}\n{mail['To']}".encode() if mail["Message-ID"] else raw
    place = folder / f"{hashlib.sha256(known_by).hexdigest()}{SUFFIX}"
    # Whoever is killed while writing leaves a file that nobody reads.
    handle, unread = tempfile.mkstemp(dir=folder, prefix="unread-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
        # Of two copies at once one gets the name: a link, unlike a rename, replaces nothing.
        os.link(unread, place)
    except FileExistsError:
        return False
    finally:
        Path(unread).unlink()
    return True


def newest_letters(folder: Path, *, limit: int = LETTERS_SHOWN) -> list[Letter]:
    """Return the newest letters first."""
    # A link or a folder in there was not written by this mailbox.
    files = (path for path in folder.glob(f"*{SUFFIX}") if path.is_file() and not path.is_symlink())
    newest = sorted(files, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    return [
        _letter(message_from_bytes(path.read_bytes(), policy=policy.default))
        for path in newest[:limit]
    ]


def _letter(message: EmailMessage) -> Letter:
    body = message.get_body(("plain",))
    text = body.get_content() if body is not None else ""
    found = CODE.search(text)
    return Letter(
        to=str(message.get("To", "")),
        subject=str(message.get("Subject", "")),
        sent_at=_sent_at(message),
        text=text.strip(),
        code=found[0].replace(" ", "") if found else "",
    )


def _sent_at(message: EmailMessage) -> datetime | None:
    try:
        return parsedate_to_datetime(str(message["Date"]))
    except (TypeError, ValueError):
        return None
