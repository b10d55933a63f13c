"""A code is asked for, sent, and typed."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from laurels.design.instants import as_text
from laurels.foundation import ids, rate_limits
from laurels.registrar import letters, rules
from laurels.registrar.actions.offers import offer_tickets
from laurels.registrar.actions.registers import DATABASE
from laurels.registrar.models import Code, RegistrarElection, RegistrarRateCount, VoterSession
from laurels.registrar.refusals import (
    CodeExpired,
    CodeWrong,
    NoTriesLeft,
    Refusal,
    TooManyCodes,
)

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.registrar.models import Ticket
    from laurels.registrar.rules import Address


@dataclass(frozen=True)
class AskedCode:
    """What the browser that asked is told: its own secret, and until when the code is good."""

    request: str
    expires_at: datetime


@dataclass(frozen=True)
class ConfirmedVoter:
    """What the browser is told when its code was right."""

    voter: str
    ticket: Ticket
    replaces: bool


def ask_for_code(
    *,
    election: RegistrarElection,
    address: Address,
    language: str,
    network: str,
    now: datetime,
    award_now: datetime,
) -> AskedCode:
    """Send a code to a mailbox; the answer is the same whether or not it has voted.

    `now` is real time. Raise VoteNotOpen, VoteClosed or TooManyCodes.
    """
    with transaction.atomic(using=DATABASE):
        register = RegistrarElection.objects.held(election.pk)
        rules.refuse_outside_the_window(register, award_now)
        key = bytes(register.mailbox_key or b"")
        digest = rules.mailbox_digest(key, address)
        # The count's row stays locked: two requests for one mailbox come one after another.
        _limit(register, "mailbox", digest.hex(), rules.CODES_PER_MAILBOX, now)
        request, code = ids.new_secret(), f"{secrets.randbelow(10**rules.CODE_DIGITS):06d}"
        live = Code.objects.filter(election=register, digest=digest, used_at=None, replaced_at=None)
        live.update(replaced_at=now, address="")
        kept = Code.objects.create(
            election=register,
            digest=digest,
            address=address.delivery,
            language=language,
            request_hash=ids.fingerprint(request),
            code_hash=rules.code_hash(request, code),
            tries_left=rules.CODE_TRIES,
            expires_at=now + rules.CODE_LIVES,
        )
        letters.send_code(kept, code=code, now=now)
        # Last, since many share this row: nobody waits longer for it than a commit takes.
        network_key = rules.network_digest(key, network)
        _limit(register, "network", network_key, rules.CODES_PER_NETWORK, now)
    return AskedCode(request=request, expires_at=kept.expires_at)


def confirm_code(
    *,
    election: RegistrarElection,
    request: str,
    code: str,
    network: str,
    now: datetime,
    award_now: datetime,
) -> ConfirmedVoter:
    """Take the code that was typed in the browser that asked, and offer the next serial.

    Raise CodeWrong, CodeExpired, CodeUsed, NoTriesLeft, VoteNotOpen or VoteClosed.
    """
    with transaction.atomic(using=DATABASE):
        register = RegistrarElection.objects.held(election.pk)
        rules.refuse_outside_the_window(register, award_now)
        # Of two who type one code at once, the second waits here and finds it used.
        kept = (
            Code.objects.select_for_update()
            .filter(election=register, request_hash=ids.fingerprint(request))
            .first()
        )
        outcome = _try_code(kept, request, code, now)
        if not isinstance(outcome, Refusal):
            return _confirm(register, outcome, network=network, now=now, award_now=award_now)
    # Raised outside the transaction, which must keep the try that was used up.
    raise outcome


def _try_code(kept: Code | None, request: str, typed: str, now: datetime) -> Code | Refusal:
    """Return the code that was typed rightly, or why it was not; a wrong one costs a try."""
    refusal = rules.refusal_of_code(kept, now=now)
    if kept is None or refusal is not None:
        return refusal or CodeExpired()
    code = rules.read_code(typed)
    if code is None:
        return CodeWrong(tries_left=kept.tries_left)
    if hmac.compare_digest(rules.code_hash(request, code), bytes(kept.code_hash)):
        return kept
    kept.tries_left -= 1
    kept.save(update_fields=["tries_left"])
    return CodeWrong(tries_left=kept.tries_left) if kept.tries_left else NoTriesLeft()


def _confirm(
    register: RegistrarElection, kept: Code, *, network: str, now: datetime, award_now: datetime
) -> ConfirmedVoter:
    domain = kept.address.rpartition("@")[2]
    evidence = {
        "domain": rules.domain_class(domain),
        "network": rules.network_digest(bytes(register.mailbox_key or b""), network),
    }
    [ticket] = offer_tickets(register, [bytes(kept.digest)], evidence=evidence, now=award_now)
    secret = ids.new_secret()
    VoterSession.objects.create(
        mailbox=ticket.mailbox,
        secret_hash=ids.fingerprint(secret),
        serial=ticket.serial,
        address=kept.address,
        language=kept.language,
        expires_at=now + rules.VOTER_LIVES,
    )
    kept.used_at, kept.address = now, ""
    kept.save(update_fields=["used_at", "address"])
    return ConfirmedVoter(voter=secret, ticket=ticket, replaces=ticket.serial > 1)


def _limit(register: RegistrarElection, about: str, key: str, limit: int, now: datetime) -> None:
    try:
        rate_limits.count(
            RegistrarRateCount,
            name=f"{register.slug}/{about}",
            key=key,
            limit=limit,
            period=rules.LIMIT_PERIOD,
            now=now,
        )
    except rate_limits.LimitReached as reached:
        sentence = _("Too many codes were asked for. Come back at %(time)s, or use the newest one.")
        time = as_text(reached.resets_at, register.host_timezone)
        seconds = max(1, int((reached.resets_at - now).total_seconds()))
        raise TooManyCodes(sentence % {"time": time}, retry_after=seconds) from None
