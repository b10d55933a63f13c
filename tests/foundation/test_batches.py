"""Letters to many wait for a person: sent once, or thrown away, whoever comes at once or dies."""

import os
import signal
import threading
from datetime import timedelta

import pytest
from django.core.mail import get_connection
from django.db import connections

from laurels.foundation import outbox
from laurels.foundation.ids import new_secret
from laurels.foundation.models import AuditEvent, Mail, MailBatch
from laurels.foundation.signals import batch_discarded, batch_leaves
from tests.factories.foundation import NOON, hold_batch, post_mail, seconds
from tests.fakes.mail_server import mail_server

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=50)
PEOPLE = [f"p{number}@example.org" for number in range(40)]


@pytest.fixture
def server(settings):
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = server.port
        yield server


def send_all(now=LATER):
    count = 0
    post_office = get_connection()
    while outbox.send_next(Mail, post_office=post_office, now=now):
        count += 1
    post_office.close()
    return count


def release(batch, name="Mei Lin", now=LATER):
    return outbox.release(batch=batch, person_name=name, now=now)


def discard(batch, name="Bo", now=LATER):
    return outbox.discard(batch=batch, person_name=name, now=now)


def test_batch_waits_for_a_person_and_goes_once(server):
    batch = hold_batch("ana@example.org", "bo@example.org")
    before = send_all()

    count = release(batch)
    with pytest.raises(outbox.BatchIsSettled) as second:
        release(batch, "Bo")

    assert (before, count, send_all()) == (0, 2, 2)
    assert sorted(server.recipients) == ["ana@example.org", "bo@example.org"]
    assert (second.value.batch.released_by, second.value.batch.released_at) == ("Mei Lin", LATER)
    event = AuditEvent.objects.get()
    assert (event.person_name, event.deed, event.about, event.detail) == (
        "Mei Lin",
        "release letters",
        "seminar 2027/1",
        {"letters": "Moved: The long night (2027/1)", "count": 2},
    )


def test_letter_that_waited_long_is_tried_as_long_as_any_other(server):
    server.recipient_answer = "451 later"
    batch = hold_batch("ana@example.org")
    release(batch)

    send_all()

    mail = Mail.objects.get()
    assert mail.given_up_at is None
    assert outbox.oldest_wait(Mail, now=LATER + seconds(5)) == seconds(5)


def test_discarded_letters_are_deleted_with_their_addresses(server):
    batch = hold_batch("ana@example.org", "bo@example.org")

    count = discard(batch)
    with pytest.raises(outbox.BatchIsSettled) as second:
        release(batch)

    assert (count, Mail.objects.count(), send_all()) == (2, 0, 0)
    assert second.value.batch.discarded_by == "Bo"
    assert AuditEvent.objects.get().deed == "discard letters"


def test_batch_without_a_letter_is_none():
    hold_batch()

    assert not MailBatch.objects.exists()


def test_letters_whose_use_has_passed_do_not_leave_with_the_others(server):
    batch = hold_batch("ana@example.org", expires_at=LATER)
    outbox.hold(Mail(address="bo@example.org", subject="x", text="y"), batch=batch, now=NOON)

    assert release(batch) == 1
    send_all()
    assert server.recipients == ["bo@example.org"]


def test_batch_of_no_use_any_more_is_not_sent_and_can_be_thrown_away():
    batch = hold_batch("ana@example.org", expires_at=LATER)

    with pytest.raises(outbox.BatchIsOfNoUse):
        release(batch)
    outbox.purge(Mail, now=LATER)
    [shown] = MailBatch.objects.waiting().with_counts()
    discard(batch)

    assert (shown.held_count, shown.lost_count, shown.of_use_until) == (0, 1, LATER)
    assert not MailBatch.objects.waiting().exists()
    assert Mail.objects.get().address == ""


def test_who_wrote_the_letters_may_drop_some_before_they_leave():
    batch = hold_batch("ana@example.org", "bo@example.org")

    def drop(batch, **_rest):
        batch.letters.filter(address="bo@example.org").delete()

    batch_leaves.connect(drop)
    try:
        count = release(batch)
    finally:
        batch_leaves.disconnect(drop)

    assert count == 1


