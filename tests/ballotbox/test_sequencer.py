"""The single writer: order, refusals, stages, crashes at every line, a full disk."""

from __future__ import annotations

import json
import shutil
import threading
import time
from contextlib import suppress
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection

from ballotlog import checkpoints, leaves
from laurels.ballotbox import actions, locks, rules
from laurels.ballotbox.log_folder import LogFolder
from laurels.ballotbox.log_key import read_log_key
from laurels.ballotbox.models import LogState, Position, RejectedEntry
from laurels.ballotbox.queries import (
    EntryIsRejected,
    LogIsBehind,
    logged_size,
    wait_until_logged,
)
from laurels.ballotbox.sequencer.runner import Sequencer
from laurels.ballotbox.sequencer.table import LogTable
from laurels.ballotbox.sequencer.writer import LogIsBroken, LogWriter
from laurels.foundation import clock
from tests.ballotbox.audit import assert_log_is_sound
from tests.ballotbox.conftest import new_sequencer
from tests.factories.ballotbox import make_poll, stage_ballots
from tests.fakes.failing_log import Crash, CrashingFolder, CrashingTable, FullFolder, Steps

MORE_THAN_A_BUNDLE = 300


def folder_of(poll) -> LogFolder:
    return LogFolder(settings.LOGS / poll.election.slug)


def writer_of(poll, table=None, folder=None) -> LogWriter:
    key = read_log_key(settings.KEYS / poll.election.slug)
    return LogWriter(table or LogTable(poll.election), folder or folder_of(poll), key)


def kept(poll) -> set[int]:
    return {int(file.name) for file in (folder_of(poll).path / "checkpoints").iterdir()}


def forget_the_log(poll) -> None:
    Position.objects.filter(election=poll.election).delete()
    RejectedEntry.objects.filter(entry__election=poll.election).delete()
    LogState.objects.filter(election=poll.election).delete()
    shutil.rmtree(folder_of(poll).path, ignore_errors=True)


def test_entries_enter_the_log_in_the_order_of_their_ids(poll, sequencer):
    entries = stage_ballots(poll, MORE_THAN_A_BUNDLE, clock.now())

    sequencer.drain()

    rows = Position.objects.filter(election=poll.election).order_by("index")
    assert list(rows.values_list("index", flat=True)) == list(range(MORE_THAN_A_BUNDLE + 1))
    assert list(rows.values_list("entry_id", flat=True))[1:] == [entry.pk for entry in entries]
    state = LogState.objects.get(election=poll.election)
    note = checkpoints.parse(folder_of(poll).read("checkpoint"))
    assert (note.size, note.root) == (state.size, bytes(state.root))
    assert_log_is_sound(poll.election)


def test_partial_files_go_when_their_tile_is_full(poll, sequencer):
    stage_ballots(poll, 200, clock.now())
    sequencer.drain()
    stage_ballots(poll, 100, clock.now())
    sequencer.drain()

    files = {
        str(file.relative_to(folder_of(poll).path))
        for file in folder_of(poll).path.rglob("*")
        if file.is_file() and "checkpoint" not in str(file)
    }

    assert files == {
        "tile/entries/000",
        "tile/entries/001.p/45",
        "tile/0/000",
        "tile/0/001.p/45",
        "tile/1/000.p/1",
    }
    assert_log_is_sound(poll.election)


def test_entry_that_no_verifier_would_take_is_set_aside_and_the_log_goes_on(
    poll, sequencer, caplog
):
    (bad,) = stage_ballots(poll, 1, clock.now(), grade="oidc")
    good = stage_ballots(poll, 2, clock.now())

    sequencer.drain()

    assert bad.rejection.code == "ticket-signature"
    assert [entry.position.index for entry in good] == [1, 2]
    assert f"entry {bad.pk} (ballot) is refused with ticket-signature" in caplog.text
    with pytest.raises(EntryIsRejected, match="ticket-signature"):
        wait_until_logged(poll.election, bad, timeout=0)
    assert wait_until_logged(poll.election, good[1], timeout=0) == 2
    assert assert_log_is_sound(poll.election)["counts"]["received"] == 2


def test_rejected_ballot_is_not_counted_by_the_close(poll, sequencer):
    stage_ballots(poll, 1, clock.now(), grade="oidc")
    stage_ballots(poll, 3, clock.now())
    sequencer.drain()

    close = actions.close_ballots(election=poll.election, now=poll.election.closing_at)
    sequencer.drain()

    assert json.loads(bytes(close.leaf))["ballots"] == 3
    assert assert_log_is_sound(poll.election)["state"] == "closed"


def test_close_that_counted_a_ballot_which_was_then_refused_is_made_again(poll, sequencer):
    stage_ballots(poll, 1, clock.now(), grade="oidc")
    stage_ballots(poll, 3, clock.now())
    at = poll.election.closing_at
    wrong = actions.close_ballots(election=poll.election, now=at)
    sequencer.drain()

    right = actions.close_ballots(election=poll.election, now=at)
    sequencer.drain()

    assert wrong.rejection.code == "close-count"
    assert json.loads(bytes(right.leaf))["ballots"] == 3
    assert actions.close_ballots(election=poll.election, now=at) == right
    assert assert_log_is_sound(poll.election)["state"] == "closed"


