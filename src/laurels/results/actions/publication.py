"""Before the vote: who keeps the keys, the dress run, the manifest."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from ballotlog import manifest
from laurels.ballotbox import actions as ballotbox
from laurels.ballotbox.enums import EntryKind
from laurels.ballotbox.rules import time_text
from laurels.foundation import clock
from laurels.registrar import actions as registrar
from laurels.results import keys, log_reading, manifest_draft, rehearsal, rules
from laurels.results.actions import steps
from laurels.results.enums import Step
from laurels.results.models import Rehearsal, Reviewer, Trustee

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from laurels.ballotbox.models import Election, Entry


@dataclass(frozen=True)
class NewTrustee:
    """A trustee's public half: point of 65 bytes, proof of possession of 64 (SPEC, section 4)."""

    name: str
    institution: str
    key: bytes
    proof: bytes


@dataclass(frozen=True)
class NewReviewer:
    name: str
    institution: str
    key: bytes


@transaction.atomic
def appoint_trustees(*, election: Election, trustees: Sequence[NewTrustee]) -> None:
    """Set who holds the shares of the key, in this order; takes the place of an earlier list."""
    election.trustees.all().delete()
    Trustee.objects.bulk_create(
        Trustee(election=election, position=position, **asdict(trustee))
        for position, trustee in enumerate(trustees)
    )


@transaction.atomic
def appoint_reviewers(*, election: Election, reviewers: Sequence[NewReviewer]) -> None:
    """Set who may sign that a ballot is set aside, in this order."""
    election.reviewers.all().delete()
    Reviewer.objects.bulk_create(
        Reviewer(election=election, position=position, **asdict(reviewer))
        for position, reviewer in enumerate(reviewers)
    )


def rehearse_election(*, election: Election, person_name: str, now: datetime) -> None:
    """Run the draft through a whole election and keep the report. Raise RehearsalFailed."""
    with steps.step(election, Step.REHEARSE, person_name=person_name, now=now) as facts:
        if rules.is_done(Step.REHEARSE, facts):
            return
        draft = log_reading.draft_of(election)
        draft_hash = manifest_draft.draft_hash(draft)
        Rehearsal.objects.create(
            election=election,
            rehearsed_at=clock.now(),
            draft_hash=draft_hash,
            report=rehearsal.rehearse(draft, draft_hash),
        )


def open_election(*, election: Election, person_name: str, now: datetime) -> None:
    """Publish the manifest as entry 0: from then on nothing of it can change.

    The registrar learns of the election first: a vote that is public must find its registrar.
    """
    with steps.step(election, Step.OPEN, person_name=person_name, now=now) as facts:
        entry = steps.staged(election, EntryKind.MANIFEST)
        if entry is None and not rules.is_done(Step.OPEN, facts):
            entry = _stage_manifest(election, now)
    steps.settle(election, entry)


def _stage_manifest(election: Election, now: datetime) -> Entry:
    point = keys.registrar_point(election)
    registrar.open_register(
        slug=election.slug,
        election_id=election.election_id,
        title=election.title,
        host_timezone=election.edition.host_timezone if election.edition else "UTC",
        opens_at=election.opens_at,
        closes_at=election.closes_at,
        clock_name=election.clock_name,
        registrar_key=point,
        grades=list(rules.GRADES),
    )
    draft = log_reading.draft_of(election)
    leaf = manifest.build(at=time_text(now), **draft)
    return ballotbox.publish_manifest(election=election, manifest_leaf=leaf)
