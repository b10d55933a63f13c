"""The outbox in the admin: what waits, samples of it, and who was first."""

import pytest
from django.contrib.auth.models import Permission

from laurels.accounts.models import Person
from laurels.foundation import outbox
from laurels.foundation.ids import new_secret
from laurels.foundation.models import Mail, MailBatch
from tests.factories.foundation import NOON, hold_batch
from tests.html import words

pytestmark = pytest.mark.django_db


def enter(client, *codenames, name="Mei Lin"):
    person = Person.objects.create_user(
        f"{name.split()[0].lower()}@award.example", name=name, is_staff=True
    )
    person.user_permissions.add(
        *Permission.objects.filter(codename__in=["access_admin", *codenames])
    )
    client.force_login(person)
    return person


@pytest.fixture
def desk(client):
    enter(client, "release_batch")
    return client


@pytest.fixture
def batch():
    """Two letters in English, one in Arabic; each with a private link."""
    link = f"https://award.example/mine/{new_secret()}/"
    batch = hold_batch(
        "ana@example.org",
        "bo@example.org",
        text=f"It is later. {link}\n",
        language="en",
        wording="confirmed",
    )
    mail = Mail(
        address="eva@example.org",
        subject="نُقلت",
        text="لاحقاً",
        language="ar",
        wording="waiting",
        calendar="BEGIN:VCALENDAR",
    )
    outbox.hold(mail, batch=batch, now=NOON)
    outbox.close_batch(batch, detail={})
    return batch


def here(batch, deed=""):
    return f"/cms/outbox/{batch.pk}/{deed}"


def said(answer):
    """What the page says on top after a deed."""
    return [str(message) for message in answer.context["messages"]]


def test_outbox_is_for_who_may_send_letters(client, batch):
    enter(client, "run_seminar", name="Bo")

    pages = [client.get("/cms/outbox/"), client.get(here(batch)), client.post(here(batch, "send/"))]

    assert [page.status_code for page in pages] == [302, 302, 302]
    assert "Outbox" not in client.get("/cms/").content.decode()
    assert MailBatch.objects.get().waits


def test_nothing_waits(desk):
    assert "Nothing waits." in words(desk.get("/cms/outbox/"))
    assert "Letters that wait" not in words(desk.get("/cms/"))


def test_outbox_and_first_page_say_what_waits_since_when_and_by_whom(desk, batch):
    listed, home = words(desk.get("/cms/outbox/")), words(desk.get("/cms/"))

    assert "Moved: The long night (2027/1) 3 letters" in listed
    assert "العربية, English" in listed or "English, العربية" in listed
    assert "Ana, Saturday 1 May 2027, 12:00 UTC" in listed
    assert "Nobody has been told yet." in home
    assert "3 letters wait since Saturday 1 May 2027, 12:00 UTC, Ana Read and send" in home


def test_batch_is_read_by_samples_without_addresses_or_private_links(desk, batch):
    page = words(desk.get(here(batch)))

    assert "English · Confirmed 2 letters" in page
    assert "العربية · On the waiting list 1 letter" in page
    assert "https://award.example/mine/\N{HORIZONTAL ELLIPSIS}/" in page
    assert "A calendar file goes along." in page
    assert "@example.org" not in page
    assert "Send 3 letters" in page


@pytest.mark.parametrize("more", [0, 5])
def test_page_of_a_batch_asks_as_often_for_many_as_for_few(
    desk, batch, django_assert_num_queries, more
):
    for number in range(more):
        mail = Mail(
            address="x@example.org", subject="s", text="t", language="fr", wording=f"w{number}"
        )
        outbox.hold(mail, batch=batch, now=NOON)
    desk.get(here(batch))

    with django_assert_num_queries(14):
        desk.get(here(batch))


def test_sample_goes_to_the_reader_alone_and_the_batch_still_waits(desk, batch):
    letter = batch.letters.first()

    answer = desk.post(here(batch, f"{letter.pk}/sample/"), follow=True)

    assert said(answer) == ["One copy goes to mei@award.example."]
    [copy] = Mail.objects.waiting()
    assert (copy.address, copy.subject) == ("mei@award.example", "Sample: Moved")
    assert MailBatch.objects.get().waits


def test_of_two_who_send_the_second_is_told_by_whom(desk, batch):
    first = desk.post(here(batch, "send/"), follow=True)
    enter(desk, "release_batch", name="Bo Berg")
    second = desk.post(here(batch, "send/"), follow=True)
    third = desk.post(here(batch, "discard/"), follow=True)
    sample = desk.post(here(batch, f"{batch.letters.first().pk}/sample/"), follow=True)

    assert said(first) == ["3 letters are on their way."]
    assert "Mei Lin sent 3 letters:" in words(first)
    assert (
        said(second) == said(third) == ["Mei Lin has sent these letters already. None went twice."]
    )
    assert said(sample) == ["These letters do not wait any more. Nothing was sent."]
    assert Mail.objects.waiting().count() == 3
    assert "3 letters sent" in words(desk.get("/cms/outbox/"))


def test_thrown_away_is_gone_and_says_by_whom(desk, batch):
    first = desk.post(here(batch, "discard/"), follow=True)
    second = desk.post(here(batch, "send/"), follow=True)

    assert said(first) == ["Thrown away: none of these letters was sent."]
    assert "Mei Lin threw these letters away" in words(first)
    assert said(second) == ["Mei Lin has thrown these letters away already. None was sent."]
    assert not Mail.objects.exists()
    assert "thrown away" in words(desk.get("/cms/outbox/"))


def test_letters_whose_use_has_passed_say_so_and_are_not_sent(desk):
    batch = hold_batch("ana@example.org", expires_at=NOON.replace(year=2020))

    page = words(desk.get(here(batch)))
    sent = desk.post(here(batch, "send/"), follow=True)
    outbox.purge(Mail, now=NOON)
    listed, home = words(desk.get("/cms/outbox/")), words(desk.get("/cms/"))
    desk.post(here(batch, "discard/"))

    assert "the use of these letters has passed" in page
    assert "Send 1 letter" not in page
    assert said(sent) == ["No letter of these is of use any more. Nothing was sent."]
    assert "of no use any more" in listed
    assert "the use of these letters has passed" in home
    assert "Letters that wait" not in words(desk.get("/cms/"))


def test_batch_that_was_sent_says_how_it_went(desk, batch):
    desk.post(here(batch, "send/"))
    gone, lost, _under_way = batch.letters.order_by("pk")
    for mail, end in ((gone, "sent_at"), (lost, "given_up_at")):
        for name in mail.FORGOTTEN:
            setattr(mail, name, "")
        setattr(mail, end, NOON)
        mail.save()

    page = words(desk.get(here(batch)))

    assert "Gone 1 On their way 1 Could not be delivered 1" in page
