"""The page of a case, its citation files, and the forms around it."""

from __future__ import annotations

import json
import re

import bibtexparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from laurels.accounts.enums import Role
from laurels.accounts.models import Person
from laurels.foundation import clock
from laurels.foundation.models import Mail
from laurels.library import actions
from laurels.library.enums import HonourKind, Told
from laurels.library.models import Adaptation, BasicDatum, FollowUp, ResultFigure
from laurels.website.actions.pages import plant_pages
from laurels.website.actions.roles import make_roles
from tests.factories.editions import make_edition, make_revealed_edition
from tests.factories.library import make_full_case, make_honour, make_initiative
from tests.html import plain

pytestmark = pytest.mark.django_db

LETTER = {
    "name": "Ana",
    "address": "ana@bogota.example",
    "message": "How did you pay the farmers every week?",
    "consent": "on",
}
TOLD = {
    "city_name": "Medellín",
    "country": "Colombia",
    "year": "2025",
    "scale": "twelve schools",
    "evidence": "",
    "adapted_in": "",
    "told_by": "Ana, education",
    "told_from": "ana@bogota.example",
    "consent": "on",
}


@pytest.fixture(autouse=True)
def _english():
    """A request for another language leaves that one active behind it."""
    with override("en"):
        yield


@pytest.fixture
def case():
    return make_full_case(make_edition(2023))


