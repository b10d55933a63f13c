"""Signing the hash of a sealed ballot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from ballotlog import texts
from laurels.foundation import ids
from laurels.registrar import letters, rules
from laurels.registrar.actions.registers import DATABASE
from laurels.registrar.keys import signing_key
from laurels.registrar.models import Mailbox, RegistrarElection, Ticket, VoterSession
from laurels.registrar.refusals import SerialUnknown, VoterExpired

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


@transaction.atomic(using=DATABASE)
def sign_ticket_of_voter(
    *,
    election: RegistrarElection,
    voter: str,
    serial: int,
    ciphertext_hash: bytes,
    now: datetime,
    award_now: datetime,
) -> Ticket:
    """Sign for the browser that typed its code, and write to the voter when a vote is changed.

    `now` is real time. Raise VoterExpired or SerialUnknown, and what `sign_ticket` raises.
    """
    RegistrarElection.objects.held(election.pk)
    # Locked, so that a request sent twice at once writes to the voter once.
    session = (
        VoterSession.objects.select_for_update(of=["self"])
        .select_related("mailbox__election")
        .filter(mailbox__election=election, secret_hash=ids.fingerprint(voter), expires_at__gt=now)
        .first()
    )
    if session is None:
        raise VoterExpired
    if session.serial != serial:
        raise SerialUnknown
    before = session.mailbox.last_serial
    ticket = sign_ticket(
        election=election,
        mailbox=session.mailbox,
        serial=serial,
        ciphertext_hash=ciphertext_hash,
        now=award_now,
    )
    if before and ticket.mailbox.last_serial > before and session.address:
        letters.send_change(session, now=now)
    # Signing the same again sends nothing: the address has had its day.
    VoterSession.objects.filter(pk=session.pk).update(address="")
    return ticket


def sign_ticket(
    *,
    election: RegistrarElection,
    mailbox: Mailbox,
    serial: int,
    ciphertext_hash: bytes,
    now: datetime,
) -> Ticket:
    """Sign one offered ticket over SHA-256 of a sealed ballot (SPEC, section 5).

    The same hash again gives the same signature. `now` is award time. Raise SerialUnknown,
    TicketAlreadySigned, ChangeClosed, VoteNotOpen or VoteClosed.
    """
    ticket = Ticket.objects.filter(mailbox=mailbox, serial=serial).first()
    if ticket is None:
        raise SerialUnknown
    [signed] = sign_tickets(election=election, requests=[(ticket, ciphertext_hash)], now=now)
    return signed


@transaction.atomic(using=DATABASE)
def sign_tickets(
    *,
    election: RegistrarElection,
    requests: Sequence[tuple[Ticket, bytes]],
    now: datetime,
) -> list[Ticket]:
    """Sign many, all or none; in the order of the requests."""
    register = RegistrarElection.objects.held(election.pk)
    rules.refuse_outside_the_window(register, now)
    tickets = _locked(register, [ticket for ticket, _ in requests])
    key = signing_key(register.slug)
    signed = []
    for asked, ciphertext_hash in requests:
        ticket = tickets[asked.pk]
        if rules.is_signed_already(ticket, ciphertext_hash, register=register, now=now):
            continue
        text = texts.ticket(
            register.election_id,
            bytes(ticket.mailbox.tag).hex(),
            ticket.serial,
            ticket.grade,
            bytes(ticket.evc).hex(),
            ciphertext_hash.hex(),
        )
        ticket.signature = texts.sign(key, text)
        ticket.ciphertext_hash = ciphertext_hash
        ticket.signed_at = now
        ticket.mailbox.last_serial = ticket.serial
        signed.append(ticket)
    _save(signed)
    return [tickets[ticket.pk] for ticket, _ in requests]


def _save(signed: Sequence[Ticket]) -> None:
    # An upsert of rows that are there: a bulk_update takes four times as long to write out.
    Ticket.objects.bulk_create(
        signed,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=["signature", "ciphertext_hash", "signed_at"],
    )
    mailboxes = Mailbox.objects.filter(pk__in=[ticket.mailbox_id for ticket in signed])
    mailboxes.update(last_serial=F("last_serial") + 1)


def _locked(register: RegistrarElection, tickets: Sequence[Ticket]) -> dict[int, Ticket]:
    """Return the tickets as they are now, their mailboxes locked and attached."""
    locked = Mailbox.objects.select_for_update().filter(
        election=register, pk__in={ticket.mailbox_id for ticket in tickets}
    )
    mailboxes = {mailbox.pk: mailbox for mailbox in locked.order_by("pk")}
    # Read after the lock: another browser may have signed this serial while we waited.
    found = Ticket.objects.filter(
        mailbox__in=mailboxes, pk__in={ticket.pk for ticket in tickets}
    ).in_bulk()
    if len(found) < len({ticket.pk for ticket in tickets}):
        raise SerialUnknown
    for ticket in found.values():
        ticket.mailbox = mailboxes[ticket.mailbox_id]
    return found
