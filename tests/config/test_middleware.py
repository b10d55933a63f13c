import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

INDENTED = "<p>\n    <b>a</b> <i>b,\n  c</i>\n\n  <pre>1\n  <b>2</b>\n  </pre>\n  </p>"
urlpatterns = [
    path("", lambda request: HttpResponse("home")),
    path("cms/", lambda request: HttpResponse("desk")),
    path("indented/", lambda request: HttpResponse(INDENTED)),
    path("file/", lambda request: HttpResponse("<a>\n  </a>", content_type="application/xml")),
]
pytestmark = pytest.mark.urls(__name__)


@pytest.mark.parametrize("host", ["localhost:8000", "localhost"])
def test_localhost_is_sent_to_the_host_of_the_site(client, host, settings):
    response = client.get("/vote/?x=1", headers={"host": host})

    assert response.status_code == 302
    assert response["Location"] == f"{settings.SITE_URL}/vote/?x=1"


@override_settings(SITE_URL="http://localhost:8000")
def test_a_site_on_localhost_stays_there(client):
    assert client.get("/", headers={"host": "localhost:8000"}).status_code == 200


def test_a_public_page_may_reach_nothing_but_itself_and_the_box(client, settings):
    policy = client.get("/", headers={"host": "127.0.0.1:8000"})["Content-Security-Policy"]

    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == "'self'"
    assert directives["connect-src"] == f"'self' {settings.BOX_URL}"
    assert "unsafe" not in policy


def test_the_admin_pages_have_a_policy_of_their_own(client):
    response = client.get("/cms/", headers={"host": "127.0.0.1:8000"})

    assert "script-src 'self' 'unsafe-inline'" in response["Content-Security-Policy"]


def test_every_answer_carries_the_usual_protection(client):
    response = client.get("/", headers={"host": "127.0.0.1:8000"})

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Permissions-Policy"].startswith("camera=(), microphone=()")


def test_indents_of_a_template_are_not_sent_but_what_keeps_its_space_is(client):
    page = client.get("/indented/", headers={"host": "127.0.0.1:8000"})

    assert page.content == b"<p>\n<b>a</b> <i>b,\n  c</i>\n<pre>1\n  <b>2</b>\n  </pre>\n</p>"


def test_a_file_is_sent_as_it_is(client):
    page = client.get("/file/", headers={"host": "127.0.0.1:8000"})

    assert page.content == b"<a>\n  </a>"
