"""What the log and the draft of an election say: the facts that its steps are judged by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ballotlog import canonical
from laurels.ballotbox.enums import EntryKind
from laurels.results import keys, manifest_draft
from laurels.results.rules import Facts

if TYPE_CHECKING:
    from laurels.ballotbox.models import Election


@dataclass(frozen=True)
class Outcome:
    """The `result` entry of a log, as published (SPEC, sections 3 and 7)."""

    counts: dict[str, int]
    totals: dict[int, int]
    totals_with_voids: dict[int, int]
    winners: list[int]
    winners_with_voids: list[int]


def facts_of(election: Election) -> Facts:
    logged = election.entries.filter(position__isnull=False).entry_counts()
    waiting = election.entries.standing().filter(position__isnull=True).count()
    return Facts(
        opens_at=election.opens_at,
        closing_at=election.closing_at,
        ceremony_at=election.ceremony_at,
        candidates=election.candidates.count(),
        trustees=election.trustees.count(),
        reviewers=election.reviewers.count(),
        institutions=election.reviewers.values("institution").distinct().count(),
        has_rehearsal=EntryKind.MANIFEST in logged or is_rehearsed(election),
        has_manifest=EntryKind.MANIFEST in logged,
        has_close=EntryKind.CLOSE in logged,
        has_freeze=EntryKind.FREEZE in logged,
        has_unlinked=EntryKind.UNLINKED in logged,
        keys_published=logged.get(EntryKind.OPEN, 0),
        has_result=EntryKind.RESULT in logged,
        is_revealed=is_revealed(election),
        entries_waiting=waiting,
    )


def is_rehearsed(election: Election) -> bool:
    """Whether a dress run of exactly this draft has passed."""
    hashes = set(election.rehearsals.values_list("draft_hash", flat=True))
    return bool(hashes) and manifest_draft.draft_hash(draft_of(election)) in hashes


def is_revealed(election: Election) -> bool:
    return hasattr(election, "reveal")


def draft_of(election: Election) -> dict[str, Any]:
    """Return the members of the manifest as the draft stands now, without `at`."""
    return manifest_draft.members(
        election=election,
        candidates=election.candidates.all(),
        trustees=election.trustees.all(),
        reviewers=election.reviewers.all(),
        log_vkey=keys.log_vkey(election),
        registrar_key=keys.registrar_point(election),
    )


def members_of(election: Election, kind: EntryKind) -> list[dict[str, Any]]:
    """Return the logged entries of one kind as JSON members, in the order of the log."""
    leaves = election.entries.logged().of_kind(kind).leaves()
    return [canonical.decode(leaf) for leaf in leaves]


def outcome_of(election: Election) -> Outcome | None:
    """Return what the log's `result` says, or None before it is there."""
    for result in members_of(election, EntryKind.RESULT):
        return Outcome(
            counts=result["counts"],
            totals=dict(result["totals"]),
            totals_with_voids=dict(result["totals_with_voids"]),
            winners=result["winners"],
            winners_with_voids=result["winners_with_voids"],
        )
    return None


def set_aside_by_rule(election: Election) -> dict[str, int]:
    """Return how many ballots each rule keeps out at the end: voids without a later unvoid."""
    standing: dict[int, str] = {}
    voids = election.entries.logged().of_kind(EntryKind.VOID, EntryKind.UNVOID).leaves()
    for entry in map(canonical.decode, voids):
        if entry["t"] == EntryKind.VOID:
            standing[entry["index"]] = entry["rule"]
        else:
            standing.pop(entry["index"], None)
    counts: dict[str, int] = {}
    for rule in standing.values():
        counts[rule] = counts.get(rule, 0) + 1
    return dict(sorted(counts.items()))
