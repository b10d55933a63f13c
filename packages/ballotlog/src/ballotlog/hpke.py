"""HPKE (RFC 9180) base mode, single shot: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM.

Only what SPEC section 6 needs: no aad, no exporter, sequence number 0.
"""

import hmac
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ballotlog import p256

ECDH = ec.ECDH()
KEM = b"HPKE-v1KEM\x00\x10"
SUITE = b"HPKE-v1HPKE\x00\x10\x00\x01\x00\x01"
BASE = b"\x00"
INNER = bytes(i ^ 0x36 for i in range(256))
OUTER = bytes(i ^ 0x5C for i in range(256))
ZERO_INNER = b"\x36" * 64
ZERO_OUTER = b"\x5c" * 64
PAD = bytes(32)


class Schedule:
    """Key schedule for one recipient: ExtractAndExpand (RFC 9180, 4.1), KeySchedule (5.1).

    The six HMACs are written out as two hashes each (RFC 2104): `hmac.digest` costs half as much
    again, and empty salts and labels are joined once for all ballots.
    """

    def __init__(self, recipient: bytes) -> None:
        psk_id_hash = hmac.digest(b"", SUITE + b"psk_id_hash", "sha256")
        context = BASE + psk_id_hash
        self._eae_prk = ZERO_INNER + KEM + b"eae_prk"
        self._info_hash = ZERO_INNER + SUITE + b"info_hash"
        self._shared = b"\x00\x20" + KEM + b"shared_secret"
        self._recipient = recipient + b"\x01"
        self._secret = SUITE + b"secret"
        self._key = b"\x00\x10" + SUITE + b"key" + context
        self._nonce = b"\x00\x0c" + SUITE + b"base_nonce" + context

    def __call__(self, dh: bytes, enc: bytes, info: bytes) -> tuple[bytes, bytes]:
        """AES key (16 bytes) and nonce (12 bytes) from the Diffie-Hellman value."""
        inner, outer, pad = INNER, OUTER, PAD
        prk = sha256(ZERO_OUTER + sha256(self._eae_prk + dh).digest()).digest() + pad
        expand = sha256(prk.translate(inner) + self._shared + enc + self._recipient).digest()
        shared = sha256(prk.translate(outer) + expand).digest() + pad
        extract = sha256(shared.translate(inner) + self._secret).digest()
        secret = sha256(shared.translate(outer) + extract).digest() + pad
        info_hash = sha256(ZERO_OUTER + sha256(self._info_hash + info).digest()).digest() + b"\x01"
        i, o = secret.translate(inner), secret.translate(outer)
        key = sha256(o + sha256(i + self._key + info_hash).digest()).digest()[:16]
        nonce = sha256(o + sha256(i + self._nonce + info_hash).digest()).digest()[:12]
        return key, nonce


class Opener:
    """Opens what was sealed to one key."""

    def __init__(self, scalar: int) -> None:
        self._private = p256.private_key(scalar)
        self._schedule = Schedule(p256.encode_point(self._private.public_key()))

    def __call__(self, sealed: bytes, info: bytes) -> bytes | None:
        """Plaintext of enc || ciphertext, or None where it does not open."""
        enc = sealed[: p256.POINT_SIZE]
        try:
            dh = self._private.exchange(ECDH, p256.public_key(enc))
            key, nonce = self._schedule(dh, enc, info)
            return AESGCM(key).decrypt(nonce, sealed[p256.POINT_SIZE :], None)
        except (ValueError, InvalidTag):
            return None


class Sealer:
    """Seals to one key, which is prepared once."""

    def __init__(self, recipient: bytes) -> None:
        self._recipient = p256.public_key(recipient)
        self._schedule = Schedule(recipient)

    def __call__(
        self, plaintext: bytes, info: bytes, ephemeral: ec.EllipticCurvePrivateKey | None = None
    ) -> bytes:
        """Enc || ciphertext. Give `ephemeral` only to repeat a known answer: it is used once."""
        ephemeral = ephemeral or ec.generate_private_key(p256.CURVE)
        enc = p256.encode_point(ephemeral.public_key())
        key, nonce = self._schedule(ephemeral.exchange(ECDH, self._recipient), enc, info)
        return enc + AESGCM(key).encrypt(nonce, plaintext, None)
