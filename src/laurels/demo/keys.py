"""The demo's keys: trustees, reviewers and registrar of invented institutions, all on this host."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from ballotlog import p256, sealing
from laurels.ballotbox.log_key import make_log_key
from laurels.results.actions import NewReviewer, NewTrustee

if TYPE_CHECKING:
    from pathlib import Path

# Invented, and said to be; never the names of those who carry the award.
TRUSTEES = (
    ("Demo trustee 1", "Demo Institute of Rivers (invented)"),
    ("Demo trustee 2", "Demo Union of Bridges (invented)"),
    ("Demo trustee 3", "Demo Academy of Gardens (invented)"),
)
REVIEWERS = (
    ("Demo reviewer 1", "Demo Institute of Rivers (invented)"),
    ("Demo reviewer 2", "Demo Union of Bridges (invented)"),
    ("Demo reviewer 3", "Demo Academy of Gardens (invented)"),
)
SEED = "crowd.seed"


@dataclass(frozen=True)
class DemoKeys:
    """The public halves, as the draft of the election takes them."""

    trustees: list[NewTrustee]
    reviewers: list[NewReviewer]


def make_keys(folder: Path, election_id: str) -> DemoKeys:
    """Make every key of a new demo election in `folder`, files with mode 0600."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    make_log_key(folder)
    _make_key(folder / "registrar.pem")
    _write(folder / SEED, secrets.token_bytes(16))
    secret = [_make_key(folder / f"demo-trustee-{n + 1}.pem") for n in range(len(TRUSTEES))]
    points = [p256.encode_point(key.public_key()) for key in secret]
    trustees = [
        NewTrustee(name, institution, point, sealing.prove_possession(key, election_id, points))
        for (name, institution), key, point in zip(TRUSTEES, secret, points, strict=True)
    ]
    reviewers = [
        NewReviewer(name, institution, p256.encode_point(_make_key(path).public_key()))
        for n, (name, institution) in enumerate(REVIEWERS)
        for path in [folder / f"demo-reviewer-{n + 1}.pem"]
    ]
    return DemoKeys(trustees, reviewers)


def read_seed(folder: Path) -> bytes:
    """Return what the invented voters are drawn from; secret, since their picks follow from it."""
    return (folder / SEED).read_bytes()


def _make_key(path: Path) -> ec.EllipticCurvePrivateKey:
    key = ec.generate_private_key(p256.CURVE)
    _write(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return key


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)
