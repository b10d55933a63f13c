import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ballotlog import ballots, leaf_schemas, leaves
from ballotlog.errors import LogError

SCHEMAS = leaf_schemas.schemas(2, 16)
MATCH = ballots.pattern(16).fullmatch
LEAF = leaves.ballot(
    at="2028-02-29T23:50:00Z",
    tag="0f" * 16,
    serial=65535,
    grade="oidc-2",
    evc="a0" * 32,
    c=bytes(range(97)),
    sig=bytes(range(100, 164)),
)
PIECES = [b'"', b"\\", b"\\u0041", b"\n", b" ", b"\xc3\xa9", b"\xff", b"=", b"A", b"0", b"9", b"-"]
PIECES += [b".0", b"e1", b"65536", b"65535", b"2028-02-30", b"\x00", b",", b"}", b"", b"true"]


def is_ballot_to_the_pattern(leaf):
    found = MATCH(leaf)
    return found is not None and leaf_schemas.time(found[1].decode())


def is_ballot_to_the_parser(leaf):
    try:
        return leaf_schemas.decode(leaf, 1, SCHEMAS)["t"] == "ballot"
    except LogError:
        return False


@settings(max_examples=2000, deadline=None)
@given(
    at=st.integers(0, len(LEAF)),
    cut=st.integers(0, 3),
    piece=st.one_of(st.sampled_from(PIECES), st.binary(max_size=2)),
)
@example(at=0, cut=0, piece=b"")
@example(at=LEAF.index(b"02-29") + 3, cut=2, piece=b"30")
@example(at=LEAF.index(b"65535"), cut=5, piece=b"65536")
@example(at=LEAF.index(b"65535"), cut=5, piece=b"0")
@example(at=LEAF.index(b'","evc"') - 3, cut=1, piece=b"B")
def test_pattern_and_parser_take_the_same_ballots(at, cut, piece):
    leaf = LEAF[:at] + piece + LEAF[at + cut :]

    assert is_ballot_to_the_pattern(leaf) == is_ballot_to_the_parser(leaf)


@pytest.mark.parametrize("size", [16, 17, 18, 64, 1024])
def test_pattern_knows_every_length_of_ciphertext(size):
    def leaf(c):
        return leaves.ballot(
            at="2026-01-01T00:00:00Z",
            tag="00" * 16,
            serial=1,
            grade="a",
            evc="00" * 32,
            c=c,
            sig=bytes(64),
        )

    match = ballots.pattern(size).fullmatch

    assert match(leaf(b"\xff" * (81 + size)))
    assert not match(leaf(b"\xff" * (80 + size)))
    assert not match(leaf(b"\xff" * (82 + size)))


def test_what_is_no_ballot_is_not_counted(ceremony):
    with pytest.raises(ValueError, match="not a ballot"):
        ballots.count(ceremony.manifest, 1, [(ceremony.manifest_leaf, False)])
