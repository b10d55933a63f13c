import shutil
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connections
from django.urls import reverse

from laurels.foundation import clock, health
from laurels.foundation.models import Heartbeat
from tests.factories.foundation import NOON, post_mail, seconds

pytestmark = pytest.mark.django_db(databases=["default", "registrar"])


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def working():
    return Heartbeat.objects.create(name="worker", at=NOON - seconds(4))


def test_health_is_well(client, working):
    answer = client.get(reverse("foundation:health"))

    verdict = answer.json()
    free = verdict["disk"].pop("free_bytes")
    assert answer.status_code == 200
    assert verdict == {
        "ok": True,
        "databases": {"default": True, "registrar": True},
        "disk": {"ok": True},
        "worker": {"ok": True, "silent_seconds": 4},
        "outbox": {"ok": True, "oldest_seconds": 0},
    }
    assert free > 0


def test_health_misses_a_worker(client):
    answer = client.get("/health/")

    assert answer.status_code == 503
    assert answer.json()["worker"] == {"ok": False, "silent_seconds": None}


def test_health_sees_a_worker_that_hangs(client, working):
    Heartbeat.objects.update(at=NOON - seconds(31))

    assert client.get("/health/").json()["worker"] == {"ok": False, "silent_seconds": 31}


def test_health_sees_letters_that_wait(client, working):
    post_mail(now=NOON - seconds(301))

    answer = client.get("/health/")

    assert answer.status_code == 503
    assert answer.json()["outbox"] == {"ok": False, "oldest_seconds": 301}


def test_health_sees_a_full_disk(client, working, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1))

    answer = client.get("/health/")

    assert answer.status_code == 503
    assert answer.json()["disk"] == {"ok": False, "free_bytes": 1}


def test_health_answers_without_its_database(client, monkeypatch):
    def fail(*_given):
        raise OperationalError("no password here")

    monkeypatch.setattr(connections["registrar"], "cursor", fail)

    answer = client.get("/health/")

    assert answer.status_code == 503
    assert answer.json()["databases"] == {"default": True, "registrar": False}
    assert "password" not in answer.content.decode()


def test_health_is_read_only(client):
    assert client.post("/health/").status_code == 405


def test_disk_of_a_folder_to_come_is_that_of_its_parent(settings, tmp_path):
    settings.DATA = tmp_path / "not" / "there"

    assert health.look(now=NOON)["disk"]["free_bytes"] > 0
