"""What the box answers: one JSON object, and for each refusal a stable code and one sentence."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

encode = msgspec.json.Encoder().encode

Headers = list[tuple[str, str]]

JSON = "application/json"
HEADERS: Headers = [
    ("x-content-type-options", "nosniff"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("referrer-policy", "no-referrer"),
]
NOT_STORED: Headers = [("cache-control", "no-store")]
# When a refusal passes by itself, the page is told how many seconds to wait.
RETRY_SECONDS = {"busy": 2, "database-unavailable": 5, "disk-full": 30}

# Pages translate by the code; the sentence is for people who read the answer itself.
REFUSALS: dict[str, tuple[int, str]] = {
    "body-malformed": (
        400,
        (
            "This is not a ballot: send one JSON object with exactly the members "
            "tag, serial, grade, evc, c and sig."
        ),
    ),
    "content-type": (415, "Send the ballot as text/plain or application/json."),
    "body-too-large": (413, "This is larger than any ballot: send at most 4,096 bytes."),
    "ballot-form": (
        400,
        (
            "A member of the ballot has the wrong form: write hex in lower case and base64 with "
            "padding, in the lengths of the specification."
        ),
    ),
    "ballot-grade": (400, "This election has no such grade: get a ticket from its registrar."),
    "ciphertext-size": (
        400,
        "The sealed ballot has the wrong length: seal it again as the manifest says.",
    ),
    "ciphertext-point": (
        400,
        "The sealed ballot does not begin with a point of P-256: seal it again.",
    ),
    "ticket-signature": (
        403,
        "The registrar of this election did not sign this ballot: ask it for a ticket.",
    ),
    "not-open-yet": (403, "The vote has not opened yet: send the ballot again when it has."),
    "vote-closed": (403, "The vote is closed: no ballot is taken any more."),
    "serial-conflict": (
        409,
        "Another ballot was taken under this ticket's serial: ask the registrar for a new ticket.",
    ),
    "busy": (503, "The box is busy: send the same ballot again in a moment."),
    "database-unavailable": (
        503,
        "The box cannot store ballots just now: send the same ballot again in a moment.",
    ),
    "disk-full": (507, "The box has no room to store ballots: send the same ballot again later."),
    "internal": (
        500,
        "Something went wrong in the box and was written down: send the same ballot again.",
    ),
    "unknown-election": (404, "There is no such election here: check the address."),
    "unknown-ballot": (404, "The box holds no such ballot: check the receipt."),
    "not-yet-logged": (404, "This ballot is not in the log yet: ask again in a few seconds."),
    "not-found": (404, "There is nothing at this address."),
    "method-not-allowed": (405, "This address does not take this method."),
}


@dataclass(frozen=True)
class Answer:
    """A whole answer; `file` is the path of a file to send instead of `body`."""

    status: int
    body: bytes = b""
    content_type: str = JSON
    headers: tuple[tuple[str, str], ...] = tuple(NOT_STORED)
    file: str | None = None


def give(value: Any, *, status: int = 200) -> Answer:
    return Answer(status, encode(value))


def refuse(code: str, *, headers: Iterable[tuple[str, str]] = ()) -> Answer:
    """The answer for a code of REFUSALS."""
    status, sentence = REFUSALS[code]
    wait = RETRY_SECONDS.get(code)
    retry = [] if wait is None else [("retry-after", str(wait))]
    return Answer(
        status,
        encode({"error": {"code": code, "sentence": sentence}}),
        headers=(*NOT_STORED, *retry, *headers),
    )


class Refused(Exception):  # noqa: N818 -- named for what is wrong
    """A request that the box does not grant; `code` is one of REFUSALS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
