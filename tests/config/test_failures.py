"""A request fails: where the database was away, nothing typed is lost, with no script at all."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import psycopg
import pytest
from django.conf.urls.i18n import i18n_patterns
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError, connection
from django.db.utils import IntegrityError
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from laurels.config import urls
from tests.html import words

handler500 = "laurels.config.failures.failed"
TEXT = 'Who pays?\r\n\r\n"We" & <script>alert(1)</script>; من يدفع؟'
PERSON = {"name": "Ana", "address": "ana@example.org"}
# A public form's address, and what is typed into it.
FORMS = {
    "/seminars/2023/1/room/ask/": {"me": "m" * 43, "text": TEXT, "name": "Ana", "city": "7"},
    "/seminars/2023/1/room/vote/": {"me": "m" * 43, "question": "-12"},
    "/seminars/2023/register/?from=metropolis": {
        "seminars": ["1", "3"],
        "zone": "America/Bogota",
        "consent": "on",
        **PERSON,
    },
    "/seminars/mine/secret/": {"seminars": ["1"], "zone": "Asia/Kolkata", "language": "es"},
    "/seminars/mine/secret/confirm/": {},
    "/seminars/mine/secret/stop/": {"resume": "yes"},
    "/seminars/mine/secret/feedback/1/": {"grade": "4", "keep": TEXT, "better": ""},
    "/seminars/city/secret/": {"question": "5", "seen": "0", "answer": TEXT, "language": "Español"},
    "/seminars/2023/1/desk/question/": {"question": "5", "deed": "edit", "text": TEXT},
    "/contact/letter/": {"text": TEXT, "website": "", **PERSON},
    "/initiatives/2023-cape-town/contact/": {"message": TEXT, **PERSON},
    "/initiatives/2023-cape-town/adapted/": {"city_name": "Medellín", "scale": TEXT},
    "/initiatives/2023-cape-town/follow-up/secret/": {"told_by": "Ana", "text": TEXT},
    "/adaptations/secret/": {"answer": "yes"},
}
STATE = {"error": None}


def fail(_request):
    if STATE["error"]:
        raise STATE["error"]
    return HttpResponse("taken")


def form(request):
    return HttpResponse(get_token(request))


urlpatterns = [
    path("form/", form),
    path("guarded/", fail),
    path("seminars/open/", csrf_exempt(fail)),
    *i18n_patterns(path("open/", fail), prefix_default_language=False),
    *urls.urlpatterns,
]


class _Form(HTMLParser):
    """Reads the one form of a page as a browser would send it."""

    def __init__(self, html):
        super().__init__()
        self.action, self.fields, self.words, self._path = "", [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            assert given["method"] == "post"
            self.action = given["action"]
        elif tag == "input" and self.action:
            self.fields.append((given["name"], given["value"]))
        elif tag == "li" and "auto" in given.values():
            self.words.append("")
        self._path.append(tag)

    def handle_data(self, data):
        if self._path[-1:] == ["li"] and self.words:
            self.words[-1] += data

    def handle_endtag(self, _tag):
        self._path.append("")


@pytest.fixture
def client():
    """A browser that was signed in: whether it still is, only the database could tell."""
    client = Client(raise_request_exception=False)
    client.cookies["laurels_session"] = "a" * 32
    return client


@pytest.fixture
def away(db):
    """Cut every statement off, as a server does that stops."""

    def cut(*_anything):
        raise OperationalError("the connection is closed")

    with connection.execute_wrapper(cut):
        yield


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize("language", ["", "/ar"])
def test_what_was_typed_comes_back_with_a_button_that_sends_the_same(
    away, client, address, language
):
    address, typed = language + address, FORMS[address]

    page = client.post(address, typed)

    assert page.status_code == 503
    assert page["Cache-Control"] == "no-store"
    assert 5 <= int(page["Retry-After"]) <= 10
    assert "Refresh" not in page
    html = page.content.decode()
    again = _Form(html)
    sent = [
        (name, text)
        for name, texts in typed.items()
        for text in (texts if isinstance(texts, list) else [texts])
    ]
    assert (again.action or address, again.fields) == (address, sent)
    assert (TEXT in again.words) == (TEXT in typed.values())
    assert "<script>alert" not in html
    assert f'lang="{language[1:] or "en"}" dir="{"rtl" if language else "ltr"}"' in html


def test_nothing_but_words_is_shown_of_what_was_sent(away, client):
    page = client.post(
        "/seminars/2023/register/", FORMS["/seminars/2023/register/?from=metropolis"]
    )

    assert _Form(page.content.decode()).words == ["America/Bogota", "Ana", "ana@example.org"]


def test_page_that_is_only_read_tries_again_by_itself(away, client):
    page = client.get("/fr/seminars/?a=1&b=2")

    assert page.status_code == 503
    assert page["Refresh"] == page["Retry-After"]
    assert page["Cache-Control"] == "no-store"
    assert 'href="/fr/seminars/?a=1&amp;b=2"' in page.content.decode()
    assert "<form" not in page.content.decode()


@pytest.mark.parametrize(
    ("address", "typed", "headers"),
    [
        ("/accounts/login/", {"login": "a@example.org"}, {}),
        ("/cms/people/add/", {"name": "Ana"}, {}),
        ("/seminars/open/", {"password": "a secret", "name": "Ana"}, {}),
        ("/seminars/open/", {"name": "Ana", "file": SimpleUploadedFile("a.csv", b"x")}, {}),
        ("/seminars/open/", {"name": "Ana"}, {"Sec-Fetch-Site": "cross-site"}),
        ("/seminars/open/", {"text": "x" * 2_700_000}, {}),
        ("/seminars/open/", {str(each): "x" for each in range(1_001)}, {}),
    ],
    ids=["sign-in", "desk", "password", "file", "other site", "too big", "too many fields"],
)
@pytest.mark.urls(__name__)
def test_secrets_files_and_what_other_sites_send_are_not_offered_again(
    away, client, monkeypatch, address, typed, headers
):
    monkeypatch.setitem(STATE, "error", OperationalError("gone"))

    page = client.post(address, typed, headers=headers)

    assert page.status_code == 503
    assert "<form" not in page.content.decode()
    assert "Ana" not in page.content.decode()
    assert "Go back with your browser" in words(page)


@pytest.mark.urls(__name__)
def test_form_sent_again_passes_the_check_against_forgery(monkeypatch):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    token = client.get("/form/").content.decode()
    monkeypatch.setitem(STATE, "error", OperationalError("gone"))
    page = client.post("/guarded/", {"csrfmiddlewaretoken": token, "text": TEXT})
    again = _Form(page.content.decode())

    still_away = client.post(again.action, dict(again.fields))
    monkeypatch.setitem(STATE, "error", None)
    taken = client.post(again.action, dict(again.fields))

    assert _Form(still_away.content.decode()).fields == again.fields
    assert (taken.status_code, taken.content) == (200, b"taken")


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("server closed the connection unexpectedly"), 503),
        (InterfaceError("connection already closed"), 503),
        (psycopg.OperationalError("connection refused"), 503),
        (IntegrityError("duplicate key"), 500),
        (ValueError("a mistake of ours"), 500),
    ],
    ids=lambda value: type(value).__name__,
)
def test_only_a_database_that_is_away_is_called_so(client, monkeypatch, error, status):
    monkeypatch.setitem(STATE, "error", error)

    page = client.post("/seminars/open/", {"text": TEXT})

    assert page.status_code == status
    assert ("Send it again" in words(page)) == (status == 503)


@pytest.mark.urls(__name__)
def test_page_of_our_own_mistakes_speaks_the_readers_language(client, monkeypatch):
    monkeypatch.setitem(STATE, "error", ValueError("a mistake of ours"))

    page = client.get("/ar/open/")

    assert page.status_code == 500
    assert '<html lang="ar" dir="rtl">' in page.content.decode()


def test_script_is_told_in_a_sentence(away, client):
    answer = client.post(
        "/seminars/2023/1/room/ask/", {"text": TEXT}, headers={"Accept": "application/json"}
    )

    assert answer.status_code == 503
    assert "Retry-After" in answer
    assert answer.json() == {
        "sentence": "What you wrote was not stored. Send it again in a moment: it is still here."
    }


def test_program_that_reads_the_data_is_refused_in_its_own_form(away, client):
    answer = client.get("/api/v1/cities")

    assert answer.status_code == 503
    assert "Retry-After" in answer
    assert json.loads(answer.content) == {
        "code": "unavailable",
        "message": "The database gives no answer now. Wait as long as Retry-After says.",
    }
