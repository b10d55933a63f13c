"""Elections with every key at hand, and voters who seal ballots for them."""

from __future__ import annotations

import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from ballotlog import checkpoints, hpke, leaves, manifest, p256, sealing, texts
from laurels.ballotbox import actions, rules
from laurels.ballotbox.log_key import make_log_key
from laurels.ballotbox.models import Entry

if TYPE_CHECKING:
    from pathlib import Path

    from laurels.ballotbox.models import Election
    from laurels.editions.models import Edition

NAMES = ("Guangzhou", "Lyon", "eThekwini", "Cape Town", "Halandri")
RULES_HASH = sha256(b"one to three of five, for tests").hexdigest()
STEP = timedelta(minutes=10)


def key_pair() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(p256.CURVE)


def point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return p256.encode_point(key.public_key())


def b64(raw: bytes) -> str:
    return b64encode(raw).decode()


@dataclass
class Poll:
    """A published election with all its secrets; `now` is a time at which it is under way."""

    election: Election
    registrar: ec.EllipticCurvePrivateKey
    trustees: list[ec.EllipticCurvePrivateKey]
    reviewers: list[ec.EllipticCurvePrivateKey]
    manifest_leaf: bytes
    fixed: manifest.Manifest = field(init=False)

    def __post_init__(self) -> None:
        self.fixed = manifest.parse(self.manifest_leaf)
        self._seal = hpke.Sealer(self.fixed.key)

    @property
    def opening_key(self) -> int:
        return sealing.sum_scalars(key.private_numbers().private_value for key in self.trustees)

    def seal(self, picks: list[int], tag: str, serial: int) -> bytes:
        info = texts.ballot_info(self.fixed.election, self.fixed.hash, tag, serial)
        return self._seal(sealing.encode_picks(picks, self.fixed.plaintext_size), info)

    def cast(
        self,
        *,
        picks: list[int] | None = None,
        tag: str | None = None,
        serial: int = 1,
        c: bytes | None = None,
        **changed: Any,
    ) -> dict[str, Any]:
        """The body of a cast, as a voter's page sends it; `changed` members replace its own."""
        tag = tag or secrets.token_hex(16)
        c = c or self.seal(picks or [1], tag, serial)
        evc = secrets.token_hex(32)
        grade = self.fixed.grades[0]
        ticket = texts.ticket(self.fixed.election, tag, serial, grade, evc, sha256(c).hexdigest())
        return {
            "tag": tag,
            "serial": serial,
            "grade": grade,
            "evc": evc,
            "c": b64(c),
            "sig": b64(texts.sign(self.registrar, ticket)),
        } | changed

    def reviewed(self, text: bytes) -> dict[int, bytes]:
        """Signatures of the first two reviewers under a text."""
        return {number: texts.sign(self.reviewers[number], text) for number in (0, 1)}

    def void_leaf(self, at: datetime, index: int, leaf_hash: bytes) -> bytes:
        evidence = sha256(b"evidence").hexdigest()
        text = texts.void(self.fixed.election, index, leaf_hash, "batch", evidence)
        return leaves.void(
            at=rules.time_text(at),
            index=index,
            rule="batch",
            evidence=evidence,
            signatures=self.reviewed(text),
        )

    def extend_leaf(self, at: datetime, closes_at: datetime, reason: str = "An outage.") -> bytes:
        text = texts.extend(self.fixed.election, rules.time_text(closes_at), reason)
        return leaves.extend(
            at=rules.time_text(at),
            closes_at=rules.time_text(closes_at),
            reason=reason,
            signatures=self.reviewed(text),
        )

    def unlinked_leaf(self, at: datetime) -> bytes:
        statement = "The map of mailboxes is destroyed."
        text = texts.unlinked(self.fixed.election, rules.time_text(at), statement)
        return leaves.unlinked(
            at=rules.time_text(at),
            statement=statement,
            trustee=0,
            registrar_sig=texts.sign(self.registrar, text),
            trustee_sig=texts.sign(self.trustees[0], text),
        )

    def opening_leaves(self, at: datetime) -> list[bytes]:
        return [
            leaves.opening(
                at=rules.time_text(at),
                trustee=number,
                scalar=key.private_numbers().private_value,
            )
            for number, key in enumerate(self.trustees)
        ]


