"""Fresh keys of everybody in an election, and the manifest that names them.

For rehearsals, tests and benches: a real election makes each key where it is kept.
"""

import secrets
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ballotlog import checkpoints, manifest, p256, sealing
from ballotlog.notes import WITNESS_KEY
from ballotlog.values import encode_base64


class Keyring:
    """Fresh keys for a template's log, registrar, trustees, reviewers and witnesses."""

    def __init__(self, template: Mapping[str, Any]) -> None:
        self.log = Ed25519PrivateKey.generate()
        self.registrar = ec.generate_private_key(p256.CURVE)
        self.trustees = [_scalar() for _ in template["trustees"]]
        self.reviewers = [ec.generate_private_key(p256.CURVE) for _ in template["reviewers"]]
        self.witnesses = {name: Ed25519PrivateKey.generate() for name in template["witnesses"]}

    def complete(self, template: Mapping[str, Any]) -> bytes:
        """The manifest's leaf: a template's members, and all keys and proofs."""
        points = [sealing.point_of(scalar) for scalar in self.trustees]
        election, origin = template["election"], template["origin"]
        proofs = [
            sealing.prove_possession(p256.private_key(scalar), election, points)
            for scalar in self.trustees
        ]
        return manifest.build(
            **dict(template)
            | {
                "log": checkpoints.vkey(origin, self.log.public_key()),
                "registrar": encode_base64(p256.encode_point(self.registrar.public_key())),
                "key": encode_base64(sealing.sum_points(points)),
                "trustees": [
                    {**person, "key": encode_base64(point), "proof": encode_base64(proof)}
                    for person, point, proof in zip(
                        template["trustees"], points, proofs, strict=True
                    )
                ],
                "reviewers": [
                    {**person, "key": encode_base64(p256.encode_point(key.public_key()))}
                    for person, key in zip(template["reviewers"], self.reviewers, strict=True)
                ],
                "witnesses": [
                    checkpoints.vkey(name, key.public_key(), WITNESS_KEY)
                    for name, key in self.witnesses.items()
                ],
            }
        )


def _scalar() -> int:
    return secrets.randbelow(p256.ORDER - 1) + 1