def test_stages_rest_under_a_checkpoint_of_their_own(poll, sequencer):
    at = poll.election.closing_at
    stage_ballots(poll, 5, clock.now())
    actions.close_ballots(election=poll.election, now=at)
    for text in ("The desk is open.", "The desk is closed."):
        actions.stage_entry(
            election=poll.election, leaf=leaves.notice(at=rules.time_text(at), text=text)
        )

    sequencer.drain()

    assert logged_size(poll.election) == 9
    assert 7 in kept(poll)
    assert assert_log_is_sound(poll.election)["state"] == "closed"


def test_one_checkpoint_a_day_is_kept(poll):
    writer, now = writer_of(poll), clock.now()
    writer.resume()
    for days in (0, 0, 1, 1, 2):
        stage_ballots(poll, 1, clock.now())
        writer.take()
        writer.publish(now + timedelta(days=days))

    assert kept(poll) == {2, 4, 6}
    assert_log_is_sound(poll.election)


def test_crash_at_any_line_is_recovered_from(poll):
    stage_ballots(poll, MORE_THAN_A_BUNDLE, clock.now())
    at = poll.election.closing_at
    actions.close_ballots(election=poll.election, now=at)
    expected, crashed = MORE_THAN_A_BUNDLE + 2, []

    for crash_at in range(200):
        forget_the_log(poll)
        steps = Steps(crash_at)
        folder = CrashingFolder(folder_of(poll).path, steps)
        try:
            write_all(writer_of(poll, CrashingTable(poll.election, steps), folder))
        except Crash as crash:
            crashed.append(str(crash))
        else:
            break
        write_all(writer_of(poll))
        report = assert_log_is_sound(poll.election)
        assert (report["state"], report["checkpoint"]["size"]) == ("closed", expected), crashed[-1]
        assert logged_size(poll.election) == expected
        assert expected in kept(poll)

    assert crashed[0] == "before tile/entries/000"
    assert {"before the table", "after the table"} <= set(crashed)
    assert crashed[-1] == f"after checkpoints/{expected}"


def test_what_a_crash_leaves_verifies_before_anyone_repairs_it(poll, monkeypatch):
    monkeypatch.setattr("laurels.ballotbox.sequencer.writer.PAGE", 2)
    stage_ballots(poll, 4, clock.now())
    actions.close_ballots(election=poll.election, now=poll.election.closing_at)
    left = []

    for crash_at in range(200):
        forget_the_log(poll)
        steps = Steps(crash_at)
        folder = CrashingFolder(folder_of(poll).path, steps)
        try:
            write_all(writer_of(poll, CrashingTable(poll.election, steps), folder))
        except Crash as crash:
            if folder.read("checkpoint") is not None:
                left.append(str(crash))
                assert_log_is_sound(poll.election)
                with suppress(Crash):
                    again = CrashingFolder(folder_of(poll).path, Steps(0))
                    writer_of(poll, folder=again).resume()
                assert_log_is_sound(poll.election)
        else:
            break

    assert {"after the table", "after checkpoint", "before checkpoints/6"} <= set(left)


def write_all(writer: LogWriter) -> None:
    """What the runner does, with a publication in the middle."""
    writer.resume()
    while writer.take():
        writer.publish(clock.now())


def test_crash_while_resuming_is_recovered_from(poll):
    stage_ballots(poll, MORE_THAN_A_BUNDLE, clock.now())
    write_all(writer_of(poll))

    for crash_at in range(20):
        shutil.rmtree(folder_of(poll).path)
        steps = Steps(crash_at)
        try:
            writer_of(poll, folder=CrashingFolder(folder_of(poll).path, steps)).resume()
        except Crash:
            writer_of(poll).resume()
        else:
            break
        assert_log_is_sound(poll.election)

    assert crash_at > 5


def test_damaged_and_missing_files_are_written_again_at_the_start(poll, sequencer, caplog):
    stage_ballots(poll, MORE_THAN_A_BUNDLE, clock.now())
    actions.close_ballots(election=poll.election, now=poll.election.closing_at)
    sequencer.drain()
    folder = folder_of(poll).path
    (folder / "tile/entries/000").write_bytes(b"rubbish")
    (folder / "tile/0/000").unlink()
    (folder / "checkpoint").unlink()
    (folder / f"checkpoints/{MORE_THAN_A_BUNDLE + 2}").unlink()
    shutil.rmtree(folder / "tile/entries/001.p")

    new_sequencer().drain()

    assert "wrote 5 files of the log again" in caplog.text
    assert assert_log_is_sound(poll.election)["state"] == "closed"


def test_log_whose_table_was_changed_is_not_continued(poll, sequencer, caplog):
    first, *_ = stage_ballots(poll, 3, clock.now())
    sequencer.drain()
    before = folder_of(poll).read("checkpoint")
    (other,) = stage_ballots(poll, 1, clock.now())
    type(first).objects.filter(pk=first.pk).update(leaf=other.leaf)

    with pytest.raises(LogIsBroken, match="compare it with a backup"):
        writer_of(poll).resume()
    after = new_sequencer()
    after.step()

    assert f"The log of {poll.election.slug} stands still" in caplog.text
    assert folder_of(poll).read("checkpoint") == before
    assert logged_size(poll.election) == 4


