"""The API on the real award: what it says, how it refuses, and how it is kept."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.foundation.models import RateCount
from laurels.library.models import City, InitiativePage
from laurels.library.models.facts import Contact
from laurels.website.api import door

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_award")]

V1 = "/api/v1/"
# Every address once, with what an embed and a page of a list look like.
ADDRESSES = [
    "",
    "openapi.json",
    "cities",
    "cities?country=ZA&per_page=2",
    "cities/za-cape-town",
    "themes",
    "urban-agenda-tags",
    "goals",
    "editions",
    "editions/2023",
    "editions/2012",
    "editions/2023/vote",
    "seminars",
    "seminars?edition=2023",
    "seminars/2023/1",
    "partners",
    "focus",
    "focus?theme=health",
    "focus/one-earth-one-dream",
    "initiatives",
    "initiatives?q=waste&region=africa&per_page=3",
    "initiatives/2023-cape-town",
    "initiatives/2012-vienna",
    "embeds/focus/one-earth-one-dream",
    "embeds/campaign/2023?partner=metropolis&lang=ar",
    "embeds/city/2023-xianning",
    "embeds/countdown/2023?look=dark",
]


def read(client, path, status=200, **headers):
    response = client.get(V1 + path, headers=headers)
    assert response.status_code == status, response.content
    return json.loads(response.content)


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_address_is_read_by_anybody_and_kept(client, path):
    response = client.get(V1 + path)

    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert "Cookie" not in response.get("Vary", "")
    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    again = client.get(V1 + path, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"


def test_start_leads_to_every_list(client):
    start = read(client, "")

    for url in start["lists"].values():
        assert client.get(url.replace("http://127.0.0.1:8000", "")).status_code == 200


def test_initiative_tells_all_that_is_recorded_and_null_where_nothing_is(client):
    shown = read(client, "initiatives/2012-vienna")

    page = InitiativePage.objects.get(slug="2012-vienna")
    assert shown["city"]["name"] == "Vienna"
    assert shown["honours"] == sorted(page.honours.values_list("kind", flat=True)) != []
    assert shown["url"] == "http://127.0.0.1:8000/initiatives/2012-vienna/"
    assert shown["chapters"]["problem"] is None
    assert shown["licence"]["code"] == "CC-BY-4.0"


def test_initiative_never_shows_the_mail_address_of_a_contact(client):
    page = InitiativePage.objects.get(slug="2012-vienna")
    Contact.objects.create(initiative=page, name="Ana", address="ana@city.example")

    answers = [client.get(V1 + path).content for path in ADDRESSES]

    assert [answer for answer in answers if b"city.example" in answer] == []


def test_draft_and_withdrawn_initiatives_are_not_there(client):
    InitiativePage.objects.filter(city__slug="at-vienna").update(live=False)

    read(client, "initiatives/2012-vienna", 404)
    read(client, "embeds/city/2012-vienna", 404)
    read(client, "cities/at-vienna", 404)


def test_former_address_of_a_city_leads_to_it(client):
    city = City.objects.get(slug="za-cape-town")
    city.former_addresses.create(slug="za-kapstadt")

    assert read(client, "cities/za-kapstadt")["address"] == "za-cape-town"


def test_instants_are_utc_with_the_zone_of_the_host(client):
    seminar = read(client, "seminars/2023/1")

    assert seminar["starts_at"] == "2023-11-06T12:30:00Z"
    assert seminar["zone"] == "Asia/Shanghai"


def test_list_is_cut_into_pages_that_lead_to_each_other(client):
    seen, path = [], "cities?per_page=10"
    while path:
        page = read(client, path)
        seen += [city["address"] for city in page["results"]]
        path = (page["next"] or "").partition(V1)[2]

    assert len(seen) == len(set(seen)) == page["count"]
    assert page["pages"] == -(-page["count"] // 10) > 1
    assert page["previous"].endswith(f"/cities?per_page=10&page={page['pages'] - 1}")


@pytest.mark.parametrize(
    ("path", "status", "code", "field"),
    [
        ("nothing", 404, "not_found", None),
        ("initiatives/2023-atlantis", 404, "not_found", None),
        ("editions/1999/vote", 404, "not_found", None),
        ("embeds/nothing/at-all", 404, "not_found", None),
        ("cities?country=XX", 422, "unknown_value", "country"),
        ("cities?countri=ZA", 422, "unknown_parameter", "countri"),
        ("cities?page=0", 422, "not_readable", "page"),
        ("cities?page=x", 422, "not_readable", "page"),
        ("cities?per_page=101", 422, "not_readable", "per_page"),
        ("cities?page=99", 404, "no_such_page", "page"),
        ("focus?theme=nothing", 422, "unknown_value", "theme"),
        ("seminars?edition=1999", 422, "unknown_value", "edition"),
        ("initiatives?theme=nothing", 422, "unknown_value", "theme"),
        ("initiatives?goal=18", 422, "unknown_value", "goal"),
        ("initiatives?edition=never", 422, "unknown_value", "edition"),
        ("initiatives?sort=worst", 422, "unknown_value", "sort"),
        ("initiatives?page=1000", 404, "no_such_page", "page"),
        ("embeds/campaign/2023?lang=xx", 422, "unknown_value", "lang"),
        ("embeds/campaign/2023?partner=nobody", 422, "unknown_value", "partner"),
    ],
)
def test_refusal_has_one_form(client, path, status, code, field):
    said = read(client, path, status)

    assert said["code"] == code
    assert said.get("field") == field
    assert said["message"].endswith((".", ")"))
    if code in {"unknown_value", "unknown_parameter"}:
        assert said["allowed"]


def test_writing_is_refused_and_preflight_is_answered(client):
    refused = client.post(V1 + "themes")
    asked = client.options(V1 + "themes", headers={"Origin": "https://partner.example"})

    assert (refused.status_code, json.loads(refused.content)["code"]) == (405, "method_not_allowed")
    assert refused["Allow"] == "GET, HEAD, OPTIONS"
    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")


def test_pages_of_the_site_are_not_opened_to_scripts_of_others(client):
    for path in ("/", "/initiatives/", "/embed/", "/api/"):
        assert "Access-Control-Allow-Origin" not in client.get(path)


def test_reader_who_asks_too_often_is_told_how_long_to_wait(client, monkeypatch):
    monkeypatch.setattr(door, "READS_PER_MINUTE", 2)

    answers = [client.get(V1 + "themes") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert json.loads(answers[2].content)["code"] == "too_many_requests"
    assert 1 <= int(answers[2]["Retry-After"]) <= 61
    assert "127.0.0.1" not in RateCount.objects.get(name="api").key


@pytest.mark.parametrize(("path", "queries"), [("cities", 4), ("focus", 6), ("seminars", 9)])
@pytest.mark.parametrize("rows", [1, 100])
def test_list_asks_as_often_however_long_it_is(client, path, queries, rows):
    client.get(V1 + path)

    with CaptureQueriesContext(connection) as asked:
        client.get(f"{V1}{path}?per_page={rows}")

    assert len(asked) == queries


def test_description_for_people_names_every_address_and_needs_no_script(client):
    page = client.get("/api/").content.decode()

    schema = read(client, "openapi.json")
    assert [path for path in schema["paths"] if f"<code>{path}</code>" not in page] == []
    assert re.findall(r'<script[^>]*src="[^"/]*//', page) == []


def test_initiatives_are_found_by_the_filters_of_the_page(client):
    shown = read(client, "initiatives?country=AT&country=ZA&edition=2012&edition=2023&sort=oldest")

    assert [row["address"] for row in shown["results"]][:1] == ["2012-vienna"]
    assert {row["city"]["country_code"] for row in shown["results"]} == {"AT", "ZA"}
    assert shown["count"] == len(shown["results"])
    regions = {choice["value"]: choice["count"] for choice in shown["choices"]["region"]}
    assert set(regions) == {"africa", "europe"}


def test_initiatives_of_the_page_and_of_the_api_are_the_same(client):
    for query in ("", "q=viena", "theme=health&region=asia", "goal=11"):
        page = client.get(f"/initiatives/?{query}")

        found = page.context["found"]
        shown = read(client, f"initiatives?{query}&per_page={max(len(found.pks), 1)}")

        assert (shown["count"], len(shown["results"])) == (found.count, len(found.pks))
        assert [row["address"] for row in shown["results"]] == [
            initiative.slug for initiative in page.context["initiatives"]
        ]


def test_misspelt_word_says_what_was_looked_for(client):
    assert "vienna" in str(read(client, "initiatives?q=viennna")["looked_for"])
