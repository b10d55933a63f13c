"""A sender is killed at each stage of a real mail conversation: what arrives, and how often."""

import os
import random
import signal
import threading
import time
from datetime import timedelta
from email.message import EmailMessage

import psycopg
import pytest
from django.core.mail import get_connection
from django.db import connections
from psycopg.conninfo import make_conninfo

from laurels.demo.mailbox import keep, newest_letters
from laurels.foundation import outbox
from laurels.foundation.models import Mail
from laurels.foundation.worker import SENDERS
from tests.factories.foundation import NOON, post_mail
from tests.fakes.mail_server import mail_server

pytestmark = pytest.mark.django_db(databases=["default", "registrar"], transaction=True)

LATER = NOON + timedelta(minutes=1)
WAIT_SECONDS = 10
MOST_KILLS = 30


class KilledError(Exception):
    """The sender is dead; the server learns it as a line that broke."""


@pytest.fixture
def server(settings):
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = server.port
        yield server


def send_all(now):
    post_office = get_connection()
    while outbox.send_next(Mail, post_office=post_office, now=now):
        pass
    post_office.close()


def start_sender(now=NOON, senders=1):
    """Start a process that sends what is due, as the worker does, and return its number."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        try:
            threads = [threading.Thread(target=send_all, args=[now]) for _ in range(senders)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        finally:
            os._exit(0)
    return pid


def until(wanted):
    ends_at = time.monotonic() + WAIT_SECONDS
    while not wanted():
        assert time.monotonic() < ends_at, "waited in vain"
        time.sleep(0.01)


def send_and_be_killed(server, stage):
    """Let a sender die at a stage; "text" is before the server has taken the letter."""
    if stage == "text":
        server.answer = lambda: os.kill(pid, signal.SIGKILL) or refuse()
    elif stage != "kept":
        server.reached = lambda now_at: now_at == stage and os.kill(pid, signal.SIGKILL)
    else:
        server.answer = lambda: os.kill(pid, signal.SIGKILL) or "250 OK"
    pid = start_sender()
    os.waitpid(pid, 0)
    server.reached, server.answer = lambda _stage: None, lambda: "250 OK"


def refuse():
    # What has been read is thrown away, as by a server that loses its client (RFC 5321, 4.1.1.4).
    raise KilledError


def address_of_the_database():
    database = connections["default"].settings_dict
    return make_conninfo(
        dbname=database["NAME"], user=database["USER"], host=database["HOST"], port=database["PORT"]
    )


def send_and_be_killed_before_noting(server, mail):
    """Let the sender hear the 250 and die before it can write that it did."""
    address = address_of_the_database()
    with psycopg.connect(address) as blocking, psycopg.connect(address, autocommit=True) as looking:

        def hold_the_row():
            blocking.execute("SELECT 1 FROM foundation_mail WHERE id = %s FOR UPDATE", [mail.pk])
            return "250 OK"

        server.answer = hold_the_row
        pid = start_sender()
        waits = "SELECT 1 FROM pg_locks WHERE NOT granted"
        until(lambda: looking.execute(waits).fetchone())
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        # A statement that waits for a lock outlives its client; a crash of both ends it.
        looking.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted")
    server.answer = lambda: "250 OK"


@pytest.mark.parametrize(
    ("stage", "once", "again"),
    [("hello", 1, 1), ("recipient", 1, 1), ("text", 0, 1), ("kept", 1, 2), ("noted", 1, 2)],
)
@pytest.mark.parametrize("is_once", [True, False], ids=["once", "again"])
def test_letter_whose_sender_is_killed(server, stage, once, again, is_once):
    mail = post_mail(is_once=is_once)

    if stage == "noted":
        send_and_be_killed_before_noting(server, mail)
    else:
        send_and_be_killed(server, stage)
    # Whoever may still be sending is not overtaken.
    in_doubt = Mail.objects.get().handed_over_at is not None
    send_all(NOON)
    overtaken = in_doubt and len(server.letters) > (stage in {"kept", "noted"})
    send_all(LATER)

    assert not overtaken
    assert len(server.letters) == (once if is_once else again)
    # A second copy can be told from a second letter.
    assert {letter["Message-ID"] for letter in server.letters} <= {mail.message_id}
    mail.refresh_from_db()
    was_lost_in_doubt = is_once and stage in {"text", "kept", "noted"}
    assert mail.failure == ("in doubt" if was_lost_in_doubt else "")
    assert (mail.sent_at is None) == was_lost_in_doubt
    assert mail.address == ""


@pytest.fixture
def folder(server, settings, tmp_path):
    """The demo's mailbox behind the server: it drops a second copy, and the operator says so."""
    settings.MAIL_DROPS_COPIES = True
    server.deliver = lambda raw: keep(tmp_path, raw)
    return tmp_path


