"""The worker as a process of its own, against a real mail server and a real database."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.db import connections
from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from psycopg.conninfo import make_conninfo

from laurels.foundation import clock, outbox, signals
from laurels.foundation.models import AuditEvent, Heartbeat, Mail
from laurels.foundation.worker import (
    Worker,
    give_back_tasks,
    give_back_tasks_of_the_dead,
    keep_house,
)
from laurels.registrar.models import RegistrarMail
from tests.factories.foundation import post_mail
from tests.factories.registrar import ask, minutes, open_register
from tests.fakes.mail_server import mail_server
from tests.fakes.tasks import hang, note

pytestmark = pytest.mark.django_db(databases=["default", "registrar"], transaction=True)

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
SOON_SECONDS = 5  # a mail takes well under one; the machine of the tests may be busy
STOP_SECONDS = 3


def until(wanted, seconds=SOON_SECONDS):
    """Wait until something is so; return how long that took."""
    began = time.monotonic()
    while not wanted():
        assert time.monotonic() - began < seconds, "waited in vain"
        time.sleep(0.02)
    return time.monotonic() - began


def address_of(alias):
    settings = connections[alias].settings_dict
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host"}
    names["PORT"] = "port"
    return make_conninfo(**{name: str(settings[key]) for key, name in names.items()})


@contextmanager
def worker(server):
    Heartbeat.objects.all().delete()
    process = subprocess.Popen(
        [sys.executable, "-m", "django", "run_worker"],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.fakes.worker_settings",
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": address_of("default"),
            "REGISTRAR_DATABASE_URL": address_of("registrar"),
            "TEST_SMTP_PORT": str(server.port),
        },
    )
    try:
        until(Heartbeat.objects.exists, START_SECONDS)
        yield process
    finally:
        process.kill()
        process.wait()


def post_registrar_mail(address="bo@example.org"):
    register = open_register()
    mail = RegistrarMail(election=register, address=address, subject="Code", text="123456\n")
    return outbox.post(mail, now=clock.now())


def running_task(began, worker_ids):
    hang.enqueue()
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING, started_at=began, worker_ids=worker_ids
    )


def test_worker_sends_from_both_outboxes_and_runs_tasks():
    with mail_server() as server, worker(server):
        post_mail("ana@example.org", now=clock.now())
        post_registrar_mail("bo@example.org")
        note.enqueue("an initiative")
        until(lambda: len(server.letters) == 2)
        until(AuditEvent.objects.exists)

    assert sorted(server.recipients) == ["ana@example.org", "bo@example.org"]
    assert AuditEvent.objects.get().about == "an initiative"
    assert Mail.objects.get().sent_at is not None
    assert RegistrarMail.objects.get().sent_at is not None


def test_worker_goes_on_after_a_failure_of_its_own(monkeypatch, caplog):
    send_next, fails = outbox.send_next, [True]

    def fail_once(*given, **rest):
        if fails and Mail.objects.exists():
            fails.clear()
            raise RuntimeError("a fault of ours")
        return send_next(*given, **rest)

    monkeypatch.setattr(outbox, "send_next", fail_once)
    worker = Worker()
    thread = threading.Thread(target=worker.run)
    thread.start()
    post_mail(now=clock.now())
    until(lambda: Mail.objects.get().sent_at, 15)
    until(Heartbeat.objects.exists)

    worker.stop()
    thread.join(STOP_SECONDS)

    assert not thread.is_alive()
    assert len(mail.outbox) == 1
    assert "a fault of ours" in caplog.text


def test_housekeeping_that_fails_is_said_and_stops_no_other(caplog):
    register = open_register()
    ask(register, now=clock.now() - minutes(16))

    def fail(**_given):
        raise RuntimeError("a receiver's fault")

    signals.housekeeping_due.connect(fail)
    signals.housekeeping_due.receivers.reverse()
    try:
        keep_house()
    finally:
        signals.housekeeping_due.receivers.reverse()
        signals.housekeeping_due.disconnect(fail)

    assert "a receiver's fault" in caplog.text
    assert register.codes.count() == 0


def test_worker_sends_a_refused_letter_again():
    with mail_server() as server, worker(server):
        server.recipient_answer = "451 later"
        letter = post_mail(now=clock.now())
        until(lambda: Mail.objects.get().try_count == 1)
        server.recipient_answer = "250 OK"
        until(lambda: len(server.letters) == 1, 15)

    assert server.letters[0]["Message-ID"] == letter.message_id


def test_worker_stops_in_time_even_while_a_mail_server_hangs():
    with mail_server() as server, worker(server) as process:
        hanging = []

        def hang():
            hanging.append(True)
            time.sleep(STOP_SECONDS + 2)
            return "250 OK"

        server.answer = hang
        post_mail(now=clock.now())
        until(lambda: hanging)
        process.send_signal(signal.SIGTERM)

        assert process.wait(STOP_SECONDS) == 0

    assert Mail.objects.get().sent_at is None


def test_worker_at_rest_stops_at_once():
    with mail_server() as server, worker(server) as process:
        process.send_signal(signal.SIGTERM)

        assert process.wait(STOP_SECONDS) == 0


def test_worker_killed_between_sending_and_noting_it_sends_the_same_letter_again():
    with mail_server() as server:
        with worker(server) as process:

            def kill():
                process.kill()
                return "250 OK"

            server.answer = kill
            letter = post_mail(now=clock.now())
            until(lambda: server.letters)
            process.wait(STOP_SECONDS)
        unnoted = Mail.objects.get().sent_at
        Mail.objects.update(handed_over_at=clock.now() - timedelta(minutes=1))
        server.answer = lambda: "250 OK"
        with worker(server):
            until(lambda: Mail.objects.get().sent_at)

    assert unnoted is None
    assert [sent["Message-ID"] for sent in server.letters] == [letter.message_id] * 2


def test_task_whose_worker_is_killed_is_run_by_the_next():
    with mail_server() as server, worker(server) as process:
        hang.enqueue()
        until(DBTaskResult.objects.running().exists)
        process.kill()
        process.wait(STOP_SECONDS)
    killed = DBTaskResult.objects.get()
    Heartbeat.objects.update(at=clock.now() - timedelta(minutes=1))
    at_once = give_back_tasks_of_the_dead(clock.now())
    in_time = give_back_tasks_of_the_dead(clock.now() + timedelta(seconds=31))

    assert (killed.status, at_once, in_time) == (TaskResultStatus.RUNNING, 0, 1)
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


def test_task_of_a_living_worker_is_left_alone_however_long_it_takes():
    began = clock.now() - timedelta(hours=1)
    running_task(began, ["worker a"])
    Heartbeat.objects.create(name="worker a", at=clock.now())

    assert give_back_tasks_of_the_dead(clock.now()) == 0


def test_task_that_killed_three_workers_has_failed():
    running_task(clock.now() - timedelta(hours=1), ["worker a", "worker b", "worker c"])

    assert give_back_tasks_of_the_dead(clock.now()) == 1
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED


def test_worker_takes_up_its_own_task_that_a_lost_database_cut_off():
    worker = Worker()
    running_task(clock.now(), [worker.name])

    count = give_back_tasks(Q(worker_ids__contains=[worker.name]))

    assert (count, DBTaskResult.objects.get().status) == (1, TaskResultStatus.READY)


def test_worker_survives_the_loss_of_its_databases():
    with mail_server() as server, worker(server) as process:
        for alias in ["default", "registrar"]:
            with connections[alias].cursor() as cursor:
                cursor.execute(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                assert cursor.fetchone()[0] >= 2
        post_mail("ana@example.org", now=clock.now())
        post_registrar_mail("bo@example.org")
        note.enqueue("after the storm")
        until(lambda: len(server.letters) == 2, 15)
        until(AuditEvent.objects.exists, 15)

        assert process.poll() is None
