"""A dress rehearsal: a whole election in memory, from fresh keys to the verified result."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from random import SystemRandom
from typing import Any

from ballotlog import receipts
from ballotlog.archive import Memory
from ballotlog.ceremony import Ceremony
from ballotlog.tree import leaf_hash
from ballotlog.verify import verify

RANDOM = SystemRandom()
STATEMENT = "Rehearsal: the map of mailboxes and tags is destroyed."
INSTITUTIONS = 2


@dataclass(frozen=True)
class Rehearsal:
    """`files` is the archive by path; `report` is what verify says of it.

    `agrees` is True when the log verifies and its totals are those of the picks that were cast,
    counted here without opening a ballot.
    """

    files: dict[str, bytes]
    report: dict[str, Any]
    manifest_hash: str
    agrees: bool


def rehearse(template: Mapping[str, Any], *, ballots: int = 50) -> Rehearsal:
    """Run the election of a template (a manifest without keys, see `Ceremony`) once through.

    So many voters vote; the first three vote again, the fourth spoils its ballot, the fifth's is
    logged twice; the vote is extended and ballots are voided where the template allows it.
    Raises LogError where the template cannot make an election.
    """
    run = _Run(Ceremony(template))
    run.vote(ballots)
    run.close()
    run.open()
    return run.report()


class _Run:
    def __init__(self, ceremony: Ceremony) -> None:
        self._ceremony = ceremony
        self._picks: dict[str, list[int]] = {}  # tag to the picks that count
        self._placed: dict[str, tuple[int, bytes]] = {}  # tag to index and leaf of that ballot
        self._promises: list[bytes] = []
        ceremony.publish()

    def vote(self, voters: int) -> None:
        tags = [f"{RANDOM.getrandbits(128):032x}" for _ in range(voters)]
        for tag in tags:
            self._cast(tag, 1)
        for tag in tags[:3]:
            self._cast(tag, 2)
        if len(tags) > 4:  # noqa: PLR2004 -- the fourth and the fifth voter
            self._spoil(tags[3])
            self._ceremony.append(self._placed[tags[4]][1])
        self._promise()
        self._ceremony.publish()

    def _cast(self, tag: str, serial: int) -> None:
        m = self._ceremony.manifest
        wanted = RANDOM.randint(m.picks.min, m.picks.max)
        picks = RANDOM.sample([candidate.n for candidate in m.candidates], wanted)
        text = f"[{','.join(map(str, picks))}]".encode()
        self._place(tag, serial, text)
        self._picks[tag] = picks

    def _spoil(self, tag: str) -> None:
        self._place(tag, 2, b"[0]")
        del self._picks[tag]

    def _place(self, tag: str, serial: int, text: bytes) -> None:
        size = self._ceremony.manifest.plaintext_size
        leaf = self._ceremony.ballot(text.ljust(size), tag=tag, serial=serial)
        self._placed[tag] = self._ceremony.append(leaf), leaf

    def _promise(self) -> None:
        m, key = self._ceremony.manifest, self._ceremony.keys.log
        for _, leaf in list(self._placed.values())[:1]:
            self._promises.append(receipts.sign_promise(m.origin, leaf, 1, key).encode())

    def close(self) -> None:
        ceremony, m = self._ceremony, self._ceremony.manifest
        reviewed = len({person.institution for person in m.reviewers[:2]}) == INSTITUTIONS
        if reviewed and m.closes_latest > m.closes_at:
            ceremony.extend(m.closes_latest, "Rehearsal of an extension.")
        ceremony.close()
        ceremony.publish()
        if reviewed and m.rules.ids and self._picks:
            self._void()
        ceremony.freeze()
        ceremony.publish()

    def _void(self) -> None:
        """The last voter's ballot is voided; the one before gets its own back."""
        *others, last = self._picks
        for tag in (*others[-1:], last):
            index, leaf = self._placed[tag]
            self._ceremony.void(index, leaf_hash(leaf))
        for tag in others[-1:]:
            index, leaf = self._placed[tag]
            self._ceremony.void(index, leaf_hash(leaf), back=True)
        del self._picks[last]

    def open(self) -> None:
        self._ceremony.unlink(STATEMENT)
        self._ceremony.open()
        self._ceremony.result()
        self._ceremony.publish()

    def report(self) -> Rehearsal:
        ceremony = self._ceremony
        manifest_hash = ceremony.manifest.hash
        report = verify(
            Memory(ceremony.files),
            manifest_hash=manifest_hash,
            receipts=[ceremony.receipt(*placed) for placed in list(self._placed.values())[:1]],
            promises=self._promises,
        )
        votes = Counter(number for picks in self._picks.values() for number in picks)
        totals = [[candidate.n, votes[candidate.n]] for candidate in ceremony.manifest.candidates]
        agrees = report["ok"] and report["totals"] == totals
        return Rehearsal(ceremony.files, report, manifest_hash, agrees)
