"""The mails that the demo has sent, read from the folder that Django's file backend writes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from email.message import EmailMessage
    from pathlib import Path

LETTERS_SHOWN = 50
# Django's file backend ends every message with this line.
SEPARATOR = re.compile(rb"^-{79}\n?", re.MULTILINE)
CODE = re.compile(r"(?<![0-9])[0-9]{3} ?[0-9]{3}(?![0-9])")


@dataclass(frozen=True)
class Letter:
    """A mail as text; `code` is the first six-digit number in it, or empty."""

    to: str
    subject: str
    sent_at: datetime | None
    text: str
    code: str


def newest_letters(folder: Path, *, limit: int = LETTERS_SHOWN) -> list[Letter]:
    """Return the newest letters first. Files that are no mail are passed over."""
    letters: list[Letter] = []
    for path in _newest_files(folder):
        letters += reversed(list(_letters_in(path)))
        if len(letters) >= limit:
            break
    return letters[:limit]


def _newest_files(folder: Path) -> list[Path]:
    # A link or a folder in there was not written by the mail backend.
    files = (path for path in folder.glob("*.*") if path.is_file() and not path.is_symlink())
    return sorted(files, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)


def _letters_in(path: Path) -> Iterator[Letter]:
    for raw in SEPARATOR.split(path.read_bytes()):
        if raw.strip():
            yield _letter(message_from_bytes(raw.lstrip(b"\n"), policy=policy.default))


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
