from __future__ import annotations

import secrets
import threading
import time
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as django_settings
from django.db import connection

from laurels.ballotbox.log_folder import LogFolder
from laurels.ballotbox.sequencer.runner import Sequencer
from laurels.foundation import clock
from tests.ballotbox.audit import assert_log_is_sound
from tests.ballotbox.box_process import BoxProcess
from tests.factories.ballotbox import Poll, make_poll

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def database_url() -> str:
    parameters = connection.get_connection_params()
    names = {"dbname": "dbname", "user": "user", "password": "password", "host": "host"}
    given = {name: parameters.get(key) for name, key in names.items()}
    return " ".join(f"{name}='{value}'" for name, value in given.items() if value)


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """A database in which other processes see what a test does.

    Only the box's own tables are emptied afterwards: a whole flush takes a second, and takes
    Wagtail's first pages with it.
    """
    with django_db_blocker.unblock():
        yield
        with connection.cursor() as cursor:
            cursor.execute("truncate ballotbox_election, foundation_clockoffset cascade")
            cursor.execute("truncate ballotbox_entry, ballotbox_position cascade")
        connection.close()


@pytest.fixture
def slug() -> str:
    return f"poll-{secrets.token_hex(4)}"


@pytest.fixture
def poll(committed: None, slug: str) -> Iterator[Poll]:
    """An election on real time that is open now; its log, if there is one, is sound at the end."""
    poll = make_poll(django_settings.KEYS, now=clock.now(), slug=slug)
    yield poll
    if (django_settings.LOGS / slug / "checkpoint").exists():
        assert_log_is_sound(poll.election)


@pytest.fixture(scope="session")
def box_process(
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[BoxProcess]:
    with django_db_blocker.unblock():
        url = database_url()
    log = tmp_path_factory.mktemp("box") / "box.log"
    box = BoxProcess(url, django_settings.DATA, log)
    box.start()
    yield box
    box.stop()


@pytest.fixture
def box(box_process: BoxProcess, committed: None) -> BoxProcess:
    """The box of the whole session, on the test's database."""
    return box_process


class InlineSequencer(Sequencer):
    """The sequencer, driven by the test."""

    def drain(self, seconds: float = 20) -> None:
        """Take and publish until nothing waits."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if not self.step_at_once() and not any(w.has_news for w in self._writers.values()):
                return
        raise AssertionError("the sequencer does not come to rest")

    def step_at_once(self) -> int:
        """One step for which everything is due."""
        self._looked_at = float("-inf")
        self._published_at.clear()
        self._resting.clear()
        return self.step()


@pytest.fixture
def sequencer(committed: None) -> InlineSequencer:
    return new_sequencer()


def new_sequencer(open_folder: Callable[[Path], LogFolder] = LogFolder) -> InlineSequencer:
    return InlineSequencer(
        open_folder=open_folder,
        keys=django_settings.KEYS,
        logs=django_settings.LOGS,
        now=clock.now,
        stop=threading.Event(),
    )
