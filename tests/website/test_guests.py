"""What a partner sees of those whom its word brought."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission

from laurels.accounts.models import Person
from laurels.partners.models import Member, Partner
from laurels.seminars.models import Registrant
from tests.factories.editions import make_edition
from tests.factories.seminars import EARLY, come, make_seminar
from tests.html import plain

pytestmark = pytest.mark.django_db
REPORT = "/cms/reports/guests/"


@pytest.fixture
def _guests(settings, client):
    settings.DEMO_CLOCKS = {"edition-2023": EARLY}
    seminar = make_seminar(make_edition(2023), title="Resilient for all")
    for short_name in ("Metropolis", "UCLG"):
        Partner.objects.create(slug=short_name.lower(), name=short_name, short_name=short_name)
    client.get("/seminars/2023/register/", {"from": "metropolis"})
    for address in ("ana@example.org", "bo@example.org"):
        come(address, seminar)
    Registrant.objects.update(source="metropolis")
    seminar.registrations.filter(registrant__address="bo@example.org").update(joined_at=EARLY)


def sign_in(client, *permissions, partner=""):
    person = Person.objects.create_user("pa@example.org", name="Pa")
    wanted = ["access_admin", *permissions]
    person.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    if partner:
        Member.objects.create(person=person, partner=Partner.objects.get(slug=partner))
    client.force_login(person)


@pytest.mark.usefixtures("_guests")
def test_partner_sees_how_many_its_own_word_brought_and_nobodys_name(
    client, django_assert_num_queries
):
    sign_in(client, partner="metropolis")
    menu = client.get("/cms/").content.decode()
    client.get(REPORT)

    with django_assert_num_queries(15):
        shown = plain(client.get(REPORT)).replace("> <", "><")

    assert REPORT in menu
    assert "The form was opened 1 time from there." in shown
    assert "/seminars/2023/register/?from=metropolis" in shown
    assert "<td>2</td><td>1</td></tr>" in shown
    assert "UCLG" not in shown
    assert "example.org" not in shown.replace("pa@example.org", "")


@pytest.mark.usefixtures("_guests")
def test_secretariat_sees_all_partners(client):
    sign_in(client, "run_seminar")

    shown = plain(client.get(REPORT))

    assert "Metropolis, 2023" in shown
    assert "UCLG, 2023" in shown


@pytest.mark.usefixtures("_guests")
def test_report_is_of_no_others(client):
    sign_in(client)

    assert client.get(REPORT).status_code in {302, 403}
    assert REPORT not in client.get("/cms/").content.decode()
