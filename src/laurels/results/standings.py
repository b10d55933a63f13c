"""The result as its page tells it: from the log's own entry, in words and shares. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from laurels.ballotbox.models import Candidate
    from laurels.results.log_reading import Outcome

WHOLE = 100


@dataclass(frozen=True)
class Standing:
    """One candidate: `place` counts equal votes as one, `width` is 0 to 100 of the longest bar."""

    place: int
    candidate: Candidate
    votes: int
    votes_with_voids: int
    share: float
    width: int
    is_winner: bool


def standings(outcome: Outcome, candidates: Iterable[Candidate]) -> list[Standing]:
    """Return all candidates, winners first, then by votes; equal votes in manifest order."""
    totals, counted = outcome.totals, outcome.counts["counted"]
    most = max(totals.values(), default=0)
    ranked = sorted(
        candidates,
        key=lambda each: (-totals[each.number], _turn(outcome.winners, each.number), each.number),
    )
    return [
        Standing(
            place=1 + sum(votes > totals[each.number] for votes in totals.values()),
            candidate=each,
            votes=totals[each.number],
            votes_with_voids=outcome.totals_with_voids[each.number],
            share=WHOLE * totals[each.number] / counted if counted else 0.0,
            width=round(WHOLE * totals[each.number] / most) if most else 0,
            is_winner=each.number in outcome.winners,
        )
        for each in ranked
    ]


def lead(ranked: list[Standing]) -> int | None:
    """Return by how many votes the first is ahead of the second, or None for one candidate."""
    return ranked[0].votes - ranked[1].votes if len(ranked) > 1 else None


def _turn(winners: list[int], number: int) -> int:
    return winners.index(number) if number in winners else len(winners)
