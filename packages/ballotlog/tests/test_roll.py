from hypothesis import given
from hypothesis import strategies as st

import reference
from ballotlog.ballots import Ballot
from ballotlog.bitmaps import Bitmap
from ballotlog.roll import GrowingRoll
from ballotlog.spool import Spool

tickets = st.lists(st.tuples(st.integers(0, 4), st.integers(1, 4)), max_size=30)


def classes_of(roll, first, count):
    names = {"sealed": "live"}
    found = [roll.status(first + i, is_void=False) for i in range(count)]
    return [names.get(status, status) for status in found]


@given(tickets)
def test_growing_roll_tells_the_reference_classes(cast):
    roll = GrowingRoll()

    for i, (tag, serial) in enumerate(cast):
        roll.add(bytes([tag]) * 16, serial, i + 1)

    want = reference.classes(cast)
    assert classes_of(roll, 1, len(cast)) == want
    assert roll.status(0, is_void=False) == "not-a-ballot"
    counts = roll.counts(0)
    assert (counts.received, counts.duplicate) == (len(cast), want.count("duplicate"))
    assert counts.superseded == want.count("superseded")


@given(cast=tickets, end=st.integers(0, 31))
def test_spool_sorts_into_the_reference_classes(tmp_path_factory, cast, end):
    spool = Spool(str(tmp_path_factory.mktemp("spool")), 4, 1_000_003)
    rows = [
        (i, Ballot(b"", b"", b"", b"", b"%d" % serial, b"", b"%032x" % tag))
        for i, (tag, serial) in enumerate(cast)
    ]

    spool.write(rows[:10])
    spool.write(rows[10:])
    parts = [spool.sort(bucket, end) for bucket in range(4)]

    want = reference.classes(cast[:end])
    duplicates = sorted(i for part, _ in parts for i in part)
    superseded = sorted(i for _, part in parts for i in part)
    assert duplicates == [i for i, name in enumerate(want) if name == "duplicate"]
    assert superseded == [i for i, name in enumerate(want) if name == "superseded"]


@given(st.sets(st.integers(0, 70)), st.integers(0, 80))
def test_bitmap_is_a_set_of_indexes(members, end):
    bitmap = Bitmap()
    for index in members | {60}:
        bitmap.add(index)
    if 60 not in members:
        bitmap.discard(60)
    bitmap.discard(1000)

    assert list(bitmap) == sorted(members)
    assert len(bitmap) == len(members)
    assert list(Bitmap(bitmap.below(end))) == sorted(i for i in members if i < end)
    assert len(bitmap.below(end)) == (end + 7) // 8
    assert bitmap.first_from(end) == min((i for i in members if i >= end), default=None)
    assert bitmap.slice(8, 24) == bitmap.below(24)[1:]
    assert len(bitmap.slice(64, 128)) == 8
