"""Acts: the entries that are not ballots, and what each must hold (SPEC section 8, step 7)."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from ballotlog import leaf_schemas, p256, texts
from ballotlog.ballots import Votes
from ballotlog.bitmaps import Bitmap
from ballotlog.errors import LogError
from ballotlog.manifest import Manifest
from ballotlog.progress import Progress, check_order, scalar_of
from ballotlog.result import Counts, tally
from ballotlog.roll import Roll
from ballotlog.tree import leaf_hash
from ballotlog.values import decode_base64, unix_seconds

LeafAt = Callable[[int], bytes]
CountVotes = Callable[[int, Bitmap], Votes]


class Acts:
    """Judges acts in order. `leaf_at` reads an entry above; `count_votes` opens and counts.

    `count_votes` takes the opening key and the void ballots.
    """

    def __init__(
        self, manifest: Manifest, roll: Roll, leaf_at: LeafAt, count_votes: CountVotes
    ) -> None:
        self.manifest = manifest
        self.roll = roll
        self.progress = Progress.begin(manifest)
        self.schemas = leaf_schemas.schemas(len(manifest.trustees), manifest.plaintext_size)
        self._leaf_at = leaf_at
        self._count_votes = count_votes
        self._signed = True

    def check(self, leaf: bytes, index: int, *, signed: bool = True) -> str:
        """Step 7 for the entry at this index; its type. Raises LogError and changes nothing.

        With `signed` False, signatures and the count are taken on trust (our own log, replayed).
        """
        entry = leaf_schemas.decode(leaf, index, self.schemas)
        check_order(self.progress, entry, index)
        if entry["t"] == "ballot":  # pragma: no cover -- the pattern takes what the schema takes
            raise LogError("leaf-schema", index)
        self._signed = signed
        content = getattr(self, f"_check_{entry['t']}", None)
        fault = content and content(entry, index)
        if fault:
            raise LogError(fault, index)
        self.progress.enter(entry, index)
        return str(entry["t"])

    def voids(self) -> Bitmap:
        bitmap = Bitmap()
        for index in self.progress.standing_voids:
            bitmap.add(index)
        return bitmap

    def freeze_count_and_bitmap(self, index: int) -> tuple[int, bytes]:
        """What a freeze at this index says: how many live ballots are not void, and which."""
        valid = Bitmap(self.roll.live.below(index))
        for void in self.progress.standing_voids:
            valid.discard(void)
        return len(valid), valid.below(index)

    def counts(self) -> Counts:
        """Counts as they are before the opening."""
        return self.roll.counts(len(self.progress.standing_voids))

    def count(self) -> None:
        """Open and count, once, when all keys are there."""
        progress, key = self.progress, self.progress.opening_key
        if progress.tally is None and key is not None:
            votes = self._count_votes(key, self.voids())
            progress.tally = tally(self.manifest, key, self.counts(), votes)

    def _check_extend(self, entry: dict[str, Any], _: int) -> str | None:
        manifest, closing = self.manifest, self.progress.closing_time
        in_time = unix_seconds(entry["at"]) < unix_seconds(closing) + manifest.grace_seconds
        if not (closing < entry["closes_at"] <= manifest.closes_latest and in_time):
            return "extend-time"
        text = texts.extend(manifest.election, entry["closes_at"], entry["reason"])
        return self._reviewers_fault(entry, "extend", text)

    def _check_close(self, entry: dict[str, Any], index: int) -> str | None:
        if entry["at"] < self.progress.closing_time:
            return "close-too-early"
        above = Bitmap(self.roll.ballots.below(index))
        return None if entry["ballots"] == len(above) else "close-count"

    def _check_void(self, entry: dict[str, Any], index: int) -> str | None:
        if not self._is_live(entry["index"], index):
            return "void-target"
        if entry["index"] in self.progress.voids:
            return "void-twice"
        return self._voiding_fault(entry, texts.void)

    def _check_unvoid(self, entry: dict[str, Any], index: int) -> str | None:
        if not self._is_live(entry["index"], index):
            return "void-target"
        if not self.progress.voids.get(entry["index"]):
            return "unvoid-without-void"
        return self._voiding_fault(entry, texts.unvoid)

    def _is_live(self, target: int, index: int) -> bool:
        return target < index and target in self.roll.live

    def _voiding_fault(
        self, entry: dict[str, Any], text_of: Callable[[str, int, bytes, str, str], bytes]
    ) -> str | None:
        if entry["rule"] not in self.manifest.rules.ids:
            return "void-rule"
        index, rule, evidence = entry["index"], entry["rule"], entry["evidence"]
        hashed = leaf_hash(self._leaf_at(index))
        text = text_of(self.manifest.election, index, hashed, rule, evidence)
        return self._reviewers_fault(entry, "void", text)

    def _reviewers_fault(self, entry: dict[str, Any], prefix: str, text: bytes) -> str | None:
        """Two reviewers, in ascending order and of two institutions, have signed this text."""
        people = self.manifest.reviewers
        first, second = (s["reviewer"] for s in entry["signatures"])
        if not first < second < len(people):
            return f"{prefix}-reviewers"
        if people[first].institution == people[second].institution:
            return f"{prefix}-reviewers"
        signed = all(
            self._is_signed(people[s["reviewer"]].key, s["sig"], text) for s in entry["signatures"]
        )
        return None if signed else f"{prefix}-signature"

    def _is_signed(self, key: bytes, signature: str, text: bytes) -> bool:
        return not self._signed or texts.is_signed(key, decode_base64(signature) or b"", text)

    def _check_freeze(self, entry: dict[str, Any], index: int) -> str | None:
        count, bitmap = self.freeze_count_and_bitmap(index)
        same = entry["count"] == count and entry["valid"] == sha256(bitmap).hexdigest()
        return None if same else "freeze-mismatch"

    def _check_unlinked(self, entry: dict[str, Any], _: int) -> str | None:
        manifest = self.manifest
        text = texts.unlinked(manifest.election, entry["at"], entry["statement"])
        trustee = manifest.trustees[entry["trustee"]].key
        signed = self._is_signed(manifest.registrar, entry["registrar_sig"], text)
        signed = signed and self._is_signed(trustee, entry["trustee_sig"], text)
        return None if signed else "unlinked-signature"

    def _check_open(self, entry: dict[str, Any], _: int) -> str | None:
        scalar = scalar_of(entry)
        if not 1 <= scalar < p256.ORDER:
            return "open-key-mismatch"
        same = p256.point_of(scalar) == self.manifest.trustees[entry["trustee"]].key
        return None if same else "open-key-mismatch"

    def _check_result(self, entry: dict[str, Any], _: int) -> str | None:
        if not self._signed:
            return None
        self.count()
        assert self.progress.tally is not None  # noqa: S101 -- its order says that all keys are there
        own = self.progress.tally.as_json()
        for name, code in RESULT_CODES.items():
            if entry[name] != own[name]:
                return code
        return None


RESULT_CODES = {
    "counts": "result-counts",
    "totals": "result-totals",
    "totals_with_voids": "result-totals",
    "winners": "result-winners",
    "winners_with_voids": "result-winners",
}
