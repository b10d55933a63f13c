"""After the vote: close, set aside, freeze, destroy the link. Every ballot is sealed throughout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ballotlog import canonical, leaves, texts
from laurels.ballotbox import actions as ballotbox
from laurels.ballotbox.enums import EntryKind
from laurels.ballotbox.replay import checker_of
from laurels.ballotbox.rules import time_text
from laurels.registrar import actions as registrar
from laurels.registrar.models import RegistrarElection
from laurels.results import rules
from laurels.results.actions import steps
from laurels.results.enums import State, Step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from cryptography.hazmat.primitives.asymmetric import ec

    from laurels.ballotbox.models import Election, Entry


def extend_election(
    *,
    election: Election,
    closes_at: datetime,
    reason: str,
    signatures: Mapping[int, bytes],
    person_name: str,
    now: datetime,
) -> None:
    """Prolong the vote after an outage, signed by two reviewers (`texts.extend`).

    The log comes first: it refuses what the manifest does not allow (EntryIsRejected). If we
    crash before the registrar knows, the next try finds the entry and tells the registrar.
    """
    with steps.locked(election) as facts:
        if rules.state(facts) != State.OPEN:
            raise rules.StepRefused(
                [rules.Missing(_("Only a vote that is published and not closed can be prolonged."))]
            )
        entry = _waiting_extension(election, closes_at)
        if entry is None and facts.closing_at < closes_at:
            leaf = leaves.extend(
                at=time_text(now),
                closes_at=time_text(closes_at),
                reason=reason,
                signatures=signatures,
            )
            entry = ballotbox.stage_entry(election=election, leaf=leaf)
            steps.record(
                election, "extend", person_name=person_name, now=now, closes_at=str(closes_at)
            )
    steps.settle(election, entry)
    register = RegistrarElection.objects.get(slug=election.slug)
    registrar.extend_register(election=register, closes_at=closes_at)


def close_election(*, election: Election, person_name: str, now: datetime) -> None:
    """Close the box: whatever it promised stands above the close, nothing comes after it."""
    with steps.step(election, Step.CLOSE, person_name=person_name, now=now) as facts:
        entry = steps.staged(election, EntryKind.CLOSE)
        if entry is None and not rules.is_done(Step.CLOSE, facts):
            entry = ballotbox.close_ballots(election=election, now=now)
    steps.settle(election, entry)


def void_ballot(
    *,
    election: Election,
    index: int,
    rule: str,
    evidence: str,
    signatures: Mapping[int, bytes],
    person_name: str,
    now: datetime,
) -> None:
    """Set the live ballot at `index` aside, signed by two reviewers of different institutions.

    `evidence` is SHA-256 in hex; `signatures` are of `texts.void`, by position of the reviewer.
    Raise EntryIsRejected with the verifier's code where the log would refuse it.
    """
    leaf = leaves.void(
        at=time_text(now), index=index, rule=rule, evidence=evidence, signatures=signatures
    )
    _stage_review(election, leaf, "void", index=index, person_name=person_name, now=now)


def unvoid_ballot(
    *,
    election: Election,
    index: int,
    rule: str,
    evidence: str,
    signatures: Mapping[int, bytes],
    person_name: str,
    now: datetime,
) -> None:
    """Bring a ballot back that was set aside; `signatures` are of `texts.unvoid`."""
    leaf = leaves.unvoid(
        at=time_text(now), index=index, rule=rule, evidence=evidence, signatures=signatures
    )
    _stage_review(election, leaf, "unvoid", index=index, person_name=person_name, now=now)


def freeze_election(*, election: Election, person_name: str, now: datetime) -> None:
    """Fix which ballots will be opened: one bit for each, while all are sealed."""
    with steps.step(election, Step.FREEZE, person_name=person_name, now=now) as facts:
        entry = steps.staged(election, EntryKind.FREEZE)
        if entry is None and not rules.is_done(Step.FREEZE, facts):
            count, bitmap = checker_of(election).freeze_count_and_bitmap()
            leaf = leaves.freeze(at=time_text(now), count=count, bitmap=bitmap)
            entry = ballotbox.stage_entry(election=election, leaf=leaf)
    steps.settle(election, entry)


def unlink_election(
    *,
    election: Election,
    trustee: int,
    trustee_key: ec.EllipticCurvePrivateKey,
    person_name: str,
    now: datetime,
) -> None:
    """Let the registrar destroy the link from mailboxes to tags; a trustee who attends signs.

    The registrar's database goes first and keeps time and text of its statement: if we crash
    before the entry is staged, the next try signs the same statement.
    """
    with steps.step(
        election, Step.UNLINK, person_name=person_name, now=now, trustee=trustee
    ) as facts:
        entry = steps.staged(election, EntryKind.UNLINKED)
        if entry is None and not rules.is_done(Step.UNLINK, facts):
            register = RegistrarElection.objects.get(slug=election.slug)
            register = registrar.unlink_mailboxes(election=register, now=now)
            at, statement = time_text(register.unlinked_at or now), register.unlinked_statement
            text = texts.unlinked(election.election_id, at, statement)
            leaf = leaves.unlinked(
                at=at,
                statement=statement,
                trustee=trustee,
                registrar_sig=registrar.sign_unlinked_statement(
                    election=register, at=at, statement=statement
                ),
                trustee_sig=texts.sign(trustee_key, text),
            )
            entry = ballotbox.stage_entry(election=election, leaf=leaf)
    steps.settle(election, entry)


def _waiting_extension(election: Election, closes_at: datetime) -> Entry | None:
    """Return the extension to this time that an interrupted try has left on its way."""
    extensions = election.entries.standing().of_kind(EntryKind.EXTEND)
    for entry in extensions.filter(position__isnull=True):
        if canonical.decode(bytes(entry.leaf))["closes_at"] == time_text(closes_at):
            return entry
    return None


def _stage_review(
    election: Election, leaf: bytes, deed: str, *, index: int, person_name: str, now: datetime
) -> None:
    with steps.locked(election) as facts:
        if rules.state(facts) != State.CLOSED:
            raise rules.StepRefused(
                [rules.Missing(_("A ballot is set aside after the close and before the freeze."))]
            )
        entry = ballotbox.stage_entry(election=election, leaf=leaf)
        steps.record(election, deed, person_name=person_name, now=now, index=index)
    steps.settle(election, entry)
