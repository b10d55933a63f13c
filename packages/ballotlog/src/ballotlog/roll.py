"""Which ballot counts: duplicates, superseded and live ballots (SPEC section 5)."""

from ballotlog.bitmaps import Bitmap
from ballotlog.result import Counts


class Roll:
    """Three sets of entries: all ballots, the live ones, the duplicates; the rest is superseded."""

    def __init__(self) -> None:
        self.ballots = Bitmap()
        self.live = Bitmap()
        self.duplicates = Bitmap()

    def status(self, index: int, *, is_void: bool) -> str:
        """The class of an entry as far as it shows before the opening."""
        if index not in self.ballots:
            return "not-a-ballot"
        if index in self.duplicates:
            return "duplicate"
        if index not in self.live:
            return "superseded"
        return "void" if is_void else "sealed"

    def counts(self, voids: int) -> Counts:
        """Counts as they are before the opening."""
        received, duplicate = len(self.ballots), len(self.duplicates)
        superseded = received - duplicate - len(self.live)
        return Counts(received, None, superseded, duplicate, voids, None)


class GrowingRoll(Roll):
    """A roll that ballots join one by one: about 120 bytes of memory for each voter."""

    def __init__(self) -> None:
        super().__init__()
        self._newest: dict[bytes, int] = {}  # tag to serial << 48 | index of its live ballot
        self._earlier: dict[bytes, set[int]] = {}  # tag to its serials that are superseded

    def add(self, tag: bytes, serial: int, index: int) -> None:
        """The next ballot of the log, in log order."""
        self.ballots.add(index)
        newest = self._newest.get(tag)
        if newest is None:
            self._newest[tag] = serial << 48 | index
            self.live.add(index)
            return
        earlier = self._earlier.setdefault(tag, set())
        if serial == newest >> 48 or serial in earlier:
            self.duplicates.add(index)
        elif serial < newest >> 48:
            earlier.add(serial)
        else:
            earlier.add(newest >> 48)
            self.live.discard(newest & (1 << 48) - 1)
            self._newest[tag] = serial << 48 | index
            self.live.add(index)
