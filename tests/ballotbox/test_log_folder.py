from __future__ import annotations

import os

import pytest

from ballotlog import receipts
from ballotlog.archive import Directory
from ballotlog.verify import verify
from laurels.ballotbox import log_folder
from laurels.ballotbox.log_folder import LogFolder, write_archive
from laurels.ballotbox.log_key import make_log_key
from tests.factories.ballotbox import NOW, make_poll, stage_ballots


def test_file_is_whole_or_not_there(tmp_path, monkeypatch):
    folder = LogFolder(tmp_path)
    folder.write("tile/0/000.p/3", b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        folder.write("tile/0/000.p/3", b"newer")

    assert folder.read("tile/0/000.p/3") == b"old"
    assert [file.name for file in (tmp_path / "tile/0/000.p").iterdir()] == ["3"]


def test_file_that_already_holds_the_bytes_is_left_alone(tmp_path):
    folder = LogFolder(tmp_path)
    folder.write("checkpoint", b"note")

    assert folder.repair("checkpoint", b"note") is False
    assert folder.repair("checkpoint", b"other note") is True
    assert folder.repair("tile/0/000", b"hashes") is True
    assert folder.read("checkpoint") == b"other note"
    assert folder.read("checkpoints/7") is None


def test_left_over_of_a_crash_is_overwritten(tmp_path):
    folder = LogFolder(tmp_path)
    (tmp_path / "checkpoint.new").write_bytes(b"half a no")

    folder.write("checkpoint", b"note")

    assert [file.name for file in tmp_path.iterdir()] == ["checkpoint"]


def test_partial_names_are_told_from_full_ones():
    assert log_folder.is_partial("tile/0/x001/000.p/12")
    assert not log_folder.is_partial("tile/0/x001/000")


@pytest.mark.django_db
def test_archive_of_a_dress_run_verifies(tmp_path, settings):
    poll = make_poll(settings.KEYS, now=NOW, slug="dress")
    ballots = [bytes(entry.leaf) for entry in stage_ballots(poll, 3, NOW)]
    key = make_log_key(settings.KEYS / "dress")

    write_archive(
        tmp_path, origin=poll.election.origin, key=key, leaves=[poll.manifest_leaf, *ballots]
    )

    report = verify(Directory(tmp_path), manifest_hash=poll.fixed.hash)
    assert (report["ok"], report["counts"]["received"]) == (True, 3)


@pytest.mark.django_db
def test_box_signs_promises_as_ballotlog_does(settings):
    from laurels.ballotbox.box.elections import prepare_election

    poll = make_poll(settings.KEYS, now=NOW, slug="promise")
    key = make_log_key(settings.KEYS / "promise")
    election = prepare_election(1, "promise", poll.manifest_leaf, key)

    assert election.promise(b"a leaf", 1_700_000_000) == receipts.sign_promise(
        poll.election.origin, b"a leaf", 1_700_000_000, key
    )