def stage_ballots(poll: Poll, count: int, at: datetime, **changed: Any) -> list[Entry]:
    """Put ballots into the table as the box does; `changed` members replace those of each cast."""
    made = []
    for _ in range(count):
        cast = poll.cast(**changed)
        raw = {"c": b64decode(cast["c"]), "sig": b64decode(cast["sig"])}
        rounded = rules.rounded_down(at)
        leaf = leaves.ballot(at=rules.time_text(rounded), **(cast | raw))
        made.append(
            Entry(
                election=poll.election,
                kind="ballot",
                tag=UUID(cast["tag"]),
                serial=cast["serial"],
                deadline=int(at.timestamp()) + 600,
                leaf=leaf,
                accepted_at=rounded,
            )
        )
    return Entry.objects.bulk_create(made)


def make_poll(  # noqa: PLR0913 -- the facts of a manifest
    keys: Path,
    *,
    now: datetime,
    slug: str = "rehearsal",
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    clock_name: str = "",
    grace_seconds: int = 600,
    title: str = "A rehearsal",
    candidates: list[actions.NewCandidate] | None = None,
    edition: Edition | None = None,
    **changed: Any,
) -> Poll:
    """A published election that is under way at `now`, unless its times are given.

    It is a rehearsal unless it belongs to an edition. `keys` is the parent of the folders of
    keys; `changed` members replace the manifest's own.
    """
    registrar, trustees = key_pair(), [key_pair() for _ in range(3)]
    reviewers = [key_pair() for _ in range(3)]
    whole = rules.rounded_down(now)
    opens_at = opens_at or whole - 6 * STEP
    closes_at = closes_at or whole + 144 * STEP
    election = actions.draft_election(
        slug=slug,
        election_id=f"test.example/{slug}-{secrets.token_hex(4)}",
        title=title,
        origin=f"test.example/{slug}-{secrets.token_hex(4)}",
        opens_at=opens_at,
        closes_at=closes_at,
        closes_latest=closes_at + 288 * STEP,
        ceremony_at=closes_at + 1_000 * STEP,
        grace_seconds=grace_seconds,
        min_picks=1,
        max_picks=3,
        plaintext_size=64,
        candidates=candidates
        or [
            actions.NewCandidate(number, name.lower().replace(" ", "-"), name)
            for number, name in enumerate(NAMES, 1)
        ],
        edition=edition,
        clock_name=clock_name,
        is_rehearsal=edition is None,
    )
    log_key = make_log_key(keys / slug)
    (keys / slug / "registrar.pem").write_bytes(
        registrar.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    points = [point(key) for key in trustees]
    members = {
        "election": election.election_id,
        "title": election.title,
        "origin": election.origin,
        "log": checkpoints.vkey(election.origin, log_key.public_key()),
        "at": rules.time_text(opens_at - STEP),
        "opens_at": rules.time_text(opens_at),
        "closes_at": rules.time_text(closes_at),
        "closes_latest": rules.time_text(election.closes_latest),
        "ceremony_at": rules.time_text(election.ceremony_at),
        "grace_seconds": grace_seconds,
        "candidates": [
            {"n": candidate.number, "id": candidate.code, "name": candidate.name}
            for candidate in election.candidates.all()
        ],
        "picks": {"min": 1, "max": 3},
        "plaintext_size": 64,
        "seats": 1,
        "tie": "lot",
        "grades": ["mail", "relay", "oidc"],
        "rules": {"ids": ["alias", "batch", "appeal"], "hash": RULES_HASH},
        "registrar": b64(point(registrar)),
        "reviewers": [
            {"name": f"Reviewer {n}", "institution": f"Institution {n}", "key": b64(point(key))}
            for n, key in enumerate(reviewers, 1)
        ],
        "trustees": [
            {
                "name": f"Trustee {n}",
                "institution": f"Institution {n}",
                "key": b64(point(key)),
                "proof": b64(sealing.prove_possession(key, election.election_id, points)),
            }
            for n, key in enumerate(trustees, 1)
        ],
        "key": b64(sealing.sum_points(points)),
        "witnesses": [],
        "quorum": {"open": 0, "final": 0},
    }
    leaf = manifest.build(**members | changed)
    entry = actions.publish_manifest(election=election, manifest_leaf=leaf)
    return Poll(entry.election, registrar, trustees, reviewers, leaf)


NOW = datetime(2023, 11, 5, 9, 3, 7, tzinfo=UTC)
