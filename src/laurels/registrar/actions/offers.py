"""Offering a mailbox the serial of its next ballot."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.db import transaction

from laurels.registrar import rules
from laurels.registrar.actions.registers import DATABASE
from laurels.registrar.enums import Grade
from laurels.registrar.models import Mailbox, RegistrarElection, Ticket

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

TAG_BYTES, SALT_BYTES = 16, 32


def register_mailbox(
    *, election: RegistrarElection, address: str, evidence: dict[str, Any], now: datetime
) -> Ticket:
    """Enter one mailbox without a code, and offer it a serial; for the demo's invented voters.

    `now` is award time. The rules of `read_address` and of the window hold here too.
    """
    [ticket] = register_mailboxes(
        election=election, addresses=[address], evidence=evidence, now=now
    )
    return ticket


@transaction.atomic(using=DATABASE)
def register_mailboxes(
    *,
    election: RegistrarElection,
    addresses: Sequence[str],
    evidence: dict[str, Any],
    now: datetime,
) -> list[Ticket]:
    """Do the same for many mailboxes at once; tickets come in the order of the addresses."""
    register = RegistrarElection.objects.held(election.pk)
    rules.refuse_outside_the_window(register, now)
    key = bytes(register.mailbox_key or b"")
    digests = [rules.mailbox_digest(key, rules.read_address(address)) for address in addresses]
    return offer_tickets(register, digests, evidence=evidence, now=now)


def offer_tickets(
    register: RegistrarElection,
    digests: Sequence[bytes],
    *,
    evidence: dict[str, Any],
    now: datetime,
) -> list[Ticket]:
    """Return for each mailbox the ticket that it may have signed next (call in a transaction).

    An offer that was not taken up stands: its evidence was fixed when it was made, and another
    browser may be sealing a ballot for it. When changes have ended, a mailbox that has voted
    gets its last ticket, so that a lost answer can be signed again.
    """
    mailboxes = _mailboxes(register, digests)
    serials = {
        mailbox.pk: mailbox.last_serial + 1
        if mailbox.last_serial == 0 or register.takes_changes(now)
        else mailbox.last_serial
        for mailbox in mailboxes.values()
    }
    tickets = _tickets(serials)
    missing = [mailbox for mailbox in mailboxes.values() if mailbox.pk not in tickets]
    Ticket.objects.bulk_create(
        _new_ticket(mailbox, serials[mailbox.pk], evidence, now) for mailbox in missing
    )
    if missing:
        tickets = _tickets(serials)
    for mailbox in mailboxes.values():
        tickets[mailbox.pk].mailbox = mailbox
    return [tickets[mailboxes[digest].pk] for digest in digests]


def _mailboxes(register: RegistrarElection, digests: Sequence[bytes]) -> dict[bytes, Mailbox]:
    """Return the mailboxes by digest, new ones entered, all locked."""
    Mailbox.objects.bulk_create(
        [
            Mailbox(
                election=register,
                digest=digest,
                tag=secrets.token_bytes(TAG_BYTES),
                grade=Grade.MAIL,
            )
            for digest in dict.fromkeys(digests)
        ],
        ignore_conflicts=True,
    )
    # In one order for everybody: two who lock several at once cannot wait for each other.
    found = Mailbox.objects.select_for_update().filter(election=register, digest__in=digests)
    return {bytes(mailbox.digest): mailbox for mailbox in found.order_by("pk")}


def _tickets(serials: dict[int, int]) -> dict[int, Ticket]:
    found = Ticket.objects.filter(mailbox__in=serials).order_by("mailbox", "-serial")
    newest = found.distinct("mailbox")
    return {
        ticket.mailbox_id: ticket
        for ticket in newest
        if ticket.serial == serials[ticket.mailbox_id]
    }


def _new_ticket(mailbox: Mailbox, serial: int, evidence: dict[str, Any], now: datetime) -> Ticket:
    record = rules.evidence_record(grade=mailbox.grade, evidence=evidence, now=now)
    salt = secrets.token_bytes(SALT_BYTES)
    return Ticket(
        mailbox=mailbox,
        serial=serial,
        grade=mailbox.grade,
        evidence_salt=salt,
        evidence=record,
        evc=rules.evidence_commitment(salt, record),
        offered_at=now,
    )
