"""Step 7 of SPEC section 8 over a log whose ballots the first pass has judged one by one."""

import heapq
from typing import Any

from ballotlog.acts import Acts
from ballotlog.errors import LogError
from ballotlog.passes import Passes

# What is met first at one entry: an act has no other event; a ballot's follow the table of 7e.
ACT, AFTER_CLOSE, FAULT, TOO_LATE, TICKET = range(5)

Event = tuple[int, int, Any]


def check_entries(passes: Passes, acts: Acts, size: int) -> None:
    """Acts one by one, and what the first pass found to say against ballots, by index.

    Raises LogError at the first failure; otherwise all is sorted and, once opened, counted.
    """
    acts.roll.ballots = passes.ballots
    events = _events(passes)
    while events:
        index, kind, what = heapq.heappop(events)
        if kind == ACT:
            if acts.check(what, index) == "close":
                _close(passes, acts, index, events)
        elif kind != TOO_LATE:
            raise LogError(what, index)
        elif what >= acts.progress.closing_time:
            raise LogError("ballot-too-late", index)
    if acts.progress.close is None:
        passes.sort(acts.roll, size)
    acts.count()


def _events(passes: Passes) -> list[Event]:
    events: list[Event] = [(i, ACT, leaf) for i, leaf in passes.acts if i]
    events += [(i, TOO_LATE, at) for i, at in passes.late]
    if passes.ballot_fault:
        code, index = passes.ballot_fault.args
        events.append((index, TICKET if code == "ticket-signature" else FAULT, code))
    heapq.heapify(events)
    return events


def _close(passes: Passes, acts: Acts, index: int, events: list[Event]) -> None:
    """Before the close nobody asks which ballot is live, and below it none may be one."""
    passes.sort(acts.roll, index)
    after = passes.ballots.first_from(index)
    if after is not None:
        heapq.heappush(events, (after, AFTER_CLOSE, "ballot-after-close"))
