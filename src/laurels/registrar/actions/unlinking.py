"""Destroying the link between mailbox and tag, and clearing away what has had its day."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import connections, transaction
from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

from ballotlog import texts
from laurels.foundation import rate_limits
from laurels.registrar.actions.registers import DATABASE
from laurels.registrar.keys import signing_key
from laurels.registrar.models import (
    Code,
    DailyCount,
    Mailbox,
    RegistrarElection,
    RegistrarMail,
    RegistrarRateCount,
    Ticket,
    VoterSession,
)

if TYPE_CHECKING:
    from datetime import datetime

LINKING = [VoterSession, Ticket, Mailbox, Code, RegistrarMail, RegistrarRateCount]
STATEMENT = (
    "The registrar has destroyed the secret under which it told mailboxes apart, every mailbox,"
    " tag, code, evidence record and address of this election, and every letter that named one."
    " It kept only how many mailboxes and tickets each day brought: {mailboxes} mailboxes and"
    " {tickets} signed tickets in all."
)


class VoteIsNotOver(ValueError):  # noqa: N818 -- named for what is wrong
    """Mailboxes are unlinked after the close only."""


class StillLinked(ValueError):  # noqa: N818 -- named for what is wrong
    """The registrar signs that it has unlinked only when it has."""


@transaction.atomic(using=DATABASE)
def unlink_mailboxes(*, election: RegistrarElection, now: datetime) -> RegistrarElection:
    """Destroy all that joins a mailbox with a tag; keep counts by day and grade.

    `now` is award time. A second call changes nothing. Raise VoteIsNotOver before the close.
    The register that comes back has `unlinked_at` and `unlinked_statement`.
    """
    register = RegistrarElection.objects.locked(election.pk)
    if register.unlinked_at is not None:
        return register
    if now < register.closes_at:
        raise VoteIsNotOver(f"The vote {register.slug} ends at {register.closes_at.isoformat()}.")
    counts = _count_days(register)
    DailyCount.objects.bulk_create(counts)
    VoterSession.objects.filter(mailbox__election=register).delete()
    Ticket.objects.filter(mailbox__election=register).delete()
    Mailbox.objects.filter(election=register).delete()
    Code.objects.filter(election=register).delete()
    RegistrarMail.objects.filter(election=register).delete()
    RegistrarRateCount.objects.filter(name__startswith=f"{register.slug}/").delete()
    register.mailbox_key = None
    register.unlinked_at = now
    register.unlinked_statement = STATEMENT.format(
        mailboxes=sum(count.mailbox_count for count in counts),
        tickets=sum(count.ticket_count for count in counts),
    )
    register.save(update_fields=["mailbox_key", "unlinked_at", "unlinked_statement"])
    return register


def sign_unlinked_statement(*, election: RegistrarElection, at: str, statement: str) -> bytes:
    """Return the registrar's signature of 64 bytes for the `unlinked` entry (SPEC, section 8).

    `at` is the entry's time as it stands there. Raise StillLinked before the unlinking.
    """
    register = RegistrarElection.objects.get(pk=election.pk)
    if register.unlinked_at is None:
        raise StillLinked(f"The mailboxes of {register.slug} are not unlinked yet.")
    text = texts.unlinked(register.election_id, at, statement)
    return texts.sign(signing_key(register.slug), text)


def shred_unlinked(*, now: datetime) -> None:
    """Rewrite the tables that lost rows at an unlinking, so that no file holds them still.

    PostgreSQL leaves deleted rows in its files until a VACUUM; FULL writes the files anew. A
    crash before the note at the end only repeats it.
    """
    for register in RegistrarElection.objects.to_shred():
        with connections[DATABASE].cursor() as cursor:
            for model in [*LINKING, RegistrarElection]:
                cursor.execute(f'VACUUM FULL "{model._meta.db_table}"')
        RegistrarElection.objects.filter(pk=register.pk).update(shredded_at=now)


def purge_expired(*, now: datetime) -> None:
    """Delete codes, voter sessions and counts whose time is over (real time)."""
    Code.objects.filter(expires_at__lte=now).delete()
    VoterSession.objects.filter(expires_at__lte=now).delete()
    rate_limits.purge(RegistrarRateCount, now=now)


def _count_days(register: RegistrarElection) -> list[DailyCount]:
    rows = (
        Ticket.objects.filter(mailbox__election=register, signature__isnull=False)
        .annotate(day=TruncDate("signed_at", tzinfo=ZoneInfo(register.host_timezone)))
        .values("day", "grade")
        .annotate(mailbox_count=Count("pk", filter=Q(serial=1)), ticket_count=Count("pk"))
        .order_by(F("day"), "grade")
    )
    return [DailyCount(election=register, **row) for row in rows]
