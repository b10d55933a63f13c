"""Pages of text, news and the letter to the secretariat."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.foundation.models import Mail, RateCount
from laurels.website.actions import letters, load_award
from laurels.website.award_file.reading import read_folder
from laurels.website.models import ContactPage, NewsIndexPage, NewsPage, StandardPage
from tests.factories.award import real_documents, small_documents, write_documents
from tests.factories.editions import NOON
from tests.factories.languages import translate
from tests.html import plain

pytestmark = pytest.mark.django_db

TYPED = {"name": "Ada", "address": "ada@example.org", "text": "When does it open?", "website": ""}


@pytest.fixture
def documents():
    return small_documents() | {"pages.json": real_documents()["pages.json"]}


@pytest.fixture
def load(tmp_path, documents):
    def loading():
        cache.clear()
        award, report = read_folder(write_documents(tmp_path / "award", documents))
        return load_award(award=award, report=report, now_of=lambda _: NOON)

    return loading


@pytest.fixture
def planted(load):
    return load()


def send(client, **changes):
    return client.post("/contact/letter/", TYPED | changes)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/about/", "1,635 initiatives from 653 cities"),
        ("/rules/", "Not found in public."),
        ("/news/", "No news has been published yet."),
        ("/contact/", "Your letter"),
        ("/privacy/", "laurels_ballot_order"),
        ("/accessibility/", "No person who uses a screen reader"),
    ],
)
def test_page_is_planted_and_linked_from_every_page(planted, client, address, said):
    assert said in plain(client.get(address))
    assert f'href="{address}"' in plain(client.get("/editions/"))


def test_what_is_still_to_be_said_stands_in_the_admin_only(planted, client, admin_client):
    page = StandardPage.objects.get(slug="privacy")

    assert "The operator still has to add" not in plain(client.get("/privacy/"))
    assert "The operator still has to add" in plain(admin_client.get(f"/cms/pages/{page.pk}/edit/"))


def test_second_loading_leaves_what_editors_did(planted, load):
    StandardPage.objects.filter(slug="about").update(title="Who we are", slug="who-we-are")
    StandardPage.objects.get(slug="rules").delete()

    again = load()

    assert "page" not in again.created
    assert set(StandardPage.objects.values_list("slug", flat=True)) == {
        "who-we-are",
        "privacy",
        "accessibility",
    }


def test_award_without_pages_has_none_and_links_none(tmp_path, documents, load, client):
    del documents["pages.json"]
    load()

    assert not StandardPage.objects.exists()
    assert "/about/" not in plain(client.get("/editions/"))


def test_privacy_names_every_cookie_that_the_site_sets(planted, settings, client):
    shown = plain(client.get("/privacy/"))

    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "laurels_ballot_order"):
        assert name in shown
    assert set(client.cookies) == set()


def test_news_stands_newest_first_in_the_words_read(planted, client):
    index = NewsIndexPage.objects.get()
    for day, title in ((1, "Earlier"), (2, "Later")):
        index.add_child(instance=NewsPage(title=title, published_on=date(2026, 6, day)))
    translate(NewsPage.objects.get(title="Later"), "fr", title="Plus tard")

    english, french = plain(client.get("/news/")), plain(client.get("/fr/news/"))

    assert english.index("Later") < english.index("Earlier")
    assert 'href="/fr/news/later/">Plus tard</a>' in french
    assert 'href="/fr/news/earlier/" lang="en" dir="ltr">Earlier</a>' in french


@pytest.mark.parametrize("count", [1, 3])
def test_news_takes_as_many_queries_however_long(planted, client, count):
    for number in range(count):
        page = NewsPage(title=f"Piece {number}", published_on=date(2026, 6, 1))
        NewsIndexPage.objects.get().add_child(instance=page)
    client.get("/news/")

    with CaptureQueriesContext(connection) as queries:
        client.get("/news/")

    assert len(queries) == 15


def test_letter_goes_to_the_secretariat_and_is_answered_to_the_writer(planted, client):
    answer = send(client)

    letter = Mail.objects.get()
    assert answer.url == "/contact/?sent"
    assert (letter.address, letter.reply_to) == ("award@award.example", "ada@example.org")
    assert letter.text == "When does it open?\n\nAda\n"
    assert "on its way" in plain(client.get(answer.url))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("address", "ada", "This is no mail address."),
        ("text", "", "Please fill this in."),
        ("name", "", "Please fill this in."),
    ],
)
def test_letter_with_a_fault_comes_back_whole(planted, client, field, value, said):
    answer = send(client, **{field: value})

    assert answer.status_code == 422
    assert said in plain(answer)
    for name, typed in TYPED.items():
        assert name == field or typed in plain(answer)
    assert not Mail.objects.exists()


def test_letter_of_a_program_is_dropped_without_a_word(planted, client):
    assert send(client, website="https://spam.example").url == "/contact/?sent"
    assert not Mail.objects.exists()


def test_too_many_letters_of_one_network_come_back(planted, client):
    for number in range(letters.LETTERS_PER_NETWORK):
        send(client, text=f"Letter {number}")

    answer = send(client, text="One more")

    assert "Too many letters came within an hour." in plain(answer)
    assert "One more" in plain(answer)
    assert Mail.objects.count() == letters.LETTERS_PER_NETWORK
    assert RateCount.objects.get(key="127.0.0.0/24").count == letters.LETTERS_PER_NETWORK


def test_letter_that_is_sent_twice_goes_once(planted, client):
    first, again = send(client), send(client)
    other = send(client, text="And when does it close?")

    assert first.url == again.url == other.url == "/contact/?sent"
    assert Mail.objects.count() == 2


def test_without_a_recipient_there_is_no_form_and_no_address(planted, client):
    ContactPage.objects.update(recipient="")

    shown = plain(client.get("/contact/"))

    assert "has not set up a mailbox for letters yet" in shown
    assert "<textarea" not in shown
    assert "mailto:" not in shown
    assert send(client).status_code == 404


def test_letter_needs_the_form_of_this_site(planted, client):
    assert client.get("/contact/letter/").status_code == 405
