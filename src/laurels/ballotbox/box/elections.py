"""The elections that the box takes ballots for; each is read once, since its manifest is fixed."""

from __future__ import annotations

from binascii import b2a_base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ballotlog import ballots, manifest, p256, sealing, texts, tree
from laurels.ballotbox.box.answers import Refused
from laurels.ballotbox.log_key import read_log_key

if TYPE_CHECKING:
    import re
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from psycopg import Connection

    from ballotlog.manifest import Manifest

FIND = """
select id, manifest, log_vkey from ballotbox_election
where slug = %s and manifest is not null"""


@dataclass(frozen=True)
class OpenElection:
    """What the box needs of an election to check a ballot and to promise it."""

    id: int
    slug: str
    manifest: Manifest
    log_key: Ed25519PrivateKey
    form: re.Pattern[bytes]
    is_signed: p256.Verifier
    grades: frozenset[str]
    ciphertext_size: int
    key_id: bytes

    def promise(self, leaf: bytes, deadline: int) -> str:
        """`receipts.sign_promise`, with the key's id reckoned once for all ballots.

        Ed25519 is deterministic: the same leaf and deadline give the same bytes again.
        """
        origin, hashed = self.manifest.origin, b2a_base64(tree.leaf_hash(leaf), newline=False)
        text = texts.promise(origin, hashed.decode(), deadline)
        signature = b2a_base64(self.key_id + self.log_key.sign(text), newline=False)
        return f"{text.decode()}\n\N{EM DASH} {origin} {signature.decode()}\n"


def read_election(connection: Connection[Any], slug: str, keys: Path) -> OpenElection:
    """Raise Refused `unknown-election` for a slug that has no manifest."""
    row = connection.execute(FIND, [slug]).fetchone()
    if row is None:
        raise Refused("unknown-election")
    number, leaf, log_vkey = row
    return prepare_election(number, slug, bytes(leaf), read_log_key(keys / slug, log_vkey))


def prepare_election(
    number: int, slug: str, manifest_leaf: bytes, log_key: Ed25519PrivateKey
) -> OpenElection:
    """`number` is the row's id. Raise LogError for a manifest that no verifier would take."""
    fixed = manifest.parse(manifest_leaf)
    return OpenElection(
        id=number,
        slug=slug,
        manifest=fixed,
        log_key=log_key,
        form=ballots.pattern(fixed.plaintext_size),
        is_signed=p256.Verifier(fixed.registrar),
        grades=frozenset(fixed.grades),
        ciphertext_size=sealing.OVERHEAD + fixed.plaintext_size,
        key_id=fixed.log.key_id,
    )
