import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from hypothesis import given, settings
from hypothesis import strategies as st

from ballotlog import p256, texts

scalars = st.integers(1, p256.ORDER - 1)
KEY = p256.private_key(77)
POINT = p256.point_of(77)
TEXT = b"laurels/test\n"
SIGNATURE = texts.sign(KEY, TEXT)

# RFC 6979, A.2.5: P-256, SHA-256, message "sample".
SAMPLE_KEY = 0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721
SAMPLE_SIGNATURE = (
    "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
    "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"
)


def raw(r, s):
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


@settings(max_examples=30)
@given(st.lists(scalars, min_size=1, max_size=5))
def test_sum_of_points_is_the_point_of_the_sum(parts):
    total = p256.sum_scalars(parts)

    summed = p256.sum_points(map(p256.point_of, parts))

    assert summed == (p256.point_of(total) if total else None)


def test_sum_knows_doubling_and_infinity():
    one, minus_one = p256.point_of(1), p256.point_of(p256.ORDER - 1)

    assert p256.sum_points([one, one]) == p256.point_of(2)
    assert p256.sum_points([one, minus_one]) is None
    assert p256.sum_points([one, minus_one, one]) == one
    assert p256.sum_points([]) is None


@pytest.mark.parametrize(
    "raw_point",
    [
        b"",
        bytes(65),
        b"\x04" + bytes(64),
        bytes([6 + POINT[64] % 2]) + POINT[1:],
        bytes([2 + POINT[64] % 2]) + POINT[1:33],
        POINT[:64],
        POINT[:64] + bytes([POINT[64] ^ 1]),
    ],
)
def test_only_uncompressed_points_on_the_curve_are_points(raw_point):
    assert not p256.is_point(raw_point)


def test_signatures_are_those_of_rfc_6979():
    assert texts.sign(p256.private_key(SAMPLE_KEY), b"sample").hex() == SAMPLE_SIGNATURE


def test_signature_is_checked_with_a_point_or_a_prepared_key():
    assert texts.is_signed(POINT, SIGNATURE, TEXT)
    assert texts.is_signed(p256.Verifier(POINT), SIGNATURE, TEXT)
    assert not texts.is_signed(POINT, SIGNATURE, TEXT + b"\n")
    assert not texts.is_signed(p256.point_of(78), SIGNATURE, TEXT)


def test_both_forms_of_s_are_signatures_and_nothing_out_of_range_is():
    r, s = int.from_bytes(SIGNATURE[:32], "big"), int.from_bytes(SIGNATURE[32:], "big")
    top = 2**256 - 1
    wrong = [raw(0, s), raw(r, 0), raw(p256.ORDER, s), raw(r, p256.ORDER), raw(top, top), raw(0, 0)]

    assert texts.is_signed(POINT, raw(r, p256.ORDER - s), TEXT)
    assert not any(texts.is_signed(POINT, signature, TEXT) for signature in wrong)
    assert not texts.is_signed(POINT, SIGNATURE[:63], TEXT)
    assert not texts.is_signed(POINT, SIGNATURE + b"\0", TEXT)


def test_short_r_and_s_are_read_as_the_library_writes_them():
    short = 0
    for i in range(2000):
        message = b"%d" % i
        r, s = utils.decode_dss_signature(KEY.sign(message, ec.ECDSA(hashes.SHA256())))
        if min(r, s) >> 248 == 0:
            short += 1
            assert texts.is_signed(POINT, raw(r, s), message)

    assert short > 0


def test_a_scalar_out_of_range_has_no_point():
    for scalar in (0, p256.ORDER):
        with pytest.raises(ValueError, match=r"."):
            p256.point_of(scalar)
