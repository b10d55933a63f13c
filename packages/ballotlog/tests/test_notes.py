import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from ballotlog import checkpoints, notes

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WITNESS = Ed25519PrivateKey.from_private_bytes(bytes(32))
TEXT = checkpoints.checkpoint_text("log.example.org", 7, bytes(32))
LOG = notes.parse_vkey(notes.vkey("log.example.org", KEY.public_key()), notes.LOG_KEY)
SEER = notes.parse_vkey(
    notes.vkey("w.example.org", WITNESS.public_key(), notes.WITNESS_KEY), notes.WITNESS_KEY
)
NOTE = checkpoints.sign_note(TEXT, "log.example.org", KEY)

# The example of Go's golang.org/x/mod/sumdb/note.
GO_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\N{EM DASH} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgK"
    "vqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
# The newest checkpoint of the test log of transparency-dev/tessera.
TESSERA_VKEY = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
TESSERA_NOTE = (
    "example.com/log/testdata\n15\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n\n"
    "\N{EM DASH} example.com/log/testdata M9e0luh4jTG+UMBqOUo9/q+yAEvx1ilBEniMvjf1zfcBOhg+CKubMt5"
    "3MvIt/uEWP6zdkdIQzd/fmwlM/dlPWF74ewI=\n"
)


@pytest.mark.parametrize(("vkey", "note"), [(GO_VKEY, GO_NOTE), (TESSERA_VKEY, TESSERA_NOTE)])
def test_notes_of_others_verify(vkey, note):
    key = notes.parse_vkey(vkey, notes.LOG_KEY)

    assert notes.parse_note(note.encode()).is_signed_by(key)
    assert not notes.parse_note(note.encode()).is_signed_by(LOG)


def test_a_checkpoint_of_another_log_is_read():
    checkpoint = checkpoints.parse(TESSERA_NOTE.encode())

    assert (checkpoint.origin, checkpoint.size) == ("example.com/log/testdata", 15)


def test_a_note_is_signed_by_its_log_and_witness():
    note = notes.parse_note((NOTE + notes.cosign(TEXT, "w.example.org", WITNESS, 99)).encode())

    assert note.text == TEXT
    assert note.is_signed_by(LOG)
    assert note.cosignature_times(SEER) == [99]


def test_all_lines_of_a_known_key_must_verify():
    other = Ed25519PrivateKey.from_private_bytes(bytes(31) + b"\1")
    forged = notes.cosign(TEXT, "w.example.org", other, 5).split(" ")[2]
    raw = SEER.key_id + notes.decode_base64(forged.strip())[4:]
    line = f"\N{EM DASH} w.example.org {notes.encode_base64(raw)}\n"
    good = notes.cosign(TEXT, "w.example.org", WITNESS, 99)

    note = notes.parse_note((NOTE + good + line).encode())

    with pytest.raises(ValueError, match="not this witness's signature"):
        note.cosignature_times(SEER)


@pytest.mark.parametrize("time", [2**53, 2**64 - 1])
def test_a_cosignature_beyond_2_to_53_is_none(time):
    note = notes.parse_note((NOTE + notes.cosign(TEXT, "w.example.org", WITNESS, time)).encode())

    with pytest.raises(ValueError, match="not a cosignature"):
        note.cosignature_times(SEER)


@settings(max_examples=300)
@given(st.data())
def test_no_flipped_bit_goes_unnoticed(data):
    raw = bytearray(NOTE.encode())
    bit = data.draw(st.integers(0, len(raw) * 8 - 1))
    raw[bit // 8] ^= 1 << bit % 8

    try:
        note = notes.parse_note(bytes(raw))
    except ValueError:
        return

    assert not note.is_signed_by(LOG)


@pytest.mark.parametrize(
    "change",
    [
        lambda note: note[:-1],
        lambda note: note + "\n",
        lambda note: note.replace("\n\n", "\n"),
        lambda note: note.replace("log.example.org ", "log example.org "),
        lambda note: note.replace("\N{EM DASH}", "-"),
        lambda note: note.replace("\N{EM DASH} log", "\N{EM DASH} +log"),
        lambda note: note.replace("\N{EM DASH} log", "\N{EM DASH} \u2003log"),
        lambda note: note.replace("log.example.org\n7", "log.\x85example.org\n7"),
        lambda note: note.split("\n\n")[0] + "\n\n\N{EM DASH} log.example.org AAAA\n",
        lambda note: note.split("\n\n")[0] + "\n\n\N{EM DASH} log.example.org AAAAAA==\n",
        lambda note: note + "\N{EM DASH} x AAAAAAA=\n" * 64,
        lambda note: note + "\N{EM DASH} x " + "A" * 65_536 + "\n",
        lambda note: note.split("\n\n")[0] + "\n\n",
    ],
)
def test_what_is_no_note_of_this_profile_is_refused(change):
    with pytest.raises(ValueError, match=r"."):
        notes.parse_note(change(NOTE).encode())


def test_bytes_that_are_not_utf8_are_no_note():
    with pytest.raises(ValueError, match=r"."):
        notes.parse_note(b"\xff" + NOTE.encode())


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "a+b",
        GO_VKEY.replace("c74f20a3", "c74f20a4"),
        GO_VKEY.replace("PeterNeumann", "Peter Neumann"),
        GO_VKEY.replace("PeterNeumann", ""),
        GO_VKEY.replace("PeterNeumann", "Peter\x7f"),
        GO_VKEY[:-4],
        GO_VKEY[:-1] + "?",
        notes.vkey("log", KEY.public_key(), notes.WITNESS_KEY),
    ],
)
def test_what_is_no_key_of_a_log_is_refused(vkey):
    with pytest.raises(ValueError, match=r"."):
        notes.parse_vkey(vkey, notes.LOG_KEY)


def test_a_key_that_is_no_point_verifies_nothing():
    key = notes.Vkey("log.example.org", LOG.key_id, b"\xff" * 32)

    assert not notes.parse_note(NOTE.encode()).is_signed_by(key)
