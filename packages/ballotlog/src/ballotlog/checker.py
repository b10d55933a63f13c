"""Step 7 of SPEC section 8, entry by entry: what the sequencer asks before it appends a leaf."""

from ballotlog import ballots, manifest
from ballotlog.acts import Acts, LeafAt
from ballotlog.ballots import BallotRules, Votes
from ballotlog.bitmaps import Bitmap
from ballotlog.errors import LogError
from ballotlog.manifest import Manifest
from ballotlog.result import Tally
from ballotlog.roll import GrowingRoll


class Checker:
    """The state of a log after its entries so far; begins with the manifest, entry 0.

    `leaf_at(index)` reads an entry that is in the log already: voids and the result need it.
    Without it the checker keeps every leaf in memory.
    """

    def __init__(self, manifest_leaf: bytes, leaf_at: LeafAt | None = None) -> None:
        self.manifest: Manifest = manifest.parse(manifest_leaf)
        self.size = 1
        self._rules = BallotRules(self.manifest)
        self._roll = GrowingRoll()
        self._kept: list[bytes] | None = [manifest_leaf] if leaf_at is None else None
        self._leaf_at = leaf_at or self._kept_leaf
        self._acts = Acts(self.manifest, self._roll, self._leaf_at, self._count)

    def check(self, leaf: bytes) -> None:
        """Judge the next entry and take it in. Raises LogError and changes nothing."""
        self._enter(leaf, signed=True)

    def accept(self, leaf: bytes) -> None:
        """Take in the next entry of a log of our own, after a restart: signatures are skipped."""
        self._enter(leaf, signed=False)

    @property
    def state(self) -> str:
        """`open`, `closed`, `frozen`, `opened` or `result`."""
        return self._acts.progress.state

    @property
    def closing_time(self) -> str:
        """The closing time in force for the next entry."""
        return self._acts.progress.closing_time

    @property
    def last_at(self) -> str:
        """Time of the last entry that is not a ballot: none of these may go below it."""
        return self._acts.progress.last_at

    @property
    def ballot_count(self) -> int:
        return len(self._roll.ballots)

    @property
    def opening_key(self) -> int | None:
        """The election's secret key, once every trustee has published its own."""
        return self._acts.progress.opening_key

    def live(self, index: int) -> bool:
        """Whether this entry is a ballot that is neither duplicate nor superseded."""
        return index in self._roll.live

    def status(self, index: int) -> str:
        """`sealed`, `void`, `superseded`, `duplicate` or `not-a-ballot`."""
        is_void = bool(self._acts.progress.voids.get(index))
        return self._roll.status(index, is_void=is_void)

    def freeze_count_and_bitmap(self) -> tuple[int, bytes]:
        """What a freeze must say if it is the next entry."""
        return self._acts.freeze_count_and_bitmap(self.size)

    def tally(self) -> Tally:
        """Open and count every live ballot. Raises ValueError before all keys are published."""
        self._acts.count()
        if self._acts.progress.tally is None:
            raise ValueError("not all trustees have published their keys")
        return self._acts.progress.tally

    def _enter(self, leaf: bytes, *, signed: bool) -> None:
        ballot = self._rules.read(leaf)
        if ballot is None:
            self._acts.check(leaf, self.size, signed=signed)
        else:
            if self._acts.progress.close is not None:
                raise LogError("ballot-after-close", self.size)
            fault = self._rules.fault(ballot, self.closing_time.encode(), signed=signed)
            if fault:
                raise LogError(fault, self.size)
            self._roll.add(bytes.fromhex(ballot.tag.decode()), int(ballot.serial), self.size)
        if self._kept is not None:
            self._kept.append(leaf)
        self.size += 1

    def _count(self, opening_key: int, voids: Bitmap) -> Votes:
        live = ((self._leaf_at(i), i in voids) for i in self._roll.live)
        return ballots.count(self.manifest, opening_key, live)

    def _kept_leaf(self, index: int) -> bytes:
        assert self._kept is not None  # noqa: S101 -- it is the reader only when leaves are kept
        return self._kept[index]
