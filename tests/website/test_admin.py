"""The admin: the secretariat can edit everything that the file loads, an editor only pages."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from laurels.accounts.enums import Role
from laurels.accounts.models import Person
from laurels.editions.models import Edition
from laurels.library.models import City, InitiativePage, Theme
from laurels.partners.actions import count_visit
from laurels.partners.models import Campaign, Partner
from laurels.seminars.models import Seminar
from laurels.website.actions import load_award
from laurels.website.award_file.reading import read_folder
from tests.factories.award import small_documents, write_documents
from tests.factories.editions import NOON

pytestmark = pytest.mark.django_db

SNIPPETS = {
    "editions/edition": Edition,
    "library/city": City,
    "library/theme": Theme,
    "partners/partner": Partner,
    "partners/campaign": Campaign,
    "seminars/seminar": Seminar,
}


@pytest.fixture(autouse=True)
def _award(tmp_path):
    award, report = read_folder(write_documents(tmp_path / "award", small_documents()))
    load_award(award=award, report=report, now_of=lambda _: NOON)


def sign_in(client, role):
    person = Person.objects.create_user(f"{role.lower()}@award.example", name=role, is_staff=True)
    person.groups.add(Group.objects.get(name=role))
    client.force_login(person)
    return person


@pytest.mark.parametrize("path", SNIPPETS)
def test_secretariat_lists_adds_and_edits(client, path):
    sign_in(client, Role.SECRETARIAT)
    row = SNIPPETS[path].objects.first()

    addresses = [f"/cms/snippets/{path}/{end}" for end in ("", "add/", f"edit/{row.pk}/")]

    assert [client.get(address).status_code for address in addresses] == [200, 200, 200]


@pytest.mark.parametrize("path", SNIPPETS)
def test_editor_may_not_edit_what_is_no_page(client, path):
    sign_in(client, Role.EDITOR)

    assert client.get(f"/cms/snippets/{path}/").status_code == 302


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.PUBLISHER, Role.EDITOR])
def test_everybody_of_the_house_edits_pages(client, role):
    sign_in(client, role)
    page = InitiativePage.objects.first()

    edit = client.get(f"/cms/pages/{page.pk}/edit/")
    explore = client.get(f"/cms/pages/{page.get_parent().pk}/")

    assert [edit.status_code, explore.status_code] == [200, 200]
    assert 'name="slug"' not in edit.content.decode()


def test_visitors_do_not_enter(client):
    assert client.get("/cms/").status_code == 302


def test_a_role_that_people_changed_stays_as_they_made_it(tmp_path):
    group = Group.objects.get(name=Role.EDITOR)
    group.permissions.clear()

    award, report = read_folder(write_documents(tmp_path / "award", small_documents()))
    load_award(award=award, report=report, now_of=lambda _: NOON)

    assert not group.permissions.exists()


def test_secretariat_reads_what_a_partners_embeds_brought(client):
    sign_in(client, Role.SECRETARIAT)
    partner = Partner.objects.get(slug="uclg")
    before = client.get(f"/cms/snippets/partners/partner/edit/{partner.pk}/").content.decode()
    for _ in range(2):
        count_visit(partner=partner, kind="focus", address="newest", now=NOON)

    shown = client.get(f"/cms/snippets/partners/partner/edit/{partner.pk}/").content.decode()

    assert "Nothing of the award has been shown" in before
    assert "2 visits at this partner" in " ".join(shown.split())
    assert "<td>focus/newest</td>" in shown
