"""From a body to a ballot that may be stored: all but the ticket's signature and the time."""

from __future__ import annotations

from binascii import a2b_base64
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from ballotlog import p256, texts, values
from laurels.ballotbox.box.answers import Answer, Refused

if TYPE_CHECKING:
    import asyncio

    from laurels.ballotbox.box.elections import OpenElection

LARGEST_BODY = 4_096
# `at` sorts before all other members of a ballot (RFC 8785), so the database can put it in front
# of the rest, in the transaction that fixes it.
AT = '{{"at":"{at}",'
AT_SIZE = len(AT.format(at="2000-01-01T00:00:00Z"))
SOME_TIME = AT.format(at="2000-01-01T00:00:00Z").encode()


class Cast(msgspec.Struct, forbid_unknown_fields=True):
    """The body of a cast. A member given twice counts by its last value: the leaf is made anew."""

    tag: str
    serial: int
    grade: str
    evc: str
    c: str
    sig: str


class Waiting(msgspec.Struct):
    """A ballot of the right form, waiting for its transaction.

    `rest` is the leaf without its time; `ciphertext` is its part that decides whether two casts
    under one serial are the same.
    """

    answered: asyncio.Future[Answer]
    election: OpenElection
    tag: bytes
    serial: int
    rest: bytes
    ciphertext: bytes
    sig: bytes
    ticket: bytes
    answer: Answer | None = None


_decode = msgspec.json.Decoder(Cast).decode


def read_cast(election: OpenElection, body: bytes, answered: asyncio.Future[Answer]) -> Waiting:
    """Check all that needs neither the registrar's key nor a clock. Raise Refused."""
    try:
        cast = _decode(body)
        rest = _rest(cast).encode()
    except (msgspec.MsgspecError, ValueError):
        raise Refused("body-malformed") from None
    # One match is canonical form, lengths, alphabets and ranges at once (SPEC section 3).
    if election.form.fullmatch(SOME_TIME + rest) is None:
        raise Refused(_fault(election, cast))
    if cast.grade not in election.grades:
        raise Refused("ballot-grade")
    c = a2b_base64(cast.c)
    if not p256.is_point(c[: p256.POINT_SIZE]):
        raise Refused("ciphertext-point")
    return Waiting(
        answered=answered,
        election=election,
        tag=bytes.fromhex(cast.tag),
        serial=cast.serial,
        rest=rest,
        ciphertext=_member("c", cast.c).encode(),
        sig=a2b_base64(cast.sig),
        ticket=texts.ticket(
            election.manifest.election,
            cast.tag,
            cast.serial,
            cast.grade,
            cast.evc,
            sha256(c).hexdigest(),
        ),
    )


def _rest(cast: Cast) -> str:
    """RFC 8785 form after `at`; no value that passes the form check needs an escape."""
    return (
        f"{_member('c', cast.c)},{_member('evc', cast.evc)},{_member('grade', cast.grade)},"
        f'"serial":{cast.serial},{_member("sig", cast.sig)},"t":"ballot",'
        f"{_member('tag', cast.tag)}}}"
    )


def _member(name: str, value: str) -> str:
    return f'"{name}":"{value}"'


def _fault(election: OpenElection, cast: Cast) -> str:
    """Which code a ballot of the wrong form gets; nothing here is on the hot path."""
    c = values.decode_base64(cast.c)
    if c is not None and len(c) != election.ciphertext_size:
        return "ciphertext-size"
    return "ballot-form"
