"""Whole archives: what any of the nine steps refuses, and that nobody tampers unseen."""

import random
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballotlog import checkpoints, leaves, passes, receipts, spool, workers
from ballotlog.archive import Directory, Memory
from ballotlog.ceremony import Ceremony
from ballotlog.errors import Unreadable
from ballotlog.tiles import decode_bundle, encode_bundle, read_bundle
from ballotlog.tree import leaf_hash
from ballotlog.values import unix_seconds
from ballotlog.verify import verify
from elections import template


def error_of(files, **options):
    report = verify(Memory(files), **options)
    assert report == {"format": "laurels/verify/v1", "ok": False, "error": report["error"]}
    return report["error"]["code"], report["error"]["index"]


def test_a_finished_election_verifies(finished):
    report = verify(Memory(finished.files), manifest_hash=finished.manifest.hash)

    assert report["ok"]
    assert report["counts"] == {
        "received": 8,
        "counted": 4,
        "superseded": 2,
        "duplicate": 0,
        "void": 1,
        "spoiled": 1,
    }
    assert report["totals"] == [[1, 1], [2, 0], [3, 0], [20, 3], [300, 1]]
    assert report["totals_with_voids"] == [[1, 1], [2, 0], [3, 0], [20, 4], [300, 1]]
    assert report["warnings"] == []
    assert report["checkpoint"]["cosigners"] == 2


# ---- tampering ----


def rewritten(finished, change):
    """The files with changed entries under the old hashes, as a forger without keys has them."""
    size = finished.checker.size
    changed = change(list(read_bundle(finished.files.get, 0, size)[1]))
    return finished.files | {f"tile/entries/000.p/{size}": encode_bundle(changed)}


def test_a_dropped_entry_is_noticed(finished):
    size = finished.checker.size

    assert error_of(rewritten(finished, lambda e: e[:-1])) == ("bundle-format", size - 1)
    assert error_of(rewritten(finished, lambda e: [*e[:2], *e[3:], e[2]]))[0] == (
        "leaf-hash-mismatch"
    )


def test_an_added_entry_is_noticed(finished):
    size = finished.checker.size

    assert error_of(rewritten(finished, lambda e: [*e, e[1]])) == ("bundle-format", size)


def test_swapped_entries_are_noticed(finished):
    swapped = rewritten(finished, lambda e: [e[0], e[2], e[1], *e[3:]])

    assert error_of(swapped) == ("leaf-hash-mismatch", 1)


