import smtplib
from datetime import timedelta

import pytest
from django.core.mail import get_connection
from django.db import transaction

from laurels.foundation import outbox
from laurels.foundation.models import Mail
from tests.factories.foundation import NOON, hold_batch, post_mail, seconds
from tests.fakes.mail_server import mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = server.port
        yield server


def send_all(now=NOON):
    """Send what is due over one connection and return how many letters were looked at."""
    count = 0
    post_office = get_connection()
    while outbox.send_next(Mail, post_office=post_office, now=now):
        count += 1
    post_office.close()
    return count


def test_letter_arrives_with_its_headers_and_is_forgotten(server):
    mail = post_mail(subject="Your code\r\nBcc: x@example.org", text="Grüße, 你好\n")

    send_all()

    [letter] = server.letters
    assert server.recipients == ["ana@example.org"]
    assert letter["Subject"] == "Your code Bcc: x@example.org"
    assert letter["Bcc"] is None
    assert letter["To"] == "ana@example.org"
    assert letter["Message-ID"] == mail.message_id
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().splitlines() == ["Grüße, 你好"]
    mail.refresh_from_db()
    assert (mail.sent_at, mail.address, mail.subject, mail.text) == (NOON, "", "", "")


def test_letter_on_behalf_of_a_person_is_answered_to_that_person(server):
    mail = post_mail(reply_to="visitor@example.org")
    post_mail()

    send_all()

    assert [letter["Reply-To"] for letter in server.letters] == ["visitor@example.org", None]
    mail.refresh_from_db()
    assert mail.reply_to == ""


def test_letters_go_in_order_over_one_connection(server):
    for number in range(3):
        post_mail(f"voter{number}@example.org", now=NOON + seconds(number))

    assert send_all(now=NOON + seconds(5)) == 3
    assert server.recipients == [f"voter{number}@example.org" for number in range(3)]


def test_letter_of_a_cause_that_failed_is_never_sent(server):
    with transaction.atomic():
        post_mail()
        transaction.set_rollback(True)

    assert send_all() == 0


def test_refused_for_now_is_tried_again_later_and_later(server):
    server.recipient_answer = "451 {address} try again"
    mail = post_mail()
    waits, now = [], NOON

    for _ in range(4):
        assert send_all(now) == 1
        mail.refresh_from_db()
        waits.append((mail.next_try_at - now).total_seconds())
        assert send_all(mail.next_try_at - seconds(0.1)) == 0
        now = mail.next_try_at
    server.recipient_answer = "250 OK"
    send_all(now)

    assert waits == [2, 5, 15, 30]
    assert len(server.letters) == 1
    mail.refresh_from_db()
    assert (mail.failure, mail.sent_at) == ("SMTPRecipientsRefused 451", now)


def test_refused_for_good_is_given_up_and_forgotten(server, caplog):
    server.recipient_answer = "550 no such user {address}"
    mail = post_mail()

    send_all()

    mail.refresh_from_db()
    assert (mail.given_up_at, mail.failure, mail.address) == (
        NOON,
        "SMTPRecipientsRefused 550",
        "",
    )
    assert "ana@" not in caplog.text
    assert mail.message_id in caplog.text


def test_silent_mail_server_delays_and_loses_nothing(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    mail = post_mail()

    send_all()

    mail.refresh_from_db()
    assert (mail.failure, mail.address, mail.given_up_at) == (
        "ConnectionRefusedError",
        "ana@example.org",
        None,
    )
    assert mail.next_try_at == NOON + seconds(2)


def test_letter_is_given_up_after_two_days(server):
    server.recipient_answer = "451 later"
    mail = post_mail()

    send_all(NOON + timedelta(days=2))

    mail.refresh_from_db()
    assert mail.given_up_at is not None


def test_letter_of_no_use_any_more_is_not_sent(server):
    mail = post_mail(expires_at=NOON + seconds(900))

    send_all(NOON + seconds(900))

    mail.refresh_from_db()
    assert server.letters == []
    assert (mail.failure, mail.text) == ("expired", "")


def test_letter_that_no_mail_can_carry_blocks_no_other(server):
    bad, good = post_mail("ana@exa\nmple.org"), post_mail("bo@example.org")

    send_all()

    bad.refresh_from_db()
    good.refresh_from_db()
    assert bad.given_up_at == NOON
    assert good.sent_at == NOON
    assert server.recipients == ["bo@example.org"]


def test_failed_sign_in_keeps_the_letter(server, monkeypatch):
    def refuse(_self):
        raise smtplib.SMTPAuthenticationError(535, b"bad credentials")

    monkeypatch.setattr("django.core.mail.backends.smtp.EmailBackend.open", refuse)
    mail = post_mail()

    send_all()

    mail.refresh_from_db()
    assert (mail.given_up_at, mail.failure) == (None, "SMTPAuthenticationError 535")


@pytest.mark.parametrize(
    ("replies", "failure"),
    [
        ({"sender_answer": "530 5.7.0 sign in first"}, "SMTPSenderRefused 530"),
        ({"sender_answer": "550 your network is listed"}, "SMTPSenderRefused 550"),
        ({"recipient_answer": "554 5.7.1 relay denied"}, "SMTPRecipientsRefused 554"),
        ({"answer": lambda: "550 5.7.26 sender not proven"}, "SMTPDataError 550"),
    ],
)
@pytest.mark.parametrize("is_once", [True, False])
def test_mail_server_that_refuses_the_award_itself_loses_no_letter(
    server, replies, failure, is_once
):
    welcoming = dict(vars(server))
    vars(server).update(replies)
    mail = post_mail(is_once=is_once)

    send_all()

    mail.refresh_from_db()
    assert (mail.failure, mail.given_up_at, mail.address) == (failure, None, "ana@example.org")
    vars(server).update({name: welcoming[name] for name in replies})
    send_all(mail.next_try_at)
    assert server.recipients[-1] == "ana@example.org"
    mail.refresh_from_db()
    assert mail.sent_at == mail.next_try_at


def test_purge_gives_up_the_stale_and_deletes_the_old(server):
    post_mail("old@example.org")
    send_all()
    stale = post_mail("stale@example.org", expires_at=NOON + seconds(900))
    waiting = post_mail("waiting@example.org")

    outbox.purge(Mail, now=NOON + timedelta(days=7, seconds=1))

    stale.refresh_from_db()
    assert stale.address == ""
    assert set(Mail.objects.all()) == {stale, waiting}


def test_oldest_wait_is_of_what_may_go():
    hold_batch("held@example.org")
    post_mail(now=NOON + seconds(30))

    assert outbox.oldest_wait(Mail, now=NOON + seconds(100)) == seconds(70)


def test_every_outbox_is_known():
    assert sorted(letters._meta.label for letters in outbox.boxes()) == [
        "foundation.Mail",
        "registrar.RegistrarMail",
    ]
