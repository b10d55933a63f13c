"""The log as the verifier knows it, made again from the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ballotlog.checker import Checker

if TYPE_CHECKING:
    from laurels.ballotbox.models import Election


def checker_of(election: Election) -> Checker:
    """The verifier's state after all that is logged; signatures were checked on the way in.

    Tells what the next leaf must say: how many ballots, which ones are live, which are void.
    """
    leaves = election.entries.logged().leaves()
    checker = Checker(next(leaves))
    for leaf in leaves:
        checker.accept(leaf)
    return checker
