"""The people of the award: invited by mail, given roles, deactivated."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from laurels.accounts.enums import Role
from laurels.accounts.models import Person
from laurels.foundation.models import AuditEvent, Mail
from laurels.partners.models import Member, Partner
from laurels.website.actions.pages import plant_pages
from laurels.website.actions.roles import make_roles
from tests.factories.people import make_person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _roles():
    home, _library, _focus = plant_pages()
    make_roles(home)


@pytest.fixture
def partner():
    return Partner.objects.create(slug="uclg", name="United Cities", short_name="UCLG")


@pytest.fixture
def secretary(client):
    return sign_in(client, Role.SECRETARIAT)


def group(role):
    return Group.objects.get(name=role).pk


def invite(client, **changes):
    typed = {"name": "Ada", "email": "Ada@Award.example", "groups": [group(Role.EDITOR)]}
    return client.post("/cms/users/new/", typed | changes)


def test_person_is_invited_by_a_letter_without_a_secret(client, secretary):
    invite(client)

    person = Person.objects.get(email="ada@award.example")
    letter = Mail.objects.get()
    assert (person.name, person.has_usable_password()) == ("Ada", False)
    assert [each.name for each in person.groups.all()] == [Role.EDITOR]
    assert letter.address == "ada@award.example"
    assert "Secretariat has entered you" in letter.text
    assert "http://127.0.0.1:8000/accounts/login/" in letter.text
    assert AuditEvent.objects.filter(deed="wagtail.create", about="person Ada").count() == 1


def test_two_spellings_of_an_address_are_one_person(client, secretary):
    invite(client)
    answer = invite(client, email="ADA@award.example")

    assert "There is a person with this address already." in answer.content.decode()
    assert Mail.objects.count() == 1


def test_partner_editor_belongs_to_a_partner(client, secretary, partner):
    refused = invite(client, groups=[group(Role.PARTNER_EDITOR)])
    invite(client, groups=[group(Role.PARTNER_EDITOR)], partner=partner.pk)

    assert "A partner editor needs a partner" in refused.content.decode()
    assert Member.objects.get().partner == partner


def test_person_is_renamed_moved_and_deactivated(client, secretary, partner):
    person = make_person(Role.EDITOR)
    Member.objects.create(person=person, partner=partner)
    address = f"/cms/users/edit/{person.pk}/"

    assert 'value="Editor"' in client.get(address).content.decode()
    client.post(address, {"name": "Bea", "email": person.email, "groups": [group(Role.PUBLISHER)]})

    person.refresh_from_db()
    assert (person.name, person.is_active) == ("Bea", False)
    assert [each.name for each in person.groups.all()] == [Role.PUBLISHER]
    assert not Member.objects.exists()


def test_nobody_deactivates_themselves_or_takes_their_own_role(client, secretary):
    client.post(
        f"/cms/users/edit/{secretary.pk}/", {"name": "Me", "email": secretary.email, "groups": []}
    )

    secretary.refresh_from_db()
    assert (secretary.name, secretary.is_active) == ("Me", True)
    assert [each.name for each in secretary.groups.all()] == [Role.SECRETARIAT]


def test_an_administrator_is_changed_by_administrators_only(client, secretary):
    chief = Person.objects.create_superuser("chief@award.example", name="Chief")

    client.post(
        f"/cms/users/edit/{chief.pk}/",
        {"name": "Chief", "email": "mine@award.example", "is_active": "on"},
    )

    chief.refresh_from_db()
    assert chief.email == "chief@award.example"


def test_secretariat_deletes_nobody(client, secretary):
    person = make_person(Role.EDITOR)

    client.post(f"/cms/users/delete/{person.pk}/")

    assert Person.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize("role", [Role.PUBLISHER, Role.EDITOR, Role.TRANSLATOR])
def test_other_roles_invite_nobody(client, role):
    sign_in(client, role)

    invite(client)

    assert not Mail.objects.exists()


def test_list_takes_as_many_queries_however_many_people(client, secretary, partner):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/cms/users/").status_code == 200
        return len(queries)

    Member.objects.create(person=make_person(Role.EDITOR), partner=partner)
    client.get("/cms/users/")
    for_two = count()
    for role in (Role.PUBLISHER, Role.TRANSLATOR):
        Member.objects.create(person=make_person(role), partner=partner)

    assert count() == for_two


def test_list_finds_and_sorts_by_name(client, secretary):
    make_person(Role.EDITOR)

    found = client.get("/cms/users/?q=editor&ordering=-name").content.decode()

    assert "editor@award.example" in found
    assert f"/cms/users/edit/{secretary.pk}/" not in found


@pytest.fixture
def _back_to_english():
    yield
    translation.activate("en")


CHOSEN = {
    "locale-preferred_language": "zh-hans",
    "theme-theme": "system",
    "theme-density": "default",
    "theme-contrast": "system",
}


@pytest.mark.usefixtures("_back_to_english")
def test_people_choose_the_language_of_the_admin(client, secretary):
    answer = client.post("/cms/account/", CHOSEN)
    shown = client.get("/cms/outbox/").content.decode()

    assert answer.status_code == 302
    assert '<html lang="zh-hans"' in shown
    assert "发件箱" in shown


def test_account_offers_the_languages_of_the_house_and_no_name(client, secretary, settings):
    shown = client.get("/cms/account/").content.decode()
    offered = re.search(r"<select[^>]*locale-preferred_language.*?</select>", shown, re.DOTALL)[0]

    assert set(re.findall(r'value="([a-z-]+)"', offered)) == {
        code for code, _ in settings.LANGUAGES
    }
    assert "first_name" not in shown


def test_account_is_open_to_those_who_may_enter_the_admin(client):
    assert client.get("/cms/account/").headers["Location"].startswith("/accounts/login/")


@pytest.mark.usefixtures("_back_to_english")
def test_admin_speaks_the_language_of_the_browser_until_one_is_chosen(client, secretary):
    chinese = {"accept-language": "zh-CN"}

    before = client.get("/cms/outbox/", headers=chinese).content.decode()
    client.post("/cms/account/", CHOSEN | {"locale-preferred_language": "en"}, headers=chinese)
    after = client.get("/cms/outbox/", headers=chinese).content.decode()

    assert "发件箱" in before
    assert "发件箱" not in after