@pytest.mark.parametrize("stage", ["hello", "recipient", "text", "kept", "noted"])
@pytest.mark.parametrize("is_once", [True, False], ids=["once", "again"])
def test_letter_arrives_exactly_once_wherever_its_sender_is_killed(server, folder, stage, is_once):
    mail = post_mail(is_once=is_once)

    if stage == "noted":
        send_and_be_killed_before_noting(server, mail)
    else:
        send_and_be_killed(server, stage)
    send_all(NOON)
    send_all(LATER)

    assert len(newest_letters(folder)) == 1
    mail.refresh_from_db()
    assert mail.sent_at is not None
    # Two came where the first was taken unnoticed: the mailbox dropped one.
    assert len(server.letters) == (2 if stage in {"kept", "noted"} else 1)


def test_sender_that_is_killed_again_and_again_sends_each_letter_exactly_once(server, folder):
    """The process dies at moments that nobody chose, until all has gone."""
    # A mailbox takes its time: so long a letter is in doubt.
    server.deliver = lambda raw: (keep(folder, raw), time.sleep(0.005))
    moments = random.Random(11)  # noqa: S311 -- no secret
    posted = {
        post_mail(f"p{number}@example.org", is_once=bool(number % 2)).message_id
        for number in range(60)
    }
    now, kills = NOON, 0
    while Mail.objects.waiting().exists():
        pid = start_sender(now, senders=SENDERS)
        if kills < MOST_KILLS:
            time.sleep(moments.uniform(0.03, 0.2))
            os.kill(pid, signal.SIGKILL)
        _pid, status = os.waitpid(pid, 0)
        kills += os.WIFSIGNALED(status)
        # A letter in doubt is left alone for half a minute.
        now += timedelta(seconds=31)

    assert kills >= 3
    assert sorted(letter.to for letter in newest_letters(folder, limit=100)) == sorted(
        f"p{number}@example.org" for number in range(60)
    )
    assert {letter["Message-ID"] for letter in server.letters} == posted
    assert not Mail.objects.exclude(failure="").exists()


def test_database_that_restarts_while_a_letter_goes_out_neither_loses_nor_doubles_it(server):
    post_mail(is_once=False)
    connections["default"].ensure_connection()
    own = connections["default"].connection.info.backend_pid

    def lose_the_database():
        with psycopg.connect(address_of_the_database(), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [own])
        return "250 OK"

    server.answer = lose_the_database
    send_all(NOON)
    server.answer = lambda: "250 OK"
    send_all(LATER)

    assert len(server.letters) == 1
    assert Mail.objects.get().sent_at == NOON


def test_line_that_breaks_with_the_text_under_way_leaves_a_letter_in_doubt(server):
    for address, is_once in (("once@example.org", True), ("again@example.org", False)):
        post_mail(address, is_once=is_once)
    server.answer = lambda: "421 closing"
    send_all(NOON)
    refused = [mail.failure for mail in Mail.objects.order_by("pk")]

    server.answer = lambda: "250 OK"
    send_all(LATER)

    # A refusal is no doubt: the server says that it has not taken the letter.
    assert refused == ["SMTPDataError 421"] * 2
    assert Mail.objects.filter(sent_at=LATER).count() == 2


def test_letter_carries_its_calendar_and_where_to_stop(server):
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n"
    post_mail(calendar=calendar, stop_url="https://award.example/stop/x/")

    send_all(NOON)

    [letter] = server.letters
    assert letter["List-Unsubscribe"] == "<https://award.example/stop/x/>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    [part] = letter.iter_attachments()
    assert isinstance(part, EmailMessage)
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "CANCEL"
    assert part.get_filename() == "seminars.ics"
    assert part.get_content().splitlines() == calendar.splitlines()
    mail = Mail.objects.get()
    assert (mail.calendar, mail.stop_url) == ("", "")
