"""What can be asked of an election and its log."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Max

from laurels.ballotbox.enums import EntryKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from laurels.ballotbox.models import Election, Entry, Position

POLL_SECONDS = 0.05


class EntryIsRejected(Exception):  # noqa: N818 -- named for what is wrong
    """The sequencer refused an entry; `code` is that of SPEC section 8."""

    def __init__(self, code: str) -> None:
        super().__init__(f"The log refuses this entry: {code}.")
        self.code = code


class LogIsBehind(Exception):  # noqa: N818 -- named for what is wrong
    """The sequencer did not take the entry in time; it stays staged and enters when it can."""


class ElectionQuerySet(models.QuerySet["Election"]):
    def published(self) -> ElectionQuerySet:
        """Elections with a manifest: those that have a log."""
        return self.filter(manifest__isnull=False)

    def for_the_public(self) -> ElectionQuerySet:
        """Elections that the public votes in, the newest first."""
        found = self.published().filter(is_rehearsal=False).select_related("edition")
        return found.order_by("-opens_at")


class EntryQuerySet(models.QuerySet["Entry"]):
    def ballots(self) -> EntryQuerySet:
        return self.filter(kind=EntryKind.BALLOT)

    def standing(self) -> EntryQuerySet:
        """All that is in the log or will be: without what the sequencer refused."""
        return self.filter(rejection__isnull=True)

    def logged(self) -> EntryQuerySet:
        """What is in the log, in its order."""
        return self.filter(position__isnull=False).order_by("position__index")

    def of_kind(self, *kinds: EntryKind) -> EntryQuerySet:
        return self.filter(kind__in=kinds)

    def leaves(self) -> Iterator[bytes]:
        """Yield the bytes of each leaf, a page at a time."""
        rows = self.values_list("leaf", flat=True)
        return (bytes(leaf) for leaf in rows.iterator(chunk_size=10_000))

    def entry_counts(self) -> dict[str, int]:
        """How many there are of each kind; kinds that do not occur are left out."""
        rows = self.order_by().values("kind").annotate(number=Count("pk"))
        return {row["kind"]: row["number"] for row in rows}


class PositionQuerySet(models.QuerySet["Position"]):
    def live_ballot(self, tag: UUID) -> Position | None:
        """The logged ballot with the tag's highest serial: `index` and `leaf_hash` for a void."""
        ballots = self.filter(entry__kind=EntryKind.BALLOT, entry__tag=tag)
        return ballots.order_by("-entry__serial").select_related("entry").first()


def logged_size(election: Election) -> int:
    """Entries in the election's public log, zero before its first."""
    last: int | None = election.positions.aggregate(last=Max("index"))["last"]
    return 0 if last is None else last + 1


def wait_until_logged(election: Election, entry: Entry, timeout: float) -> int:
    """Return the entry's index as soon as the public log holds it.

    Raise EntryIsRejected where the sequencer refused it, LogIsBehind after `timeout` seconds.
    """
    until = time.monotonic() + timeout
    wanted = election.entries.filter(pk=entry.pk)
    while True:
        index: int | None = wanted.values_list("position__index", flat=True).get()
        if index is not None:
            return index
        code: str | None = wanted.values_list("rejection__code", flat=True).get()
        if code is not None:
            raise EntryIsRejected(code)
        if time.monotonic() >= until:
            message = "The sequencer has not taken this entry yet; look whether it runs."
            raise LogIsBehind(message)
        time.sleep(POLL_SECONDS)