def data_of(shown):
    [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', shown)
    return json.loads(script)


def test_case_with_everything_shows_it_in_order_and_no_address(client, case):
    shown = plain(client.get(case.url))

    headings = re.findall(r"<h2 [^>]*>([^<]+)</h2>", shown)
    assert [heading.strip() for heading in headings if "Guangzhou" not in heading][:11] == [
        "Its path",
        "In short",
        "The problem",
        "What was done",
        "By whom",
        "Cost and funding",
        "Results",
        "What failed",
        "What another city needs",
        "The city in figures",
        "What became of it",
    ]
    assert "<p>Two children in five came to school hungry.</p>" in shown
    assert "Odd figure. Kept as given. Population and area beside it give about" in shown
    assert "310,000" in shown
    assert "Nomsa Dlamini" in shown
    assert "Not recorded" not in shown
    assert "nomsa@" not in shown


def test_gap_is_named_once_and_the_way_to_fill_it(client):
    case = make_initiative(make_edition(2012), "Vienna")

    shown = plain(client.get(case.url))

    assert shown.count("Not recorded") == 1
    assert 'href="/initiatives/2012-vienna/contact/">Tell the award</a>' in shown
    assert "Write to the secretariat" in shown


@pytest.mark.parametrize("count", [1, 3])
def test_case_takes_as_many_queries_however_much_is_recorded(client, count):
    case = make_full_case(make_edition(2023))
    case.figures = [ResultFigure(label=f"Figure {n}", value=str(n)) for n in range(count)]
    case.basic_data = [
        BasicDatum(kind=kind, value="1")
        for kind in ("population", "surface_area", "gini_index")[:count]
    ]
    case.save()
    client.get(case.url)

    with CaptureQueriesContext(connection) as queries:
        client.get(case.url)

    assert len(queries) == CASE_QUERIES


CASE_QUERIES = 53


def test_linked_data_says_what_the_page_says(client, case, settings):
    found = data_of(plain(client.get(case.url)))

    assert found["@id"] == found["url"] == f"{settings.SITE_URL}/initiatives/2023-cape-town/"
    assert found["headline"] == case.recorded_title
    assert found["abstract"] == case.summary
    assert found["contentLocation"]["name"] == "Cape Town"
    assert "geo" not in found["contentLocation"]
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert [each["name"] for each in found["about"]] == ["Food", "Health"]
    assert found["keywords"] == ["SDG 2", "SDG 4", "Food security"]
    assert found["inLanguage"] == "en"


def test_linked_data_of_a_case_has_one_address_in_every_language(client, case, settings):
    shown = plain(client.get("/ar/initiatives/2023-cape-town/"))

    assert data_of(shown)["url"] == f"{settings.SITE_URL}/initiatives/2023-cape-town/"


def test_linked_data_tells_no_honour_before_its_reveal(client, case):
    make_honour(case, HonourKind.WINNER)
    told = make_full_case(make_revealed_edition(2021, now=clock.now()), "Quito")
    make_honour(told, HonourKind.WINNER)

    assert "award" not in data_of(plain(client.get(case.url)))
    assert data_of(plain(client.get(told.url)))["award"] == ["Winner"]


def test_other_sites_are_shown_a_picture_that_is_kept_under_its_version(client, case):
    [picture] = re.findall(r'property="og:image" content="([^"]+)"', plain(client.get(case.url)))
    path = re.sub("^.*?//[^/]*", "", picture)

    kept, passing = client.get(path), client.get(path.partition("?")[0])

    assert kept["Content-Type"] == "image/png"
    assert kept.content.startswith(b"\x89PNG")
    assert "immutable" in kept["Cache-Control"]
    assert passing["Cache-Control"] == "public, max-age=300"


def test_city_has_a_page_with_all_that_it_did(client, case):
    make_initiative(make_edition(2012), "Cape Town")

    shown = plain(client.get(case.city.get_absolute_url()))

    assert "2 initiatives in the library" in shown
    assert shown.index("Food for every school") < shown.index("/initiatives/2012-cape-town/")


def test_former_name_of_a_city_leads_to_its_page(client, case):
    case.city.name = "iKapa"
    case.city.save()
    actions.settle_city_address(city=case.city)

    moved = client.get("/ar/cities/za-cape-town/")

    assert (moved.status_code, moved["Location"]) == (301, "/ar/cities/za-ikapa/")
    assert moved["Cache-Control"] == "public, max-age=3600"
    assert client.get("/cities/za-ikapa/").status_code == 200


def test_city_without_a_public_initiative_has_no_page(client, case):
    case.unpublish()

    assert client.get("/cities/za-cape-town/").status_code == 404
    assert client.get("/cities/xx-atlantis/").status_code == 404


@pytest.mark.parametrize("kind", ["bib", "ris"])
def test_citation_is_a_file_without_an_honour(client, case, kind):
    make_honour(case, HonourKind.WINNER)

    response = client.get(f"/ar/initiatives/2023-cape-town/cite.{kind}")

    assert response["Content-Disposition"] == f'attachment; filename="2023-cape-town.{kind}"'
    text = response.content.decode()
    assert "/initiatives/2023-cape-town/" in text
    assert "/ar/" not in text
    assert "Winner" not in text


def test_citation_file_is_read_back(client, case):
    text = client.get("/initiatives/2023-cape-town/cite.bib").content.decode()

    [entry] = bibtexparser.parse_string(text).entries
    assert entry["title"] == "{Food for every school}"


def test_citation_of_what_is_not_public_is_not_found(client, case):
    case.unpublish()

    assert client.get("/initiatives/2023-cape-town/cite.bib").status_code == 404
    assert client.get("/initiatives/2023-cape-town/contact/").status_code == 404


def test_contact_sends_a_letter_and_says_so(client, case):
    form = plain(client.get("/initiatives/2023-cape-town/contact/"))
    sent = client.post("/initiatives/2023-cape-town/contact/", LETTER, follow=True)

    assert "nomsa@" not in form + plain(sent)
    assert sent.redirect_chain == [("/initiatives/2023-cape-town/contact/sent/", 302)]
    assert "Your letter is on its way" in plain(sent)
    assert Mail.objects.get().reply_to == "ana@bogota.example"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Type your name."),
        ("address", "ana", "This is no mail address. It looks like name@example.org."),
        ("address", "a@b.example\r\nBcc: x@y.example", "This is no mail address."),
        ("message", "Hi", "Write at least 20 characters, so that it can be answered."),
        ("message", "x" * 4001, "It has 4001 characters and 4000 fit. Shorten it a little."),
        ("consent", "", "Without your address nobody can answer."),
    ],
)
def test_contact_says_what_is_wrong_and_keeps_what_was_typed(client, case, field, value, sentence):
    typed = {**LETTER, field: value}

    response = client.post("/initiatives/2023-cape-town/contact/", typed)

    shown = plain(response)
    assert response.status_code == 422
    assert sentence in shown
    assert not Mail.objects.exists()
    if field != "name":
        assert 'value="Ana"' in shown
    if field != "message":
        assert LETTER["message"] in shown


def test_contact_takes_a_filled_trap_for_a_program(client, case):
    response = client.post(
        "/initiatives/2023-cape-town/contact/", {**LETTER, "homepage": "https://spam.example/"}
    )

    assert response.status_code == 302
    assert not Mail.objects.exists()


def test_contact_above_the_limit_keeps_the_letter_in_the_form(client, case):
    for number in range(5):
        client.post("/initiatives/2023-cape-town/contact/", {**LETTER, "message": f"{number}" * 30})

    response = client.post("/initiatives/2023-cape-town/contact/", LETTER)

    assert response.status_code == 429
    assert "Too much was sent from here today." in plain(response)
    assert LETTER["message"] in plain(response)


def private_link(case):
    actions.invite_to_report(initiative=case, person_name="Mei", now=clock.now())
    return re.search(r"/initiatives/\S+/follow-up/\S+", Mail.objects.get().text)[0]


