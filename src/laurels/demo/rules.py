"""Who votes in the demo, when, and for whom: invented, from a seed, with no real outcome in it."""

from __future__ import annotations

import bisect
import random
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from laurels.demo.enums import Stop

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

VOTERS = 2_000
# Of a thousand voters: who vote a second time, and whose sealed ballot holds no valid picks.
CHANGES_PER_THOUSAND = 30
SPOILED_PER_THOUSAND = 2

# Signatures of UK petition 700143 by hours since the first reading (Open Government Licence,
# collected in viewyonder/uk_general_election_petition_tracker): a real arrival curve of 30 days.
ARRIVALS = (
    (0.0, 0),
    (3.3, 31_253),
    (4.9, 37_769),
    (9.0, 153_407),
    (12.0, 419_188),
    (15.0, 717_605),
    (18.0, 1_065_064),
    (20.8, 1_359_506),
    (24.0, 1_559_325),
    (30.0, 1_605_454),
    (33.0, 1_711_591),
    (35.8, 1_863_544),
    (42.1, 2_142_067),
    (46.9, 2_297_416),
    (56.0, 2_355_217),
    (59.0, 2_404_864),
    (69.0, 2_512_985),
    (93.2, 2_622_740),
    (130.8, 2_690_805),
    (168.0, 2_723_616),
    (216.0, 2_746_617),
    (288.0, 2_762_375),
    (528.0, 2_780_571),
    (720.0, 2_800_692),
)

# Ballots of a slot are cast together, when its last one falls due.
SLOT = timedelta(hours=3)
# Nobody changes a vote in its last hour (the registrar refuses); the demo keeps well clear of it,
# with the whole slot that a change may have to wait for.
LAST_CHANGE = SLOT + timedelta(hours=2)


@dataclass(frozen=True)
class Arrival:
    """One invented voter at the box: `picks` are candidate numbers; spoiled ones are no choice."""

    at: datetime
    address: str
    picks: tuple[int, ...]


def share_arrived(hours: float) -> float:
    """Return which share of the petition's signatures was there after `hours` of its 720."""
    position = bisect.bisect_right(ARRIVALS, (hours, float("inf")))
    if position == len(ARRIVALS):
        return 1.0
    (before, low), (after, high) = ARRIVALS[position - 1], ARRIVALS[position]
    count = low + (high - low) * (hours - before) / (after - before)
    return count / ARRIVALS[-1][1]


def hours_until(share: float) -> float:
    """Return after how many hours that share had arrived: the inverse of `share_arrived`."""
    count = share * ARRIVALS[-1][1]
    position = bisect.bisect_left([each[1] for each in ARRIVALS], count)
    if position == 0:
        return 0.0
    (before, low), (after, high) = ARRIVALS[position - 1], ARRIVALS[position]
    return before + (after - before) * (count - low) / (high - low)


def arrivals(
    *, seed: bytes, opens_at: datetime, closes_at: datetime, candidates: Sequence[int], most: int
) -> list[Arrival]:
    """Return every demo ballot of one vote in order of time; equal for an equal seed.

    Every second voter comes along the petition's curve, the others evenly over the whole vote,
    since fifteen cities campaign all month where a petition peaks once.
    """
    chance = random.Random(seed)  # noqa: S311 -- invented voters, no secret
    length = closes_at - opens_at
    fame = {number: chance.uniform(0.5, 2.0) for number in candidates}
    ballots = []
    for n in range(VOTERS):
        share = chance.random()
        part = hours_until(share) / ARRIVALS[-1][0] if n % 2 else share
        at = opens_at + part * length
        address = f"voter-{n + 1:04}@demo.example"
        spoiled = chance.randrange(1000) < SPOILED_PER_THOUSAND
        picks = _no_choice(candidates) if spoiled else _choice(chance, fame, most)
        ballots.append(Arrival(at, address, picks))
        again = at + (closes_at - at) * chance.random()
        if chance.randrange(1000) < CHANGES_PER_THOUSAND and again < closes_at - LAST_CHANGE:
            ballots.append(Arrival(again, address, _choice(chance, fame, most)))
    return sorted(ballots, key=lambda arrival: arrival.at)


def stops_ahead(moments: Mapping[Stop, datetime], now: datetime) -> list[tuple[Stop, datetime]]:
    """Return the stops that the clock has not passed, in order."""
    return [(stop, moments[stop]) for stop in Stop if stop in moments and moments[stop] > now]


def _choice(chance: random.Random, fame: Mapping[int, float], most: int) -> tuple[int, ...]:
    wanted = chance.choice(range(1, most + 1))
    picked: list[int] = []
    while len(picked) < wanted:
        left = [number for number in fame if number not in picked]
        picked += chance.choices(left, [fame[number] for number in left])
    return tuple(picked)


def _no_choice(candidates: Sequence[int]) -> tuple[int, ...]:
    return (max(candidates) + 1,)
