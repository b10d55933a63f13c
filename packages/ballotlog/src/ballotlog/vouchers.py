"""What voters keep, checked against the archive: receipts and promises (step 9)."""

from typing import Any

from ballotlog import ballots
from ballotlog.acts import Acts
from ballotlog.errors import LogError
from ballotlog.known import KnownCheckpoints
from ballotlog.passes import Passes
from ballotlog.receipts import parse_promise, parse_receipt


class Vouchers:
    def __init__(self, acts: Acts, known: KnownCheckpoints, passes: Passes) -> None:
        self._acts = acts
        self._known = known
        self._passes = passes

    def check_receipt(self, data: bytes) -> dict[str, Any]:
        """Index and status. Raises LogError."""
        receipt = parse_receipt(data)
        times = self._known.check(receipt.checkpoint)
        self._known.check_open_quorum(times, receipt.checkpoint.size)
        if not receipt.holds():
            raise LogError("receipt-proof", receipt.index)
        return {"index": receipt.index, "status": self._status(receipt.index, receipt.leaf)}

    def _status(self, index: int, leaf: bytes) -> str:
        """A class of SPEC section 5, `sealed` or `not-a-ballot`."""
        progress = self._acts.progress
        is_void = bool(progress.voids.get(index))
        status = self._acts.roll.status(index, is_void=is_void)
        if status != "sealed" or progress.opening_key is None:
            return status
        votes = ballots.count(self._acts.manifest, progress.opening_key, [(leaf, False)])
        return "spoiled" if votes.spoiled else "counted"

    def is_promise_kept(self, data: bytes) -> bool:
        """False while it is pending. Raises LogError if it is broken, or no promise of this log."""
        promise = parse_promise(data)
        if not promise.is_signed(self._acts.manifest):
            raise LogError("promise-signature")
        if self._passes.holds(promise.leaf_hash):
            return True
        seen = (time for times in self._known.newest_times.values() for time in times)
        if self._acts.progress.state != "open" or any(time > promise.deadline for time in seen):
            raise LogError("promise-broken")
        return False
