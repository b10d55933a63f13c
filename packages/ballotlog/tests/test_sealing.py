import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballotlog import p256, sealing, texts
from ballotlog.receipts import receipt_number

NUMBERS = frozenset({1, 2, 30, 400})


@given(st.permutations(sorted(NUMBERS)), st.integers(0, 4))
def test_picks_are_read_as_they_were_written(order, count):
    plaintext = sealing.encode_picks(order[:count], 16)

    assert len(plaintext) == 16
    assert sealing.decode_picks(plaintext, NUMBERS, 0, 4) == order[:count]


@pytest.mark.parametrize(
    "plaintext",
    [
        None,
        b"",
        b"1",
        b"[1",
        b"[1]\n",
        b" [1]",
        b"[01]",
        b"[0]",
        b"[1 ,2]",
        b"[1,]",
        b"[1,1]",
        b"[3]",
        b"[1000]",
        b"[]",
        b"[1,2,30]",
        b"[1]\0",
        "[\u0661]".encode(),
    ],
)
def test_everything_else_is_spoiled(plaintext):
    assert sealing.decode_picks(plaintext, NUMBERS, 1, 2) is None


def test_picks_that_do_not_fit_are_not_written():
    with pytest.raises(ValueError, match="more picks"):
        sealing.encode_picks([400, 30, 2], 8)


def test_what_all_trustees_sealed_only_all_open():
    scalars = [5, 2**200, p256.ORDER - 1]
    point = sealing.sum_points(map(sealing.point_of, scalars))

    sealed = sealing.seal(point, b"info", b"[1]")

    assert len(sealed) == 3 + sealing.OVERHEAD
    assert sealing.open_sealed(sealing.sum_scalars(scalars), b"info", sealed) == b"[1]"
    assert sealing.open_sealed(sealing.sum_scalars(scalars[:2]), b"info", sealed) is None


def test_keys_that_cancel_out_have_no_sum():
    with pytest.raises(ValueError, match="cancel"):
        sealing.sum_points([p256.point_of(1), p256.point_of(p256.ORDER - 1)])


def test_a_proof_of_possession_is_over_all_points_in_order():
    points = [p256.point_of(3), p256.point_of(4)]

    proof = sealing.prove_possession(p256.private_key(3), "example.org/x", points)

    assert texts.is_signed(points[0], proof, texts.trustee("example.org/x", points))
    assert not texts.is_signed(points[0], proof, texts.trustee("example.org/x", points[::-1]))


@pytest.mark.parametrize(
    ("start", "number"),
    [("0000000000", "0000-0000"), ("ffffffffff", "ZZZZ-ZZZZ"), ("00443214c7", "0123-4567")],
)
def test_receipt_numbers_are_crockford_base_32(start, number):
    leaf_hash = bytes.fromhex(start) + bytes(27)

    value = int.from_bytes(leaf_hash[:5], "big")
    digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    assert receipt_number(leaf_hash) == number
    assert (
        sum(digits.index(d) * 32**i for i, d in enumerate(number.replace("-", "")[::-1])) == value
    )
