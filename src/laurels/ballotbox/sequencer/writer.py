"""Writes one log: checks what waits, appends it, publishes it, and finds its way after a crash."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from ballotlog.checker import Checker
from ballotlog.errors import LogError
from ballotlog.tiles import Writer, bundle_path, tile_path
from ballotlog.tree import leaf_hash
from laurels.ballotbox import rules
from laurels.ballotbox.log_folder import STAGES, is_partial, signed_checkpoint
from laurels.ballotbox.sequencer.table import Batch, Rejection

if TYPE_CHECKING:
    from datetime import date, datetime

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from laurels.ballotbox.log_folder import LogFolder
    from laurels.ballotbox.sequencer.table import LogTable, Staged

logger = logging.getLogger("laurels.ballotbox.sequencer")

PAGE = 2_048
WIDTH = 256


class LogIsBroken(Exception):  # noqa: N818 -- named for what is wrong
    """The table does not give the tree that was published: no leaf may be added before a person
    has found out why.
    """


class LogWriter:
    """The single writer of one log. `resume` once, then `take` and `publish` in turn.

    Table and folder are given, so that a test can let either fail at any step.
    """

    def __init__(self, table: LogTable, folder: LogFolder, key: Ed25519PrivateKey) -> None:
        self._table = table
        self._folder = folder
        self._key = key
        self._origin = table.election.origin
        self._writer = Writer()
        self._checker: Checker | None = None
        self._published = 0
        self._last_entry = 0
        self._kept_on: date | None = None
        self._last_kind = ""
        self._positions: list[tuple[int, int, bytes]] = []
        self._rejections: list[Rejection] = []
        # What is made and not yet on disk; a full disk leaves it here for the next try.
        self._files: dict[str, bytes] = {}
        self._made = 0
        self._notes: dict[str, bytes] = {}

    @property
    def size(self) -> int:
        """Leaves in the log, published or not."""
        return self._writer.size

    @property
    def has_news(self) -> bool:
        """Something was taken, or signed, that is not public yet."""
        return bool(self._positions or self._rejections or self._notes)

    @property
    def is_at_a_stage(self) -> bool:
        """The last leaf is one after which the log rests under a checkpoint of its own."""
        return self.has_news and self._last_kind in STAGES

    def resume(self) -> None:
        """Build the state again from the table and repair the files. Raise LogIsBroken.

        The table is the truth: whatever a crash left on disk is compared with what the table
        gives, and written anew where it differs.
        """
        state = self._table.state()
        repaired, stages = 0, dict[str, bytes]()
        while self._last_entry < state.last_entry:
            page = self._table.logged(self._last_entry, state.last_entry, PAGE)
            for staged in page:
                self._replay(staged)
                if staged.kind in STAGES:
                    stages[f"checkpoints/{self.size}"] = self._checkpoint()
            self._last_entry = page[-1].id if page else state.last_entry
            whole = {name: data for name, data in self._writer.files() if not is_partial(name)}
            repaired += sum(self._folder.repair(name, data) for name, data in whole.items())
        if self.size != state.size or (state.size and self._writer.root() != bytes(state.root)):
            message = (
                f"The table of election {self._table.election.slug} does not give the log that "
                f"was published (size {state.size}): stop, and compare it with a backup."
            )
            raise LogIsBroken(message)
        self._published, self._kept_on = state.size, state.kept_on
        if state.size:
            edge = dict(self._writer.files())
            repaired += sum(self._folder.repair(name, data) for name, data in edge.items())
            repaired += self._folder.repair("checkpoint", self._checkpoint())
        # After the newest: a kept one that is larger would read as a log that was cut off.
        repaired += sum(self._folder.repair(name, data) for name, data in stages.items())
        if repaired:
            logger.warning(
                "%s: wrote %d files of the log again.", self._table.election.slug, repaired
            )

    def take(self) -> int:
        """Check and append what waits, up to a page or a stage; return how many were read."""
        staged = self._table.waiting(self._last_entry, PAGE)
        for number, entry in enumerate(staged, 1):
            self._append(entry)
            if self.is_at_a_stage:
                return number
        return len(staged)

    def publish(self, now: datetime) -> None:
        """Make what was taken public. Raise OSError on a full disk; calling again goes on."""
        if self._positions or self._rejections:
            self._store(now)
        # Crash here: the table says a size that no checkpoint has yet. `resume` signs it, and
        # those of the stages that are missing.
        self._write(self._notes)
        # Crash here: all is public.

    def _store(self, now: datetime) -> None:
        # Crash here: nothing happened. The entries are read and checked again.
        if self._made != self.size:
            self._files.update(self._writer.files())
            self._made = self.size
        self._write(self._files)
        # Crash here or between two files: files lie beyond the published size, where nobody
        # looks. The same entries give the same full tiles again, which replace them.
        keeps = rules.keeps_checkpoint(self._last_kind, today=now.date(), kept_on=self._kept_on)
        kept_on = now.date() if keeps else self._kept_on
        self._table.store(self._batch(kept_on), now)
        self._drop_partials(self._published)
        self._published, self._kept_on = self.size, kept_on
        self._positions, self._rejections = [], []
        # The newest first: beside an older one, a larger one that is kept would read as a log
        # that was cut off (SPEC 8, step 6). At a stage nothing is appended before both are there.
        self._notes["checkpoint"] = self._checkpoint()
        if keeps:
            self._notes[f"checkpoints/{self.size}"] = self._checkpoint()

    def _write(self, files: dict[str, bytes]) -> None:
        """Write files in their order, and forget each that is on disk."""
        for name in list(files):
            self._folder.write(name, files[name])
            del files[name]

    def _append(self, staged: Staged) -> None:
        """Append an entry, or set it aside; the log goes on without it."""
        try:
            self._check(staged.leaf)
        except LogError as error:
            # An alarm: the box has checked a ballot before, and has promised it.
            logger.error(  # noqa: TRY400 -- the code says all; a trace would not help
                "%s: entry %d (%s) is refused with %s and set aside; look at it.",
                self._table.election.slug,
                staged.id,
                staged.kind,
                error.code,
            )
            self._rejections.append(Rejection(staged.id, error.code))
        else:
            hashed = leaf_hash(staged.leaf)
            self._positions.append((staged.id, self.size, hashed))
            self._writer.append(staged.leaf)
            self._last_kind = staged.kind
        self._last_entry = staged.id

    def _check(self, leaf: bytes) -> None:
        """The verifier's own checks, so that nothing that is written can fail verification."""
        if self._checker is None:
            self._checker = Checker(leaf, self._table.leaf_reader())
        else:
            self._checker.check(leaf)

    def _replay(self, staged: Staged) -> None:
        if self._checker is None:
            self._checker = Checker(staged.leaf, self._table.leaf_reader())
        else:
            self._checker.accept(staged.leaf)
        self._writer.append(staged.leaf)
        self._last_kind = staged.kind

    def _checkpoint(self) -> bytes:
        return signed_checkpoint(self._origin, self.size, self._writer.root(), self._key)

    def _batch(self, kept_on: date | None) -> Batch:
        closing_at = self._table.election.closing_at
        if self._checker is not None:
            closing_at = rules.time_of(self._checker.closing_time)
        return Batch(
            size=self.size,
            last_entry=self._last_entry,
            root=self._writer.root(),
            positions=self._positions,
            rejections=self._rejections,
            closing_at=closing_at,
            kept_on=kept_on,
        )

    def _drop_partials(self, first: int) -> None:
        """Take away partial files of the tiles that this publication made full."""
        for number in range(first // WIDTH, self.size // WIDTH):
            self._folder.drop_partials_of(bundle_path(number))
        level, unit = 0, WIDTH
        while self.size // unit:
            for number in range(first // unit, self.size // unit):
                self._folder.drop_partials_of(tile_path(level, number))
            level, unit = level + 1, unit * WIDTH
