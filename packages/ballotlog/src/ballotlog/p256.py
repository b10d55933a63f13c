"""P-256: uncompressed points, sums of keys, and ECDSA signatures as r || s (SPEC section 1)."""

from collections.abc import Iterable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

CURVE = ec.SECP256R1()
PRIME = 2**256 - 2**224 + 2**192 + 2**96 - 1
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
POINT_SIZE = 65
SIGNATURE_SIZE = 64
UNCOMPRESSED = 4
VERIFYING = ec.ECDSA(hashes.SHA256())
SIGNING = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)  # RFC 6979
HIGH_BIT = 128


def public_key(point: bytes) -> ec.EllipticCurvePublicKey:
    """The key of an uncompressed point. Raises ValueError for any other encoding.

    OpenSSL takes compressed and hybrid points too, so the first byte is ours to look at.
    """
    if len(point) != POINT_SIZE or point[0] != UNCOMPRESSED:
        raise ValueError("not an uncompressed P-256 point")
    return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)


def is_point(raw: bytes) -> bool:
    """Whether these are the 65 bytes of a point: y^2 = x^3 - 3x + b (SEC 1, 2.3.4).

    Reckoned here, which takes a third of the time of making a key of it.
    """
    if len(raw) != POINT_SIZE or raw[0] != UNCOMPRESSED:
        return False
    x, y = int.from_bytes(raw[1:33], "big"), int.from_bytes(raw[33:], "big")
    return x < PRIME and y < PRIME and (y * y - (x * x - 3) * x - B) % PRIME == 0


def encode_point(key: ec.EllipticCurvePublicKey) -> bytes:
    """SEC 1, 2.3.3, uncompressed: 65 bytes."""
    numbers = key.public_numbers()
    return b"\x04" + numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big")


def private_key(scalar: int) -> ec.EllipticCurvePrivateKey:
    """Raises ValueError unless 1 <= scalar < n."""
    return ec.derive_private_key(scalar, CURVE)


def point_of(scalar: int) -> bytes:
    """scalar·G as 65 bytes. Raises ValueError unless 1 <= scalar < n."""
    return encode_point(private_key(scalar).public_key())


def sum_scalars(scalars: Iterable[int]) -> int:
    return sum(scalars) % ORDER


def sum_points(points: Iterable[bytes]) -> bytes | None:
    """Sum of points on the curve as 65 bytes, or None for the point at infinity."""
    total: tuple[int, int] | None = None
    for point in points:
        total = _add(total, (int.from_bytes(point[1:33]), int.from_bytes(point[33:])))
    return total and b"\x04" + total[0].to_bytes(32, "big") + total[1].to_bytes(32, "big")


def _add(a: tuple[int, int] | None, b: tuple[int, int]) -> tuple[int, int] | None:
    """SEC 1, 2.2.1: addition of affine points; None is infinity."""
    if a is None:
        return b
    if a[0] != b[0]:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, PRIME)
    elif (a[1] + b[1]) % PRIME == 0:
        return None
    else:
        slope = 3 * (a[0] * a[0] - 1) * pow(2 * a[1], -1, PRIME)
    x = (slope * slope - a[0] - b[0]) % PRIME
    return x, (slope * (a[0] - x) - a[1]) % PRIME


def sign(key: ec.EllipticCurvePrivateKey, message: bytes) -> bytes:
    """ECDSA with SHA-256 and RFC 6979, as r || s of 64 bytes."""
    r, s = utils.decode_dss_signature(key.sign(message, SIGNING))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


class Verifier:
    """Checks the signatures of one key, which is prepared once."""

    def __init__(self, point: bytes) -> None:
        self._verify = public_key(point).verify

    def __call__(self, signature: bytes, message: bytes) -> bool:
        if len(signature) != SIGNATURE_SIZE:
            return False
        try:
            self._verify(_der(signature), message, VERIFYING)
        except InvalidSignature:
            return False
        return True


def _der(signature: bytes) -> bytes:
    """The r || s of 64 bytes as DER (X.690); a zero stays zero, and OpenSSL refuses it.

    By hand, because the library's own encoder takes a percent of a whole recount.
    """
    r, s = signature[:32].lstrip(b"\0"), signature[32:].lstrip(b"\0")
    if not r or r[0] >= HIGH_BIT:
        r = b"\0" + r
    if not s or s[0] >= HIGH_BIT:
        s = b"\0" + s
    return b"0%c\2%c%b\2%c%b" % (4 + len(r) + len(s), len(r), r, len(s), s)
