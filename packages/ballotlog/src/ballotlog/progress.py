"""How far an election has come, and the order its entries must keep (steps 7c and 7d)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ballotlog import p256
from ballotlog.errors import LogError
from ballotlog.manifest import Manifest
from ballotlog.result import Tally
from ballotlog.values import decode_base64


@dataclass
class Progress:
    """What the entries so far have settled. Stages hold the index of their entry."""

    trustees: int
    closing_time: str
    last_at: str
    close: int | None = None
    freeze: int | None = None
    unlinked: int | None = None
    result: int | None = None
    scalars: dict[int, int] = field(default_factory=dict)
    voids: dict[int, bool] = field(default_factory=dict)
    tally: Tally | None = None

    @classmethod
    def begin(cls, manifest: Manifest) -> "Progress":
        return cls(len(manifest.trustees), manifest.closes_at, manifest.at)

    @property
    def opening_key(self) -> int | None:
        """The sum of all trustees' scalars, once all are published."""
        if len(self.scalars) < self.trustees:
            return None
        return p256.sum_scalars(self.scalars.values())

    @property
    def state(self) -> str:
        if self.result is not None:
            return "result"
        if self.opening_key is not None:
            return "opened"
        if self.freeze is not None:
            return "frozen"
        return "open" if self.close is None else "closed"

    @property
    def standing_voids(self) -> list[int]:
        return [index for index, stands in self.voids.items() if stands]

    def enter(self, entry: dict[str, Any], index: int) -> None:
        """Take in an entry that has passed every check."""
        t = entry["t"]
        self.last_at = entry["at"]
        if t == "extend":
            self.closing_time = entry["closes_at"]
        elif t in ("void", "unvoid"):
            self.voids[entry["index"]] = t == "void"
        elif t == "open":
            self.scalars[entry["trustee"]] = scalar_of(entry)
        elif t in ("close", "freeze", "unlinked", "result"):
            setattr(self, t, index)


def scalar_of(entry: dict[str, Any]) -> int:
    """The scalar of an `open` entry."""
    return int.from_bytes(decode_base64(entry["scalar"]) or b"", "big")


Condition = Callable[[Progress, dict[str, Any]], bool]


def _open(progress: Progress, _: dict[str, Any]) -> bool:
    return progress.close is None


def _closed(progress: Progress, _: dict[str, Any]) -> bool:
    return progress.close is not None


def _not_frozen(progress: Progress, _: dict[str, Any]) -> bool:
    return progress.freeze is None


def _frozen(progress: Progress, _: dict[str, Any]) -> bool:
    return progress.freeze is not None


def _linked(progress: Progress, _: dict[str, Any]) -> bool:
    return progress.unlinked is None


def _unlinked(progress: Progress, _: dict[str, Any]) -> bool:
    return progress.unlinked is not None


def _first_key(progress: Progress, entry: dict[str, Any]) -> bool:
    return entry["trustee"] not in progress.scalars


def _opened(progress: Progress, _: dict[str, Any]) -> bool:
    return progress.opening_key is not None


def _no_result(progress: Progress, _: dict[str, Any]) -> bool:
    return progress.result is None


VOIDING = ((_closed, "void-before-close"), (_not_frozen, "void-after-freeze"))
ORDER: dict[str, tuple[tuple[Condition, str], ...]] = {
    "notice": (),
    "ballot": ((_open, "ballot-after-close"),),
    "extend": ((_open, "extend-after-close"),),
    "close": ((_open, "close-twice"),),
    "void": VOIDING,
    "unvoid": VOIDING,
    "freeze": ((_closed, "freeze-before-close"), (_not_frozen, "freeze-twice")),
    "unlinked": ((_frozen, "unlinked-before-freeze"), (_linked, "unlinked-twice")),
    "open": (
        (_frozen, "open-before-freeze"),
        (_unlinked, "open-before-unlinked"),
        (_first_key, "open-twice"),
    ),
    "result": ((_opened, "result-before-open"), (_no_result, "result-twice")),
}


def check_order(progress: Progress, entry: dict[str, Any], index: int) -> None:
    """Step 7c for any entry, 7d for one that is not a ballot. Raises LogError at this index."""
    for holds, code in ORDER[entry["t"]]:
        if not holds(progress, entry):
            raise LogError(code, index)
    if entry["t"] != "ballot" and entry["at"] < progress.last_at:
        raise LogError("time-backwards", index)
