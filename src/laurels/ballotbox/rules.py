"""What a log must hold and when; pure, told the time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from laurels.ballotbox.enums import PaperState
from laurels.ballotbox.log_folder import STAGES

if TYPE_CHECKING:
    from datetime import date

    from ballotlog.manifest import Manifest
    from laurels.ballotbox.models import Candidate, Election

# How long a promise gives the sequencer, which needs a second: room for a fault and a repair.
PROMISE = timedelta(minutes=10)
ROUNDING = timedelta(minutes=10)
# Later, whoever holds a mailbox could overwrite its vote unseen. The registrar holds to it.
CHANGES_END_BEFORE_CLOSE = timedelta(hours=1)
ZERO = datetime(2000, 1, 1, tzinfo=UTC)


def paper_state(election: Election, now: datetime) -> PaperState:
    """What the ballot paper can be used for at this instant of the election's own clock."""
    if now < election.opens_at:
        return PaperState.EARLY
    return PaperState.OPEN if election.is_under_way(now) else PaperState.CLOSED


def may_change(closing_at: datetime, now: datetime) -> bool:
    """Whether a vote that was cast can still be replaced."""
    return now < closing_at - CHANGES_END_BEFORE_CLOSE


def time_text(moment: datetime) -> str:
    """`YYYY-MM-DDTHH:MM:SSZ` (SPEC section 1); fractions of a second are dropped."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def time_of(text: str) -> datetime:
    """The instant of a time that a leaf holds."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def rounded_down(moment: datetime) -> datetime:
    """The whole ten minutes before or at `moment`: all that a ballot tells of its time."""
    return moment - (moment - ZERO) % ROUNDING


def keeps_checkpoint(kind: str, *, today: date, kept_on: date | None) -> bool:
    """Whether the checkpoint after this entry stays for ever: at each stage, and once a day."""
    return kind in STAGES or kept_on is None or kept_on < today


def differences(election: Election, candidates: list[Candidate], manifest: Manifest) -> list[str]:
    """The members of a manifest that do not say what was planned, by name, in order."""
    planned = {
        "election": election.election_id,
        "origin": election.origin,
        "title": election.title,
        "opens_at": time_text(election.opens_at),
        "closes_at": time_text(election.closes_at),
        "closes_latest": time_text(election.closes_latest),
        "ceremony_at": time_text(election.ceremony_at),
        "grace_seconds": election.grace_seconds,
        "plaintext_size": election.plaintext_size,
    }
    different = [name for name, value in planned.items() if getattr(manifest, name) != value]
    if (manifest.picks.min, manifest.picks.max) != (election.min_picks, election.max_picks):
        different.append("picks")
    names = [(candidate.number, candidate.code, candidate.name) for candidate in candidates]
    if [(candidate.n, candidate.id, candidate.name) for candidate in manifest.candidates] != names:
        different.append("candidates")
    return different