def test_city_reports_and_an_editor_shows_it(client, case):
    link = private_link(case)
    typed = {"text": "Two hundred and twelve schools now.", "told_by": "Nomsa Dlamini"}

    told = client.post(link, typed, follow=True)
    before = plain(client.get(case.url))
    sign_in(client)
    desk = plain(client.get("/cms/cases/"))
    report = FollowUp.objects.get()
    client.post(f"/cms/cases/follow-up/{report.pk}/decide/", {"answer": "yes"})

    assert "Thank you. The report has arrived." in plain(told)
    assert typed["text"] not in before
    assert typed["text"] in desk
    assert typed["text"] in plain(client.get(case.url))


def test_report_too_short_is_kept_in_the_form(client, case):
    response = client.post(private_link(case), {"text": "Fine.", "told_by": "Nomsa"})

    assert response.status_code == 422
    assert "Fine." in plain(response)
    assert not FollowUp.objects.exists()


def test_private_link_of_nobody_is_not_found(client, case):
    make_initiative(make_edition(2012), "Vienna")
    link = private_link(case)

    assert client.get("/initiatives/2023-cape-town/follow-up/guess/").status_code == 404
    assert client.get(link.replace("2023-cape-town", "2012-vienna")).status_code == 404
    assert client.get("/adaptations/guess/").status_code == 404


def test_both_cases_say_who_learned_from_whom_after_a_yes(client, case):
    other = make_initiative(make_edition(2012), "Vienna")
    client.post(
        "/initiatives/2023-cape-town/adapted/", {**TOLD, "adapted_in": f"http://x{other.url}"}
    )
    link = re.search(r"/adaptations/\S+", Mail.objects.get().text)[0]
    before = plain(client.get(case.url)) + plain(client.get(other.url))
    asked = plain(client.get(link))

    client.post(link, {"answer": "yes"})

    assert "Medellín" not in before
    assert "Medellín, Colombia, says that it learned from you" in asked
    assert "ana@" not in asked
    first, second = plain(client.get(case.url)), plain(client.get(other.url))
    assert "Adapted by" in first
    assert f'<a href="{other.url}"><bdi>Medellín</bdi>, Colombia</a>' in first
    assert "Learned from" in second
    assert case.recorded_title in second
    assert "ana@" not in first + second


def test_second_answer_to_a_private_link_changes_nothing(client, case):
    client.post("/initiatives/2023-cape-town/adapted/", TOLD)
    link = re.search(r"/adaptations/\S+", Mail.objects.get().text)[0]
    client.post(link, {"answer": "no"})

    again = client.post(link, {"answer": "yes"}, follow=True)

    assert "Somebody has decided this already." in plain(again)
    assert Adaptation.objects.get().state == Told.REFUSED


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("year", "2999", "2999 has not come yet."),
        ("year", "1066", "Type a year from 1990 on."),
        ("year", "soon", "Type the year as four digits."),
        ("evidence", "javascript:alert(1)", "This is no web address."),
        ("adapted_in", "2023-atlantis", "There is no such page."),
        ("adapted_in", "2023-cape-town", "There is no such page."),
        ("scale", "", "Type how large it is"),
    ],
)
def test_adaptation_says_what_is_wrong(client, case, field, value, sentence):
    response = client.post("/initiatives/2023-cape-town/adapted/", {**TOLD, field: value})

    assert response.status_code == 422
    assert sentence in plain(response)
    assert not Adaptation.objects.exists()


def sign_in(client, role=Role.EDITOR):
    make_roles(plant_pages()[0])
    person = Person.objects.create_user("mei@award.example", name="Mei", is_staff=True)
    if role:
        person.groups.add(person.groups.model.objects.get(name=role))
    client.force_login(person)
    return person


def test_desk_is_shut_to_everybody_else(client, case):
    assert client.get("/cms/cases/").status_code == 302
    sign_in(client, role=None)

    assert client.get("/cms/cases/").status_code in {302, 403}
    assert client.post("/cms/cases/invite/", {"case": "2023-cape-town"}).status_code in {302, 403}
    assert not Mail.objects.exists()


def test_desk_sends_the_private_link_and_says_to_how_many(client, case):
    sign_in(client)

    sent = client.post("/cms/cases/invite/", {"case": case.full_url}, follow=True)
    unknown = client.post("/cms/cases/invite/", {"case": "2023-atlantis"}, follow=True)

    assert "The link is on its way to 1 person." in plain(sent)
    assert "There is no such case." in plain(unknown)
    assert Mail.objects.count() == 1


def test_editor_finds_every_part_of_a_case_in_the_admin(client, case):
    sign_in(client)

    shown = plain(client.get(f"/cms/pages/{case.pk}/edit/"))

    for heading in (
        "The case, chapter by chapter",
        "Results in figures",
        "Basic data of the city",
        "Themes and goals",
        "Pictures",
        "Documents",
        "Contacts",
    ):
        assert heading in shown
