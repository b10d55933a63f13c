"""Two ways through step 7 tell one story: entry by entry, and in ranges with ballots apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballotlog import checkpoints, leaves
from ballotlog.archive import Memory
from ballotlog.ceremony import Ceremony
from ballotlog.checker import Checker
from ballotlog.errors import LogError
from ballotlog.tiles import Writer, read_bundle
from ballotlog.tree import leaf_hash
from ballotlog.verify import verify
from elections import template

STAGES = {"checkpoint-missing", "quorum"}


@pytest.fixture(scope="module")
def election():
    """(ceremony, entries): an extended election with re-votes, voids and a result; and strays."""
    done = Ceremony(template(witnesses=[], quorum={"open": 0, "final": 0}))
    size = done.manifest.plaintext_size
    cast = [
        done.ballot(b"[1]".ljust(size), tag=f"{voter % 3:032x}", serial=1 + voter // 3)
        for voter in range(5)
    ]
    for leaf in cast:
        done.append(leaf)
    done.extend("2026-03-09T01:00:00Z", "Outage.")
    late = done.ballot(b"[2]".ljust(size), tag="ee" * 16, at="2026-03-09T00:50:00Z")
    index = done.append(late)
    done.close()
    done.void(index, leaf_hash(late))
    done.freeze()
    done.unlink("Gone.")
    done.open()
    done.result()
    done.publish()
    entries = read_bundle(done.files.get, 0, done.checker.size)[1]
    strays = [
        done.ballot(b"[1]".ljust(size), tag="dd" * 16, at="2026-03-01T23:50:00Z"),
        done.ballot(b"[1]".ljust(size), tag="dd" * 16, at="2026-03-09T01:00:00Z"),
        done.ballot(b"[1]".ljust(size), tag="dd" * 16),
        cast[0].replace(b'"grade":"mail"', b'"grade":"none"'),
        cast[0].replace(b'"grade":"mail"', b'"grade":"oidc"'),
        cast[0].replace(b"2026-03-02", b"2026-02-30"),
        cast[0] + b" ",
        leaves.notice(at="2026-03-05T00:00:00Z", text="A notice."),
        leaves.notice(at="2027-03-05T00:00:00Z", text="A later one."),
        b"{}",
    ]
    return done, entries, strays


def archive_of(ceremony, entries):
    """A log of these entries, signed as if the box had taken them."""
    writer = Writer()
    for leaf in entries:
        writer.append(leaf)
    origin = ceremony.manifest.origin
    text = checkpoints.checkpoint_text(origin, writer.size, writer.root())
    note = checkpoints.sign_note(text, origin, ceremony.keys.log).encode()
    return Memory({"checkpoint": note, **dict(writer.files())})


def first_failure(entries):
    checker = Checker(entries[0])
    try:
        for leaf in entries[1:]:
            checker.check(leaf)
    except LogError as error:
        return error.code, error.index
    return checker


def changed(data, entries, strays):
    """The entries with one to three of them moved, repeated, dropped or added."""
    entries = list(entries)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(1, len(entries) - 1))
        to = data.draw(st.integers(1, len(entries)))
        what = data.draw(st.sampled_from(["move", "repeat", "drop", "stray", "end"]))
        if what == "repeat":
            entries.insert(to, entries[at])
        elif what == "stray":
            entries.insert(to, data.draw(st.sampled_from(strays)))
        elif what == "end":
            del entries[max(2, to) :]
        else:
            leaf = entries.pop(at)
            if what == "move":
                entries.insert(to, leaf)
        if len(entries) < 3:
            break
    return entries


@settings(max_examples=250, deadline=None)
@given(data=st.data())
def test_verify_fails_where_the_checker_does(election, data):
    ceremony, entries, strays = election
    entries = changed(data, entries, strays)

    expected = first_failure(entries)
    report = verify(archive_of(ceremony, entries))

    if isinstance(expected, Checker):
        if report["ok"]:
            assert report["state"] == expected.state
        else:
            assert report["error"]["code"] in STAGES
    else:
        assert (report["error"]["code"], report["error"]["index"]) == expected