def test_a_rewritten_log_with_its_tiles_is_noticed(finished):
    size = finished.checker.size
    files = rewritten(finished, lambda e: [e[0], e[2], e[1], *e[3:]])
    tile = b"".join(leaf_hash(leaf) for leaf in read_bundle(files.get, 0, size)[1])

    assert error_of(files | {f"tile/0/000.p/{size}": tile}) == ("root-mismatch", size)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_flipped_bit_of_entries_or_hashes_goes_unseen(finished, data):
    size = finished.checker.size
    path = data.draw(st.sampled_from([f"tile/entries/000.p/{size}", f"tile/0/000.p/{size}"]))
    changed = bytearray(finished.files[path])
    bit = data.draw(st.integers(0, len(changed) * 8 - 1))
    changed[bit // 8] ^= 1 << bit % 8

    assert error_of(finished.files | {path: bytes(changed)})


# ---- files ----


def without(files, *paths):
    return {path: data for path, data in files.items() if path not in paths}


def test_missing_files_are_named(finished):
    size, files = finished.checker.size, finished.files

    assert error_of(without(files, f"tile/entries/000.p/{size}")) == ("bundle-missing", 0)
    assert error_of(without(files, f"tile/0/000.p/{size}")) == ("tile-missing", 0)
    short = files | {f"tile/0/000.p/{size}": bytes(32)}
    assert error_of(short) == ("tile-mismatch", 0)
    with pytest.raises(Unreadable, match="no checkpoint"):
        verify(Memory(without(files, "checkpoint")))


def test_an_empty_log_says_so():
    note = checkpoints.sign_note(
        checkpoints.checkpoint_text("log", 0, leaf_hash(b"")), "log", Ceremony(template()).keys.log
    )

    assert error_of({"checkpoint": note.encode()}) == ("empty-log", 0)
    assert error_of({"checkpoint": b"?"}) == ("checkpoint-format", None)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_checkpoint_may_claim_any_size(finished, processes):
    """Nothing is signed yet where the first missing bundle is met, so anybody can claim this."""
    size = finished.checker.size
    text = checkpoints.checkpoint_text(finished.manifest.origin, 10**15 - 1, bytes(32))
    note = checkpoints.sign_note(text, finished.manifest.origin, finished.keys.log).encode()
    full = decode_bundle(finished.files[f"tile/entries/000.p/{size}"], size)
    notice = leaves.notice(at="2026-03-02T00:00:00Z", text="Filling.")
    files = {"tile/entries/000": encode_bundle([*full, *[notice] * (256 - size)])}

    assert error_of(files | {"checkpoint": note}, processes=processes) == ("bundle-missing", 256)


def test_a_bad_manifest_is_told_after_the_tree(finished):
    size, files = finished.checker.size, finished.files

    assert error_of(files, manifest_hash="00" * 32) == ("manifest-hash", 0)
    broken = files | {f"tile/0/000.p/{size}": bytes(32 * size)}
    assert error_of(broken, manifest_hash="00" * 32) == ("tile-mismatch", 0)


# ---- checkpoints ----


def note_of(ceremony, size, root, *, witnesses=2, time=None, origin=None):
    origin = origin or ceremony.manifest.origin
    text = checkpoints.checkpoint_text(origin, size, root)
    note = checkpoints.sign_note(text, origin, ceremony.keys.log)
    for name, key in list(ceremony.keys.witnesses.items())[:witnesses]:
        note += checkpoints.cosign(text, name, key, time or unix_seconds(ceremony.next_at()))
    return note.encode()


def root_of(ceremony, size):
    return checkpoints.parse(ceremony.files[f"checkpoints/{size}"]).root


def test_other_checkpoints(finished):
    files, size = finished.files, finished.checker.size
    close = 10
    root = root_of(finished, close)

    def given_note(note):
        return error_of(files, checkpoints=[note])

    def kept(name, note):
        return error_of(files | {f"checkpoints/{name}": note})

    assert given_note(b"?") == ("checkpoint-format", None)
    assert kept(5, b"?") == ("checkpoint-format", 5)
    assert kept(5, note_of(finished, close, root)) == ("checkpoint-format", 5)
    assert given_note(note_of(finished, close, bytes(32))) == ("fork", close)
    assert kept(9, note_of(finished, 9, root)) == ("fork", 9)
    assert given_note(note_of(finished, size + 1, root)) == ("log-truncated", size + 1)
    assert given_note(note_of(finished, close, root, origin="other")) == ("origin-mismatch", close)
    early = note_of(finished, close, root, time=1)
    assert given_note(early) == ("cosignature-time", close)
    late = note_of(finished, close, root, time=2**40)
    assert given_note(late)[0] == "cosignature-time"
    again = note_of(finished, 0, leaf_hash(b"never compared"), time=1)
    assert verify(Memory(files), checkpoints=[again])["ok"]


def test_names_that_are_no_size_are_ignored(finished):
    files = finished.files | {
        "checkpoints/010": b"?",
        "checkpoints/x": b"?",
        "checkpoints/1/2": b"",
    }

    assert verify(Memory(files))["ok"]


def test_a_stage_without_its_checkpoint(finished):
    files = finished.files

    assert error_of(without(files, "checkpoints/10")) == ("checkpoint-missing", 10)
    time = unix_seconds("2026-03-09T00:01:00Z")
    note = note_of(finished, 10, root_of(finished, 10), witnesses=1, time=time)
    weak = files | {"checkpoints/10": note}
    assert error_of(weak) == ("quorum", 10)


def test_witnesses_may_see_a_stage_in_two_notes(finished):
    root, time = root_of(finished, 10), unix_seconds("2026-03-09T00:01:00Z")
    one = note_of(finished, 10, root, witnesses=1, time=time)
    both = note_of(finished, 10, root, time=time)
    files = finished.files | {"checkpoints/10": one}

    assert verify(Memory(files), checkpoints=[both])["ok"]


def test_a_close_that_witnesses_saw_late_is_warned_of():
    ceremony = Ceremony(template())
    ceremony.close()
    ceremony.publish()
    size, limit = 2, unix_seconds("2026-03-09T00:00:00Z") + 600 + 3600

    def warnings(time):
        note = note_of(ceremony, size, root_of(ceremony, size), time=time)
        files = ceremony.files | {"checkpoint": note, f"checkpoints/{size}": note}
        return verify(Memory(files), manifest_hash=ceremony.manifest.hash)["warnings"]

    assert warnings(limit) == []
    assert warnings(limit + 1) == [{"code": "close-witnessed-late", "index": size}]


# ---- receipts and promises ----


def test_receipts_tell_the_class_of_their_entry(finished):
    found = {
        1: "superseded",
        2: "superseded",
        3: "void",
        4: "counted",
        8: "spoiled",
        9: "not-a-ballot",
    }
    read = read_bundle(finished.files.get, 0, finished.checker.size)[1]

    report = verify(Memory(finished.files), receipts=[finished.receipt(i, read[i]) for i in found])

    assert {r["index"]: r["status"] for r in report["receipts"]} == found


def test_receipts_that_prove_nothing(finished):
    good = finished.receipt(4, finished.leaves[4])

    def refused(change):
        return error_of(finished.files, receipts=[good, change(good)])

    assert refused(lambda r: b"") == ("receipt-format", None)
    assert refused(lambda r: r.replace(b"tlog-proof@v1", b"tlog-proof@v2"))[0] == "receipt-format"
    assert refused(lambda r: r.replace(b"index 4", b"index 04"))[0] == "receipt-format"
    assert refused(lambda r: r.replace(b"index 4\n", b"index 4\nAAAA\n"))[0] == "receipt-format"
    assert refused(lambda r: r.replace(b"\n\n", b"\n"))[0] == "receipt-format"
    assert refused(lambda r: r.split(b"\n\n")[0] + b"\n\n?")[0] == "receipt-format"
    assert refused(lambda r: r.replace(b"extra ", b"extra !"))[0] == "receipt-format"
    assert refused(lambda r: b"\xff" + r)[0] == "receipt-format"
    assert refused(lambda r: r.replace(b"index 4", b"index 5")) == ("receipt-proof", 5)
    assert refused(lambda r: r.replace(b"index 4", b"index 99")) == ("receipt-proof", 99)
    assert refused(lambda r: r[: r.rindex("\N{EM DASH} w1".encode())])[0] == "quorum"
    assert refused(lambda r: r.replace(b"log.example.org/test\n", b"log.example.org/tess\n"))[
        0
    ] == ("origin-mismatch")


def promise(ceremony, leaf, deadline, origin=None):
    origin = origin or ceremony.manifest.origin
    return receipts.sign_promise(origin, leaf, deadline, ceremony.keys.log).encode()


def test_promises(finished):
    kept = promise(finished, finished.leaves[3], 1)
    broken = promise(finished, b"never logged", 2**40)
    foreign = promise(finished, finished.leaves[3], 1, "other")

    assert verify(Memory(finished.files), promises=[kept, kept])["ok"]
    assert error_of(finished.files, promises=[kept, broken]) == ("promise-broken", None)
    assert error_of(finished.files, promises=[foreign]) == ("promise-signature", None)
    assert error_of(finished.files, promises=[b"?"]) == ("promise-format", None)
    for text in (b"laurels/promise/v2", b"x\nlaurels/promise/v1"):
        assert error_of(finished.files, promises=[kept.replace(b"laurels/promise/v1", text)]) == (
            "promise-format",
            None,
        )
    assert error_of(finished.files, promises=[kept.replace(b"\n1\n", b"\n01\n")])[0] == (
        "promise-format"
    )


def test_a_promise_is_pending_until_a_witness_has_seen_its_deadline():
    ceremony = Ceremony(template(quorum={"open": 0, "final": 0}))
    ceremony.publish()
    seen = unix_seconds(ceremony.next_at())

    pending = verify(
        Memory(ceremony.files),
        manifest_hash=ceremony.manifest.hash,
        promises=[promise(ceremony, b"late", seen)],
    )

    assert pending["warnings"] == [
        {"code": "no-witnesses", "index": None},
        {"code": "promise-pending", "index": None},
    ]
    assert error_of(ceremony.files, promises=[promise(ceremony, b"late", seen - 1)]) == (
        "promise-broken",
        None,
    )


# ---- large archives ----


@pytest.fixture(scope="session")
def large(tmp_path_factory):
    """An open election of 1,300 entries in a folder, with re-votes far apart; and its checker."""
    ceremony, rng = Ceremony(template()), random.Random(8)  # noqa: S311 -- the same ballots every time
    size = ceremony.manifest.plaintext_size
    for _ in range(1299):
        voter, serial = rng.randrange(900), rng.randrange(1, 4)
        ceremony.append(ceremony.ballot(b"[20]".ljust(size), tag=f"{voter:032x}", serial=serial))
    ceremony.close()
    ceremony.publish()
    folder = tmp_path_factory.mktemp("large")
    for path, data in ceremony.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder, ceremony.checker


def read_folder(folder):
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture(params=["fork", "spawn"])
def start_method(request):
    """How workers are started: a caller with a second thread cannot be forked."""
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    if request.param == "spawn":
        thread.start()
    yield request.param
    ended.set()
    if request.param == "spawn":
        thread.join()


def test_processes_and_ranges_change_nothing(large, monkeypatch, start_method):
    folder, checker = large
    alone = verify(Directory(folder))
    monkeypatch.setattr(workers, "SMALL", 1000)
    monkeypatch.setattr(passes, "SMALLEST_RANGE", 1)
    monkeypatch.setattr(spool, "BUCKET", 100)

    assert verify(Directory(folder), processes=2) == alone
    live = [i for i in range(checker.size) if checker.live(i)]
    counts = alone["counts"]
    assert counts["received"] - counts["superseded"] - counts["duplicate"] == len(live)
    assert counts["duplicate"] > 0
    assert counts["superseded"] > 0


def test_a_fault_in_a_worker_is_told(large, monkeypatch):
    folder, _ = large
    data = (folder / "tile/entries/002").read_bytes()
    files = Memory(read_folder(folder) | {"tile/entries/002": data[:-1]})
    monkeypatch.setattr(workers, "SMALL", 1000)

    report = verify(files, processes=2)

    assert report["error"] == {"code": "bundle-format", "index": 767}


def test_the_first_of_several_differences_is_told(large, monkeypatch):
    folder, checker = large
    files = read_folder(folder)
    two = files | {"tile/0/001": bytes(8192), "tile/0/003": bytes(8192)}
    assert error_of(two) == ("tile-mismatch", 256)
    monkeypatch.setattr(passes, "SMALLEST_RANGE", 1)

    assert error_of(two) == ("tile-mismatch", 256)
    assert error_of(without(two, "tile/0/001")) == ("tile-missing", 256)
    assert error_of(without(files, "tile/1/000.p/5")) == ("tile-missing", 0)
    changed = two["tile/entries/001"].replace(b"mail", b"oidc", 1)
    assert error_of(two | {"tile/entries/001": changed}) == ("leaf-hash-mismatch", 256)
    assert error_of(without(two, "tile/0/001") | {"tile/entries/001": changed}) == (
        "leaf-hash-mismatch",
        768,
    )
    nothing_to_compare = without(files, "tile/0/001") | {"tile/entries/001": changed}
    assert error_of(nothing_to_compare) == ("root-mismatch", checker.size)


def test_a_log_of_three_levels_is_read():
    ceremony = Ceremony(template(quorum={"open": 0, "final": 0}))
    for i in range(65_600):
        notice = leaves.notice(at="2026-03-02T00:00:00Z", text=f"Notice {i}.")
        ceremony.append(notice)
    ceremony.publish()

    report = verify(Memory(ceremony.files))

    assert report["checkpoint"]["size"] == 65_601
    assert report["ok"]
    assert error_of(ceremony.files | {"tile/2/000.p/1": bytes(32)}) == ("tile-mismatch", 0)
    assert error_of(without(ceremony.files, "tile/1/000")) == ("tile-missing", 0)


class Changing(Memory):
    """An archive whose bundle changes after it has been read so many times."""

    def __init__(self, files, path, times, data):
        super().__init__(files)
        self.path, self.times, self.data = path, times, data

    def read(self, path):
        if path == self.path:
            self.times -= 1
            if self.times < 0:
                return self.data
        return super().read(path)


@pytest.mark.parametrize("times", [2, 3, 4])
def test_an_archive_that_changes_while_it_is_read_is_unreadable(finished, times):
    path = f"tile/entries/000.p/{finished.checker.size}"
    data = finished.files[path]
    for other in (data + b"\0", data[:-1] + b"?"):
        with pytest.raises(Unreadable, match="changed"):
            verify(Changing(finished.files, path, times, other))


def test_a_manifest_that_changes_between_its_readings_is_unreadable(finished):
    path = f"tile/entries/000.p/{finished.checker.size}"
    other = Ceremony(template())
    read = read_bundle(finished.files.get, 0, finished.checker.size)[1]
    forged = encode_bundle([other.manifest_leaf, *read[1:]])

    with pytest.raises(Unreadable, match="manifest changed"):
        verify(Changing(finished.files | {path: forged}, path, 1, finished.files[path]))


def test_a_checkpoint_that_is_listed_and_gone_is_no_checkpoint(finished):
    class Losing(Memory):
        def kept_sizes(self, stages):
            return [*super().kept_sizes(stages), 7]

    assert verify(Losing(finished.files))["ok"]
