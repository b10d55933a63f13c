"""Counts, totals and winners (SPEC section 7)."""

from collections import Counter
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from ballotlog import leaves, texts
from ballotlog.ballots import Votes
from ballotlog.manifest import Manifest


@dataclass(frozen=True)
class Counts:
    """Every ballot entry once; counted and spoiled are None before all keys are published."""

    received: int
    counted: int | None
    superseded: int
    duplicate: int
    void: int
    spoiled: int | None


@dataclass(frozen=True)
class Tally:
    """Pairs of number and votes in manifest order, and the winners' numbers in order."""

    counts: Counts
    totals: list[list[int]]
    totals_with_voids: list[list[int]]
    winners: list[int]
    winners_with_voids: list[int]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def tally(manifest: Manifest, opening_key: int, sealed: Counts, votes: Votes) -> Tally:
    """`sealed` are the counts before the opening."""
    live = sealed.received - sealed.superseded - sealed.duplicate - sealed.void
    counts = Counts(
        sealed.received,
        live - votes.spoiled,
        sealed.superseded,
        sealed.duplicate,
        sealed.void,
        votes.spoiled,
    )
    totals = _totals(manifest, votes.counted)
    with_voids = _totals(manifest, votes.counted + votes.voided)
    return Tally(
        counts,
        totals,
        with_voids,
        winners(manifest, opening_key, totals),
        winners(manifest, opening_key, with_voids),
    )


def result_leaf(at: str, outcome: Tally) -> bytes:
    """The `result` entry of this tally."""
    return leaves.result(at=at, outcome=outcome.as_json())


def winners(manifest: Manifest, opening_key: int, totals: list[list[int]]) -> list[int]:
    """Candidates with votes, most first; equal votes by lot, or all of them share the place."""
    votes = {number: count for number, count in totals if count}
    if manifest.tie == "shared":
        order = sorted(votes, key=lambda number: -votes[number])
        last = votes[order[: manifest.seats][-1]] if order else 0
        return [number for number in order if votes[number] >= last]

    def by_lot(number: int) -> tuple[int, str]:
        drawn = sha256(texts.lot(manifest.election, opening_key, number))
        return -votes[number], drawn.hexdigest()

    return sorted(votes, key=by_lot)[: manifest.seats]


def _totals(manifest: Manifest, votes: Counter[int]) -> list[list[int]]:
    return [[candidate.n, votes[candidate.n]] for candidate in manifest.candidates]
