"""The two readings of an archive: hash and judge everything, then open what counts.

The work is cut into ranges of bundles for `run`, which is `map` or the map of an executor.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from ballotlog.ballots import Votes
from ballotlog.bitmaps import Bitmap
from ballotlog.errors import LogError
from ballotlog.manifest import Manifest
from ballotlog.roll import Roll
from ballotlog.scan import Log, Scanned, bundle, open_range, scan
from ballotlog.spool import Spool
from ballotlog.tiles import read_tile
from ballotlog.tree import HASH_SIZE, TILE_WIDTH, leaf_hash, node_hash, pair_up, root_of

# Bundles in a range: small, so that no process waits long for the last one; in a large log not
# too small, because every range appends to many files of the spool.
SMALLEST_RANGE, LARGEST_RANGE, RANGES = 4, 64, 512
WINDOW = 256  # ranges

Run = Callable[..., Iterable[Any]]


class Passes:
    """First `read`, then everything else."""

    def __init__(self, log: Log, run: Run) -> None:
        self._log = log
        self._run = run
        self._bundles = -(-log.size // TILE_WIDTH)
        self._digests = b""
        self._levels: list[bytes] = []  # nodes over full bundles, then over pairs of these
        self._tail = b""
        self._row: tuple[int, bytes] = (-1, b"")
        self.ballots = Bitmap()
        self.acts: list[tuple[int, bytes]] = []
        self.late: list[tuple[int, str]] = []
        self.ballot_fault: LogError | None = None
        self._first_difference: int | None = None
        self._tile_fault: LogError | None = None

    def read(self) -> None:
        """Step 2, and all that later steps need. Raises LogError."""
        roots, digests, bits = [], [], []
        for ranges in self._windows():
            for part in self._run(partial(scan, self._log), *ranges):
                if part.bundle_fault:
                    raise part.bundle_fault
                roots.append(part.roots)
                digests.append(part.digests)
                bits.append(part.ballot_bits)
                self._take(part)
        self._digests, self.ballots = b"".join(digests), Bitmap(b"".join(bits))
        row = b"".join(roots)
        while row:
            self._levels.append(row)
            row = pair_up(row[: len(row) // 64 * 64])

    def _take(self, part: Scanned) -> None:
        self._tail += part.tail
        self.acts += part.acts
        self.late += part.late
        self.ballot_fault = self.ballot_fault or part.ballot_fault
        self._tile_fault = self._tile_fault or part.tile_fault
        if self._first_difference is None:
            self._first_difference = part.first_difference

    def _windows(self) -> Iterator[tuple[range, list[int]]]:
        """First and last bundle of every range, some at a time.

        A pool takes in all its work at once, and a checkpoint can name any size it likes: what
        is missing must be met before memory is full of work that will never be done.
        """
        step = max(SMALLEST_RANGE, min(LARGEST_RANGE, self._bundles // RANGES))
        for first in range(0, self._bundles, step * WINDOW):
            starts = range(first, min(first + step * WINDOW, self._bundles), step)
            yield starts, [min(start + step, self._bundles) for start in starts]

    def root(self, size: int) -> bytes:
        """Root of the first `size` entries."""
        full, rest = divmod(size, TILE_WIDTH)
        tail = root_of(self._leaf_hashes(full)[: rest * HASH_SIZE]) if rest else None
        for height, row in enumerate(self._levels):
            count = full >> height
            if count & 1:
                node = row[(count - 1) * HASH_SIZE : count * HASH_SIZE]
                tail = node if tail is None else node_hash(node, tail)
        return tail or root_of(b"")

    def _leaf_hashes(self, number: int) -> bytes:
        """Of one bundle; the last one asked for is kept, because checkpoints come in order."""
        if number == self._log.size // TILE_WIDTH:
            return self._tail
        if self._row[0] != number:
            self._row = number, b"".join([leaf_hash(leaf) for leaf in self.bundle(number)])
        return self._row[1]

    def check_tree(self, root: bytes) -> None:
        """Step 3. Raises LogError."""
        if self.root(self._log.size) != root:
            if self._first_difference is not None:
                raise LogError("leaf-hash-mismatch", self._first_difference)
            raise LogError("root-mismatch", self._log.size)
        if self._tile_fault:
            raise self._tile_fault
        level, row = 1, self._levels[0] if self._levels else b""
        while row:
            row = self._check_level(level, row)
            level += 1

    def _check_level(self, level: int, row: bytes) -> bytes:
        """Compare one level of tiles with its hashes; the roots of its full tiles."""
        width, above = TILE_WIDTH * HASH_SIZE, []
        for number in range(-(-len(row) // width)):
            want = row[number * width : (number + 1) * width]
            tile = read_tile(self._log.archive.read, level, number, len(want) // HASH_SIZE)
            if tile != want:
                code = "tile-missing" if tile is None else "tile-mismatch"
                raise LogError(code, number * TILE_WIDTH ** (level + 1))
            if len(want) == width:
                above.append(root_of(want))
        return b"".join(above)

    def bundle(self, number: int) -> list[bytes]:
        digest = self._digests[number * HASH_SIZE : (number + 1) * HASH_SIZE]
        return bundle(self._log, number, digest)

    def leaf_at(self, index: int) -> bytes:
        return self.bundle(index // TILE_WIDTH)[index % TILE_WIDTH]

    def holds(self, hashed: bytes) -> bool:
        """Whether an entry with this leaf hash is in the log."""
        return any(
            leaf_hash(leaf) == hashed for n in range(self._bundles) for leaf in self.bundle(n)
        )

    def sort(self, roll: Roll, end: int) -> None:
        """Fill the roll with the ballots below entry `end`."""
        spool = self._log.spool
        roll.ballots = Bitmap(self.ballots.below(end))
        roll.live, roll.duplicates = Bitmap(roll.ballots.below(end)), Bitmap()
        for duplicates, superseded in self._run(partial(_sort, spool, end), range(spool.buckets)):
            for index in duplicates:
                roll.live.discard(index)
                roll.duplicates.add(index)
            for index in superseded:
                roll.live.discard(index)

    def count(self, manifest: Manifest, roll: Roll, opening_key: int, voids: Bitmap) -> Votes:
        """The second pass."""
        votes = Votes()
        for starts, ends in self._windows():
            ranges = list(zip(starts, ends, strict=True))
            spans = [(s * TILE_WIDTH, e * TILE_WIDTH) for s, e in ranges]
            for part in self._run(
                partial(open_range, self._log, manifest, opening_key),
                starts,
                [self._digests[s * HASH_SIZE : e * HASH_SIZE] for s, e in ranges],
                [roll.live.slice(*span) for span in spans],
                [voids.slice(*span) for span in spans],
            ):
                votes.add(part)
        return votes


def _sort(spool: Spool, end: int, bucket: int) -> tuple["array[int]", "array[int]"]:
    return spool.sort(bucket, end)