def test_full_disk_stops_the_log_and_loses_nothing(poll, box, slug, caplog):
    folder = FullFolder(folder_of(poll).path)
    writer = writer_of(poll, folder=folder)
    writer.resume()
    promised = box.cast(slug, poll.cast())
    writer.take()

    # One more file fits at each try, so the disk is full at every step in turn.
    failures = 0
    while writer.has_news:
        folder.room = 1
        try:
            writer.publish(clock.now())
        except OSError:
            failures += 1
        assert box.cast(slug, poll.cast()).status == 200
    folder.room = 1_000
    while writer.take():
        writer.publish(clock.now())

    assert promised.status == 200
    assert failures == 3
    report = assert_log_is_sound(poll.election)
    assert report["counts"]["received"] == poll.election.entries.ballots().count()


def test_runner_says_a_full_disk_once_and_goes_on_by_itself(poll, caplog):
    folder = FullFolder(folder_of(poll).path)
    sequencer = new_sequencer(lambda _: folder)
    folder.room = 1_000
    sequencer.drain()
    stage_ballots(poll, 1, clock.now())
    folder.room = 0

    for _ in range(3):
        sequencer.step_at_once()
    said = caplog.text.count("stands still")
    folder.room = 1_000
    sequencer.drain()

    assert said == 1
    assert "No space left on device" in caplog.text
    assert f"The log of {poll.election.slug} goes on." in caplog.text
    assert logged_size(poll.election) == 2


def test_log_without_its_key_waits_and_the_others_go_on(poll, caplog):
    other = make_poll(settings.KEYS, now=clock.now(), slug=f"{poll.election.slug}-b")
    (settings.KEYS / poll.election.slug / "log.pem").rename(settings.KEYS / "away.pem")

    sequencer = new_sequencer()
    sequencer.step()
    lonely = (logged_size(poll.election), logged_size(other.election))
    (settings.KEYS / "away.pem").rename(settings.KEYS / poll.election.slug / "log.pem")
    sequencer.drain()

    assert lonely == (0, 1)
    assert "put the PEM file of the log's key there" in caplog.text
    assert logged_size(poll.election) == 1


def test_key_of_another_log_signs_nothing(poll, caplog):
    other = make_poll(settings.KEYS, now=clock.now(), slug=f"{poll.election.slug}-c")
    shutil.copy(
        settings.KEYS / other.election.slug / "log.pem",
        settings.KEYS / poll.election.slug / "log.pem",
    )

    new_sequencer().step()

    assert "is not the one in the manifest" in caplog.text
    assert logged_size(poll.election) == 0


def test_entry_that_waits_is_behind(poll):
    (entry,) = stage_ballots(poll, 1, clock.now())

    with pytest.raises(LogIsBehind):
        wait_until_logged(poll.election, entry, timeout=0)


class Running:
    """A sequencer in a thread, as the command runs it."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        sequencer = Sequencer(keys=settings.KEYS, logs=settings.LOGS, now=clock.now, stop=self.stop)
        self.thread = threading.Thread(target=sequencer.run)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.thread.join(10)


def writers() -> list[int]:
    """Backends that hold the lock of the one writer."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pid from pg_locks where locktype = 'advisory' and granted "
            "and objid = %s and database = (select oid from pg_database "
            "where datname = current_database())",
            [locks.WRITER],
        )
        return [pid for (pid,) in cursor.fetchall()]


def wait_for(condition, seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it does not happen"
        time.sleep(0.02)


def test_second_sequencer_waits_and_takes_over(poll, caplog):
    with Running() as second, Running() as first:
        wait_for(lambda: "this one waits" in caplog.text)
        assert len(writers()) == 1
        (one,) = stage_ballots(poll, 1, clock.now())
        assert wait_until_logged(poll.election, one, timeout=10) == 1
        first.stop.set()
        first.thread.join(10)
        if not second.thread.is_alive():
            pytest.fail("the second sequencer ended with the first")
        (two,) = stage_ballots(poll, 1, clock.now())
        assert wait_until_logged(poll.election, two, timeout=10) == 2
        assert len(writers()) == 1

    assert caplog.text.count("this one waits") == 1
    assert_log_is_sound(poll.election)


def test_sequencer_comes_back_after_its_connection_breaks(poll, caplog):
    with Running():
        wait_for(writers)
        (one,) = stage_ballots(poll, 1, clock.now())
        assert wait_until_logged(poll.election, one, timeout=10) == 1
        with connection.cursor() as cursor:
            cursor.execute("select pg_terminate_backend(%s)", writers())
        (two,) = stage_ballots(poll, 1, clock.now())
        assert wait_until_logged(poll.election, two, timeout=15) == 2

    assert "The database does not answer" in caplog.text
    assert_log_is_sound(poll.election)
