"""Sign-in of staff: by a code to the mailbox; nobody signs up by themselves."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.utils import translation

from laurels.accounts.models import Person

pytestmark = pytest.mark.django_db


def test_staff_signs_in_with_a_code(client):
    person = Person.objects.create_user("ada@award.example", name="Ada", is_staff=True)

    client.post("/accounts/login/code/", {"email": "Ada@award.example"})
    code = re.search(r"\n\n([0-9A-Z-]{6,9})\n\n", mail.outbox[0].body)[1]
    answer = client.post("/accounts/login/code/confirm/", {"code": code})

    assert mail.outbox[0].to == ["ada@award.example"]
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_an_unknown_address_gets_no_account(client):
    client.post("/accounts/login/code/", {"email": "nobody@award.example"})
    client.post("/accounts/signup/", {"email": "nobody@award.example"})

    assert not Person.objects.exists()


def test_admin_sends_to_the_one_sign_in(client):
    answer = client.get("/cms/")

    assert answer.headers["Location"] == "/accounts/login/?next=/cms/"


def test_sign_in_asks_for_an_address_only(client):
    shown = client.get("/accounts/login/").content.decode()

    assert 'action="/accounts/login/code/"' in shown
    assert "password" not in shown
    assert "Sign in with a passkey" in shown


@pytest.mark.parametrize("address", ["/accounts/login/code/", "/accounts/signup/"])
def test_pages_of_sign_in_stand_in_the_house(client, address):
    answer = client.get(address)

    assert answer.status_code == 200
    assert '<main id="main"' in answer.content.decode()


def test_a_wrong_code_is_told(client):
    Person.objects.create_user("ada@award.example", is_staff=True)
    client.post("/accounts/login/code/", {"email": "ada@award.example"})

    answer = client.post("/accounts/login/code/confirm/", {"code": "WRONG1"})

    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize("wanted", ["", "?next=/cms/", "?next=/cms/pages/"])
def test_who_may_not_enter_the_admin_arrives_at_the_desks_and_not_in_a_circle(client, wanted):
    client.force_login(Person.objects.create_user("mo@award.example", name="Mo"))

    answer = client.get(f"/accounts/login/{wanted}", follow=True)

    assert answer.redirect_chain == [("/seminars/desks/", 302)]
    assert "You moderate no seminar." in answer.content.decode()


def test_who_may_enter_the_admin_arrives_there(client):
    client.force_login(Person.objects.create_superuser("mei@award.example", name="Mei"))

    assert client.get("/accounts/login/").headers["Location"] == "/cms/"
    assert client.get("/accounts/login/?next=/cms/pages/").headers["Location"] == "/cms/pages/"


def test_an_address_elsewhere_is_no_way_on(client):
    client.force_login(Person.objects.create_user("mo@award.example", name="Mo"))

    answer = client.get("/accounts/login/?next=https://elsewhere.example/")

    assert answer.headers["Location"] == "/seminars/desks/"


@pytest.mark.parametrize(
    ("browsers", "spoken"), [("zh-CN,zh;q=0.9,en;q=0.5", "zh-hans"), ("ru", "ru"), ("de", "en")]
)
def test_sign_in_speaks_the_language_of_the_browser(client, browsers, spoken):
    shown = client.get("/accounts/login/", headers={"accept-language": browsers}).content.decode()
    public = client.get("/seminars/", headers={"accept-language": browsers}).content.decode()
    translation.activate("en")

    assert f'<html lang="{spoken}"' in shown
    assert '<html lang="en"' in public, "the address of a public page names its language"
