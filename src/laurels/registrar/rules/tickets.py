"""Who may have a ticket, when, and upon what evidence. Award time."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from laurels.design.instants import as_text
from laurels.registrar.refusals import (
    ChangeClosed,
    TicketAlreadySigned,
    VoteClosed,
    VoteNotOpen,
)

if TYPE_CHECKING:
    from laurels.registrar.models import RegistrarElection, Ticket


def evidence_record(*, grade: str, evidence: dict[str, Any], now: datetime) -> bytes:
    """Return the private record of one offer in canonical form: sorted, without whitespace."""
    at = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    record = {"at": at, "grade": grade, **evidence}
    return json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def evidence_commitment(salt: bytes, record: bytes) -> bytes:
    """Return SHA-256(salt || record) (SPEC, section 5)."""
    return hashlib.sha256(salt + record).digest()


def refuse_outside_the_window(register: RegistrarElection, now: datetime) -> None:
    """Raise VoteNotOpen or VoteClosed where no vote can be cast at award time `now`."""
    if now < register.opens_at:
        sentence = _("The vote opens at %(time)s. Come back then.")
        raise VoteNotOpen(sentence % {"time": as_text(register.opens_at, register.host_timezone)})
    if now >= register.closes_at or register.unlinked_at is not None:
        sentence = _("The vote closed at %(time)s. The result will stand on this site.")
        time = as_text(register.closes_at, register.host_timezone, closes=True)
        raise VoteClosed(sentence % {"time": time})


def is_signed_already(
    ticket: Ticket, ciphertext_hash: bytes, *, register: RegistrarElection, now: datetime
) -> bool:
    """Tell whether a ticket is signed over this very hash; False where it may be signed now.

    Raise TicketAlreadySigned where another hash has the ticket, ChangeClosed where the mailbox
    has voted and it is too late to vote anew.
    """
    if ticket.signature is not None:
        if bytes(ticket.ciphertext_hash or b"") == ciphertext_hash:
            return True
        raise TicketAlreadySigned if register.takes_changes(now) else ChangeClosed
    if ticket.mailbox.last_serial and not register.takes_changes(now):
        raise ChangeClosed
    return False