def test_batch_counts_and_samples_are_of_each_language_and_wording():
    batch = hold_batch("a@example.org", "b@example.org", language="en", wording="seat")
    for language, wording in (("en", "waiting"), ("ar", "seat")):
        mail = Mail(address="c@x.org", subject="s", text="t", language=language, wording=wording)
        outbox.hold(mail, batch=batch, now=NOON)

    shown = MailBatch.objects.with_counts().get()

    assert (shown.held_count, sorted(shown.languages)) == (4, ["ar", "en"])
    samples = shown.letters.held().samples()
    assert [(each.language, each.wording) for each in samples] == [
        ("ar", "seat"),
        ("en", "seat"),
        ("en", "waiting"),
    ]


def test_sample_shows_nobodys_private_address():
    secret = new_secret()
    lines = f"URL:https://award.example/join/{secret[:20]}\r\n {secret[20:]}/\r\n"
    hold_batch("ana@example.org", text=f"Join: https://x/{secret}/\n", calendar=lines)

    outbox.send_sample(letter=Mail.objects.get(), address="mei@example.org", now=NOON)

    sample = Mail.objects.get(batch=None)
    assert (sample.address, sample.subject) == ("mei@example.org", "Sample: Moved")
    assert sample.text == "Join: https://x/\N{HORIZONTAL ELLIPSIS}/\n"
    assert sample.calendar == "URL:https://award.example/join/\N{HORIZONTAL ELLIPSIS}/\r\n"
    assert sample.stop_url == ""


def test_batches_are_forgotten_a_month_after_they_were_settled():
    waiting, gone = hold_batch("ana@example.org"), hold_batch("bo@example.org")
    discard(gone)

    outbox.forget_batches(now=LATER + timedelta(days=30))
    before = MailBatch.objects.count()
    outbox.forget_batches(now=LATER + timedelta(days=31))

    assert before == 2
    assert list(MailBatch.objects.all()) == [waiting]


def at_once(*deeds):
    """Do all at the same moment; return what each gave or raised."""
    start, outcomes = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(number, deed):
        try:
            start.wait()
            outcomes[number] = deed()
        except outbox.BatchIsSettled as error:
            outcomes[number] = error
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=[number, deed]) for number, deed in enumerate(deeds)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_at_once_one_does_and_the_other_is_told_by_whom():
    batch = hold_batch(*PEOPLE)

    outcomes = at_once(*[lambda name=name: release(batch, name) for name in ("Mei", "Bo", "Eva")])

    [winner] = [index for index, each in enumerate(outcomes) if each == len(PEOPLE)]
    name = ("Mei", "Bo", "Eva")[winner]
    told = [each.batch.released_by for each in outcomes if isinstance(each, Exception)]
    assert told == [name, name]
    assert AuditEvent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_sending_and_throwing_away_at_once_one_happens_wholly():
    for _ in range(5):
        batch = hold_batch(*PEOPLE)
        sent, thrown = at_once(
            lambda batch=batch: release(batch), lambda batch=batch: discard(batch)
        )

        batch.refresh_from_db()
        assert (sent == len(PEOPLE)) != (thrown == len(PEOPLE))
        assert batch.letters.filter(released_at=LATER).count() == (
            len(PEOPLE) if batch.released_at else 0
        )
        assert batch.letters.count() in {0, len(PEOPLE)}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("deed", "told"), [(release, batch_leaves), (discard, batch_discarded)], ids=["send", "discard"]
)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_process_killed_while_it_settles_a_batch_leaves_it_whole_and_waiting(deed, told, moment):
    batch = hold_batch(*PEOPLE)
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        try:
            if moment == "before":
                told.connect(lambda **_: os.kill(os.getpid(), signal.SIGKILL), weak=False)
            else:
                # The letters are dealt with, and nothing is committed yet.
                outbox.batches.audit.record = lambda **_: os.kill(os.getpid(), signal.SIGKILL)
            # A thread has a connection of its own: what a fork inherits is the parent's still.
            thread = threading.Thread(target=deed, args=[batch])
            thread.start()
            thread.join()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(pid, 0)

    batch.refresh_from_db()
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert (batch.waits, batch.letters.held().count()) == (True, len(PEOPLE))
    assert not AuditEvent.objects.exists()
    assert deed(batch) == len(PEOPLE)


def test_letters_without_a_batch_go_at_once(server):
    post_mail()

    assert send_all(NOON) == 1
