"""The checkpoints that a verifier knows: newest, kept and given (steps 5, 6 and 8)."""

from collections.abc import Callable
from itertools import groupby

from ballotlog import checkpoints
from ballotlog.checkpoints import Checkpoint
from ballotlog.errors import LogError
from ballotlog.manifest import Manifest

Times = dict[int, list[int]]


class KnownCheckpoints:
    """`root` gives the root of the archive's first so many entries."""

    def __init__(
        self, manifest: Manifest, newest: Checkpoint, root: Callable[[int], bytes]
    ) -> None:
        """Step 5."""
        self._manifest = manifest
        self._archive_size = newest.size
        self._root = root
        self.newest_times = newest.check(manifest)
        self.check_open_quorum(self.newest_times, newest.size)
        self._known: list[tuple[int, Times]] = [(newest.size, self.newest_times)]

    def add(self, data: bytes, name: int | None = None) -> None:
        """Step 6 for one note; `name` is the size in its file's name."""
        checkpoint = checkpoints.parse(data, name)
        if name not in (None, checkpoint.size):
            raise LogError("checkpoint-format", name)
        self._known.append((checkpoint.size, self.check(checkpoint)))

    def check(self, checkpoint: Checkpoint) -> Times:
        """Signatures, and that it tells the same history as the archive."""
        times, size = checkpoint.check(self._manifest), checkpoint.size
        if size > self._archive_size:
            raise LogError("log-truncated", size)
        if size and self._root(size) != checkpoint.root:
            raise LogError("fork", size)
        return times

    def check_open_quorum(self, times: Times, size: int) -> None:
        if len(times) < self._manifest.quorum.open:
            raise LogError("quorum", size)

    def check_order(self) -> None:
        """No witness signed a larger tree earlier (end of step 6)."""
        latest: dict[int, int] = {}
        for size, same in groupby(sorted(self._known, key=_size), key=_size):
            signed = [pair for _, times in same for pair in times.items()]
            if any(min(times) < latest.get(witness, 0) for witness, times in signed):
                raise LogError("cosignature-time", size)
            for witness, times in signed:
                latest[witness] = max(*times, latest.get(witness, 0))

    def check_stage(self, size: int) -> None:
        """Step 8 for one stage."""
        here = self._of_size(size)
        if not here:
            raise LogError("checkpoint-missing", size)
        if len({witness for times in here for witness in times}) < self._manifest.quorum.final:
            raise LogError("quorum", size)

    def first_signed(self, size: int) -> int | None:
        """The earliest cosignature of a tree of this size."""
        every = [t for times in self._of_size(size) for own in times.values() for t in own]
        return min(every, default=None)

    def _of_size(self, size: int) -> list[Times]:
        return [times for known, times in self._known if known == size]


def _size(known: tuple[int, Times]) -> int:
    return known[0]
