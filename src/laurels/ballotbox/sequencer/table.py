"""The sequencer's side of the database: entries in order, and how far the log has come."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db import connection, transaction

from laurels.ballotbox.models import Election, LogState, RejectedEntry

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from laurels.ballotbox.queries import EntryQuerySet

TILE_WIDTH = 256
PAGES = 4
ADD_POSITIONS = """
insert into ballotbox_position (entry_id, election_id, index, leaf_hash)
select * from unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bytea[])"""


@dataclass(frozen=True)
class Staged:
    """An entry as it waits in the table."""

    id: int
    kind: str
    leaf: bytes


@dataclass(frozen=True)
class Rejection:
    entry: int
    code: str


@dataclass(frozen=True)
class Batch:
    """What one publication adds: `positions` are (entry, index, leaf hash)."""

    size: int
    last_entry: int
    root: bytes
    positions: list[tuple[int, int, bytes]]
    rejections: list[Rejection]
    closing_at: datetime
    kept_on: date | None


class LogTable:
    """The table of one election's entries. It is the truth: every file is made from it."""

    def __init__(self, election: Election) -> None:
        self.election = election

    def state(self) -> LogState:
        """How far the log was published; a log that has not begun has size 0."""
        state, _ = LogState.objects.get_or_create(election=self.election, defaults={"root": b""})
        return state

    def waiting(self, after: int, most: int) -> list[Staged]:
        """The next entries, in the order of their ids.

        Ids are given out under the election's ordering lock, so none below a visible one can
        become visible later.
        """
        return _staged(self.election.entries.filter(id__gt=after), most)

    def logged(self, after: int, upto: int, most: int) -> list[Staged]:
        """Entries that are in the log already, without the rejected ones."""
        standing = self.election.entries.standing().filter(id__gt=after, id__lte=upto)
        return _staged(standing, most)

    def leaf_reader(self) -> Callable[[int], bytes]:
        """A reader of logged leaves by index, a page at a time: voids and the count need it."""

        @lru_cache(maxsize=PAGES)
        def page(number: int) -> list[bytes]:
            first = number * TILE_WIDTH
            rows = self.election.entries.filter(
                position__election=self.election,
                position__index__gte=first,
                position__index__lt=first + TILE_WIDTH,
            )
            return list(rows.order_by("position__index").leaves())

        def leaf_at(index: int) -> bytes:
            number, at = divmod(index, TILE_WIDTH)
            # A page that was read while it was still growing is read again.
            if at >= len(page(number)):
                page.cache_clear()
            return page(number)[at]

        return leaf_at

    def store(self, batch: Batch, now: datetime) -> None:
        """Put positions, rejections, state and closing time down together, or nothing."""
        election = self.election
        with transaction.atomic():
            entries, indexes, hashes = _columns(batch.positions)
            with connection.cursor() as cursor:
                cursor.execute(
                    ADD_POSITIONS, [entries, [election.pk] * len(entries), indexes, hashes]
                )
            RejectedEntry.objects.bulk_create(
                RejectedEntry(entry_id=rejection.entry, code=rejection.code, rejected_at=now)
                for rejection in batch.rejections
            )
            # The box reads the closing time from here: an extension takes effect when it is in
            # the log, so no ballot is accepted on the word of one that the log refuses.
            Election.objects.filter(pk=election.pk).exclude(closing_at=batch.closing_at).update(
                closing_at=batch.closing_at
            )
            LogState.objects.filter(election=election).update(
                size=batch.size,
                last_entry=batch.last_entry,
                root=batch.root,
                kept_on=batch.kept_on,
            )


def _staged(entries: EntryQuerySet, most: int) -> list[Staged]:
    rows = entries.order_by("id").values_list("id", "kind", "leaf")[:most]
    return [Staged(number, kind, bytes(leaf)) for number, kind, leaf in rows]


def _columns(
    positions: list[tuple[int, int, bytes]],
) -> tuple[list[int], list[int], list[bytes]]:
    return (
        [entry for entry, _, _ in positions],
        [index for _, index, _ in positions],
        [leaf_hash for _, _, leaf_hash in positions],
    )
