"""A whole election in memory, with the keys of everybody: for rehearsals, tests and benches.

Nothing is secret here. A real election makes each key where it is kept.
"""

import secrets
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from ballotlog import checkpoints, leaves, p256, receipts, sealing, texts
from ballotlog.checker import Checker
from ballotlog.hpke import Sealer
from ballotlog.keyring import Keyring
from ballotlog.tiles import Writer, subtree_reader
from ballotlog.tree import inclusion_proof
from ballotlog.values import later, unix_seconds


class Ceremony:
    """Every step of an election. A template is a manifest without keys.

    Its trustees and reviewers have `name` and `institution` only, its witnesses are names.
    Acts are dated from the closing time in force, a minute apart.
    """

    def __init__(self, template: Mapping[str, Any]) -> None:
        self.keys = Keyring(template)
        self.manifest_leaf = self.keys.complete(template)
        self.checker = Checker(self.manifest_leaf)
        self.manifest = self.checker.manifest
        self.files: dict[str, bytes] = {}
        self._seal = Sealer(self.manifest.key)
        self._writer = Writer()
        self._writer.append(self.manifest_leaf)

    def append(self, leaf: bytes) -> int:
        """Check and append any leaf; its index. Raises LogError."""
        self.checker.check(leaf)
        self._writer.append(leaf)
        return self.checker.size - 1

    def ballot(
        self, plaintext: bytes, *, tag: str, serial: int = 1, at: str | None = None
    ) -> bytes:
        """The leaf of a sealed ballot with its ticket."""
        m, grade = self.manifest, self.manifest.grades[0]
        c = self._seal(plaintext, texts.ballot_info(m.election, m.hash, tag, serial))
        evc = sha256(secrets.token_bytes(32)).hexdigest()
        ticket = texts.ticket(m.election, tag, serial, grade, evc, sha256(c).hexdigest())
        sig = texts.sign(self.keys.registrar, ticket)
        return leaves.ballot(
            at=at or m.opens_at, tag=tag, serial=serial, grade=grade, evc=evc, c=c, sig=sig
        )

    def cast(self, picks: Sequence[int], *, tag: str, serial: int = 1) -> int:
        """Append a ballot for these picks; its index."""
        plaintext = sealing.encode_picks(picks, self.manifest.plaintext_size)
        return self.append(self.ballot(plaintext, tag=tag, serial=serial))

    def extend(self, closes_at: str, reason: str) -> int:
        text = texts.extend(self.manifest.election, closes_at, reason)
        at = later(self.checker.closing_time, -60)
        return self.append(
            leaves.extend(at=at, closes_at=closes_at, reason=reason, signatures=self.review(text))
        )

    def close(self) -> int:
        at = self.checker.closing_time
        return self.append(leaves.close(at=at, ballots=self.checker.ballot_count))

    def void(self, index: int, leaf_hash: bytes, *, back: bool = False) -> int:
        """Void a ballot under the first rule, or with `back` take its void back."""
        m, evidence = self.manifest, sha256(b"evidence").hexdigest()
        build, write = (leaves.unvoid, texts.unvoid) if back else (leaves.void, texts.void)
        text = write(m.election, index, leaf_hash, m.rules.ids[0], evidence)
        return self.append(
            build(
                at=self.next_at(),
                index=index,
                rule=m.rules.ids[0],
                evidence=evidence,
                signatures=self.review(text),
            )
        )

    def freeze(self) -> int:
        count, bitmap = self.checker.freeze_count_and_bitmap()
        return self.append(leaves.freeze(at=self.next_at(), count=count, bitmap=bitmap))

    def unlink(self, statement: str) -> int:
        at = self.next_at()
        text = texts.unlinked(self.manifest.election, at, statement)
        return self.append(
            leaves.unlinked(
                at=at,
                statement=statement,
                trustee=0,
                registrar_sig=texts.sign(self.keys.registrar, text),
                trustee_sig=texts.sign(p256.private_key(self.keys.trustees[0]), text),
            )
        )

    def open(self) -> None:
        """Every trustee publishes its key."""
        for trustee, scalar in enumerate(self.keys.trustees):
            self.append(leaves.opening(at=self.next_at(), trustee=trustee, scalar=scalar))

    def result(self) -> int:
        outcome = self.checker.tally().as_json()
        return self.append(leaves.result(at=self.next_at(), outcome=outcome))

    def publish(self) -> bytes:
        """Write files and a checkpoint that all witnesses have signed; the checkpoint."""
        text = checkpoints.checkpoint_text(
            self.manifest.origin, self._writer.size, self._writer.root()
        )
        note = checkpoints.sign_note(text, self.manifest.origin, self.keys.log)
        time = unix_seconds(self.next_at())
        for name, key in self.keys.witnesses.items():
            note += checkpoints.cosign(text, name, key, time)
        self.files |= dict(self._writer.files())
        self.files[f"checkpoints/{self._writer.size}"] = note.encode()
        self.files["checkpoint"] = note.encode()
        return note.encode()

    def receipt(self, index: int, leaf: bytes) -> bytes:
        """The receipt of an entry, from the published files."""
        size = self._writer.size
        proof = inclusion_proof(index, size, subtree_reader(self.files.get, size))
        note = self.files["checkpoint"].decode()
        return receipts.write_receipt(leaf, index, proof, note).encode()

    def review(self, text: bytes) -> dict[int, bytes]:
        """Signatures of the first two reviewers."""
        return {i: texts.sign(key, text) for i, key in enumerate(self.keys.reviewers[:2])}

    def next_at(self) -> str:
        """A minute after the last act, and not before the closing time."""
        return later(max(self.checker.last_at, self.checker.closing_time), 60)
