"""The steps of an election's life. Each checks what must hold, and may be taken again.

A step stages an entry for the log, commits, and waits until the sequencer has appended it. If it is
interrupted anywhere, taking it once more continues: the entry that is staged is found, not doubled.
"""

from laurels.ballotbox.actions import ManifestDiffers, VoteIsStillOpen, WitnessesAreMissing
from laurels.ballotbox.log_key import LogKeyIsMissing
from laurels.ballotbox.queries import EntryIsRejected, LogIsBehind
from laurels.registrar.actions import (
    GradeIsMissing,
    KeyDiffers,
    RegisterDiffers,
    VoteIsNotOver,
)
from laurels.registrar.refusals import RegistrarUnavailable
from laurels.results.actions.closing import (
    close_election,
    extend_election,
    freeze_election,
    unlink_election,
    unvoid_ballot,
    void_ballot,
)
from laurels.results.actions.opening import (
    CountFailed,
    open_ballots,
    publish_result,
    reveal_result,
)
from laurels.results.actions.publication import (
    NewReviewer,
    NewTrustee,
    appoint_reviewers,
    appoint_trustees,
    open_election,
    rehearse_election,
)
from laurels.results.keys import KeyIsMissing
from laurels.results.rehearsal import RehearsalFailed
from laurels.results.rules import StepRefused

# Why a step is not taken: each says so in one sentence, to whoever asked for it.
REFUSALS = (
    StepRefused,
    RehearsalFailed,
    CountFailed,
    KeyIsMissing,
    LogKeyIsMissing,
    ManifestDiffers,
    WitnessesAreMissing,
    GradeIsMissing,
    KeyDiffers,
    RegisterDiffers,
    VoteIsStillOpen,
    VoteIsNotOver,
    RegistrarUnavailable,
    EntryIsRejected,
    LogIsBehind,
)

__all__ = [
    "REFUSALS",
    "CountFailed",
    "NewReviewer",
    "NewTrustee",
    "RehearsalFailed",
    "appoint_reviewers",
    "appoint_trustees",
    "close_election",
    "extend_election",
    "freeze_election",
    "open_ballots",
    "open_election",
    "publish_result",
    "rehearse_election",
    "reveal_result",
    "unlink_election",
    "unvoid_ballot",
    "void_ballot",
]
