"""A public vote: what was received, and nothing of the outcome before it is told."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from ninja import Schema

from laurels.results import log_reading
from laurels.results.rules import state
from laurels.website.api.addresses import site_url

if TYPE_CHECKING:
    from laurels.ballotbox.models import Election
    from laurels.website.standing import Standing


class CandidateShape(Schema):
    """One of those on the ballot. `votes` are null until the result is told."""

    number: int
    code: str
    name: str
    votes: int | None


class ResultShape(Schema):
    """The counted result, as the `result` entry of the log says it."""

    counts: dict[str, int]
    winners: list[int]
    url: str


class VoteShape(Schema):
    """A public vote. `state` is that of the log; `received` counts the ballots in it."""

    edition: int
    title: str
    election_id: str
    state: str
    takes_votes: bool
    opens_at: datetime
    closes_at: datetime
    ceremony_at: datetime
    zone: str
    received: int
    candidates: list[CandidateShape]
    log_url: str
    manifest_url: str
    manifest_hash: str
    ballot_url: str
    result: ResultShape | None


def vote(standing: Standing, election: Election) -> VoteShape:
    """Return the vote of an edition. Its ballot is only cast at `ballot_url`, outside any frame."""
    outcome = log_reading.outcome_of(election) if standing.is_revealed else None
    totals = outcome.totals if outcome else {}
    return VoteShape(
        edition=standing.edition.year,
        title=election.title,
        election_id=election.election_id,
        state=state(log_reading.facts_of(election)).value,
        takes_votes=standing.takes_votes,
        opens_at=election.opens_at,
        closes_at=election.closing_at,
        ceremony_at=election.ceremony_at,
        zone=standing.edition.host_timezone,
        received=election.entries.logged().ballots().count(),
        candidates=[
            CandidateShape(
                number=each.number, code=each.code, name=each.name, votes=totals.get(each.number)
            )
            for each in election.candidates.order_by("number")
        ],
        log_url=f"{settings.BOX_URL}/logs/{election.slug}",
        manifest_url=f"{settings.BOX_URL}/elections/{election.slug}/manifest",
        manifest_hash=election.manifest_hash,
        ballot_url=site_url(f"/vote/{election.slug}/"),
        result=ResultShape(
            counts=outcome.counts,
            winners=outcome.winners,
            url=site_url(f"/results/{standing.edition.year}/"),
        )
        if outcome
        else None,
    )
