"""Verification of an archive: the nine steps of SPEC section 8, in their order."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from tempfile import TemporaryDirectory
from typing import Any

from ballotlog import canonical, checkpoints, manifest
from ballotlog.acts import Acts
from ballotlog.archive import Archive
from ballotlog.checkpoints import Checkpoint
from ballotlog.entries import check_entries
from ballotlog.errors import LogError, Unreadable
from ballotlog.known import KnownCheckpoints
from ballotlog.manifest import Manifest
from ballotlog.passes import Passes, Run
from ballotlog.report import failure, success
from ballotlog.roll import Roll
from ballotlog.scan import Log
from ballotlog.spool import Spool
from ballotlog.tiles import read_leaf
from ballotlog.vouchers import Vouchers
from ballotlog.workers import workers


@dataclass(frozen=True)
class Options:
    """What the command line gives besides the archive: contents of files, not their names."""

    manifest_hash: str | None = None
    checkpoints: Sequence[bytes] = ()
    receipts: Sequence[bytes] = ()
    promises: Sequence[bytes] = ()
    processes: int = 1


def verify(archive: Archive, **options: Any) -> dict[str, Any]:
    """The report of SPEC section 9. Options are the members of `Options`. Raises Unreadable."""
    try:
        return success(Verification(archive, Options(**options)))
    except LogError as error:
        return failure(error.code, error.index)


class Verification:
    """Every check, made at once. Raises LogError at the first failure, or Unreadable."""

    manifest: Manifest
    passes: Passes
    known: KnownCheckpoints
    acts: Acts

    def __init__(self, archive: Archive, options: Options) -> None:
        self.archive = archive
        self.options = options
        self.newest = self._read_checkpoint()
        self.receipts: list[dict[str, Any]] = []
        self.pending_promises = 0
        self._roll = Roll()
        size = self.newest.size
        with TemporaryDirectory() as folder, workers(size, options.processes) as run:
            self._check(Spool.create(folder, size), run)

    @property
    def close_size(self) -> int | None:
        """Size of the log with the close as its last entry."""
        close = self.acts.progress.close
        return None if close is None else close + 1

    def _check(self, spool: Spool, run: Run) -> None:
        """Steps 2 to 9. The manifest's faults wait for the tree's."""
        fault = self._read_manifest()
        log = Log(self.archive, self.newest.size, spool, None if fault else self.manifest)
        self.passes = Passes(log, run)
        self.passes.read()
        self.passes.check_tree(self.newest.root)
        if fault:
            raise fault
        if self.passes.leaf_at(0) != self.manifest.leaf:
            raise Unreadable("the manifest changed while it was read")
        self.known = KnownCheckpoints(self.manifest, self.newest, self.passes.root)
        self._check_other_checkpoints()
        count = partial(self.passes.count, self.manifest, self._roll)
        self.acts = Acts(self.manifest, self._roll, self.passes.leaf_at, count)
        check_entries(self.passes, self.acts, self.newest.size)
        self._check_stages()
        self._check_vouchers()

    def _read_checkpoint(self) -> Checkpoint:
        """Step 1."""
        data = self.archive.read("checkpoint")
        if data is None:
            raise Unreadable("there is no checkpoint")
        newest = checkpoints.parse(data)
        if newest.size == 0:
            raise LogError("empty-log", 0)
        return newest

    def _read_manifest(self) -> LogError | None:
        """Step 4. What is wrong is returned, to be told in its turn."""
        try:
            leaf = read_leaf(self.archive.read, 0, self.newest.size)
            self.manifest = manifest.parse(leaf, self.options.manifest_hash)
        except LogError as error:
            return error
        return None

    def _check_other_checkpoints(self) -> None:
        """Step 6."""
        for size in self.archive.kept_sizes(self._stage_sizes()):
            data = self.archive.read(f"checkpoints/{size}")
            if data is not None:
                self.known.add(data, size)
        for data in self.options.checkpoints:
            self.known.add(data)
        self.known.check_order()

    def _stage_sizes(self) -> list[int]:
        """Sizes that step 8 will need, for archives whose checkpoints cannot be listed."""
        first: dict[str, int] = {}
        for index, leaf in self.passes.acts:
            try:
                t = canonical.decode(leaf).get("t")
            except LogError:
                continue
            if t in ("close", "freeze", "result"):
                first.setdefault(t, index + 1)
        return list(first.values())

    def _check_stages(self) -> None:
        """Step 8."""
        progress = self.acts.progress
        for index in (progress.close, progress.freeze, progress.result):
            if index is not None:
                self.known.check_stage(index + 1)

    def _check_vouchers(self) -> None:
        """Step 9."""
        vouchers = Vouchers(self.acts, self.known, self.passes)
        self.receipts = [vouchers.check_receipt(data) for data in self.options.receipts]
        kept = [vouchers.is_promise_kept(data) for data in self.options.promises]
        self.pending_promises = kept.count(False)
