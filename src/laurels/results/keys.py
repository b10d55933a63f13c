"""The public halves of the keys that an election's manifest names, and the demo's secret ones.

An election's keys are PEM files in `KEYS/<slug>/`. Trustees and reviewers keep theirs at home;
only a demo has them here, in files named for what they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.utils.translation import gettext as _

from ballotlog import notes, p256
from laurels.ballotbox.log_key import read_log_key

if TYPE_CHECKING:
    from pathlib import Path

    from laurels.ballotbox.models import Election


class KeyIsMissing(Exception):  # noqa: N818 -- named for what is wrong
    """A key that a step needs is not there; the message says which file to bring."""


def folder_of(election: Election) -> Path:
    return settings.KEYS / election.slug


def log_vkey(election: Election) -> str:
    """Return the verifier key of the log (signed-note), name = the election's origin."""
    return notes.vkey(election.origin, read_log_key(folder_of(election)).public_key())


def registrar_point(election: Election) -> bytes:
    """Return the registrar's public key, 65 bytes. Raise KeyIsMissing."""
    return p256.encode_point(read_secret(folder_of(election) / "registrar.pem").public_key())


def demo_trustee(election: Election, position: int) -> ec.EllipticCurvePrivateKey:
    """Return the key of a demo trustee, who attends on this host. Raise KeyIsMissing."""
    if not election.is_demo:
        message = _(
            "The trustees of this vote keep their keys at home. Take this step with the command "
            "“manage election” and the key files that they bring."
        )
        raise KeyIsMissing(message)
    return read_secret(folder_of(election) / f"demo-trustee-{position + 1}.pem")


def read_secret(path: Path) -> ec.EllipticCurvePrivateKey:
    """Read a P-256 key from a PEM file without password. Raise KeyIsMissing."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        message = _("There is no readable key at {path}: put its PEM file there.")
        raise KeyIsMissing(message.format(path=path)) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
        message = _("The key at {path} is not P-256: put the right PEM file there.")
        raise KeyIsMissing(message.format(path=path))
    return key


def scalar_of(key: ec.EllipticCurvePrivateKey) -> int:
    return key.private_numbers().private_value
