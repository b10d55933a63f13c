"""HPKE against RFC 9180, appendix A.3.1, and against the library's own implementation."""

from cryptography.hazmat.primitives import hpke as library
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from ballotlog import hpke, p256

SUITE = library.Suite(library.KEM.P256, library.KDF.HKDF_SHA256, library.AEAD.AES_128_GCM)
SCALAR = 0x1234567890ABCDEF
POINT = p256.point_of(SCALAR)

# RFC 9180, A.3.1
INFO = "4f6465206f6e2061204772656369616e2055726e"
SK_EM = "4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb"
PK_RM = (
    "04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a82"
    "6a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0"
)
ENC = (
    "04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac9"
    "8536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4"
)
KEY = "868c066ef58aae6dc589b6cfdd18f97e"
BASE_NONCE = "4e0bc5018beba4bf004cca59"


def test_key_schedule_is_that_of_rfc_9180():
    ephemeral = p256.private_key(int(SK_EM, 16))
    recipient = p256.public_key(bytes.fromhex(PK_RM))

    dh = ephemeral.exchange(ec.ECDH(), recipient)
    schedule = hpke.Schedule(bytes.fromhex(PK_RM))
    key, nonce = schedule(dh, bytes.fromhex(ENC), bytes.fromhex(INFO))

    assert p256.encode_point(ephemeral.public_key()).hex() == ENC
    assert (key.hex(), nonce.hex()) == (KEY, BASE_NONCE)


@settings(max_examples=30)
@given(st.binary(max_size=100), st.binary(max_size=200))
def test_the_library_opens_what_we_seal_and_we_what_it_seals(plaintext, info):
    ours = hpke.Sealer(POINT)(plaintext, info)
    theirs = SUITE.encrypt(plaintext, p256.public_key(POINT), info=info)

    assert SUITE.decrypt(ours, p256.private_key(SCALAR), info=info) == plaintext
    assert hpke.Opener(SCALAR)(theirs, info) == plaintext


@settings(max_examples=60)
@given(st.data())
def test_nothing_that_was_touched_opens(data):
    sealed = bytearray(hpke.Sealer(POINT)(b"[1]", b"info"))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))

    sealed[bit // 8] ^= 1 << bit % 8

    assert hpke.Opener(SCALAR)(bytes(sealed), b"info") is None


def test_neither_another_info_nor_another_key_nor_a_hybrid_point_opens():
    sealed = hpke.Sealer(POINT)(b"[1]", b"info")
    hybrid = bytes([6 + sealed[64] % 2]) + sealed[1:]

    assert hpke.Opener(SCALAR)(sealed, b"other") is None
    assert hpke.Opener(SCALAR + 1)(sealed, b"info") is None
    assert hpke.Opener(SCALAR)(hybrid, b"info") is None
    assert hpke.Opener(SCALAR)(sealed[:70], b"info") is None
