"""Frames, the web component's files, oEmbed and the page that makes the line."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from laurels.editions.enums import MomentKind
from laurels.partners.models import Campaign, EmbedVisit, Partner
from laurels.results.models import Reveal
from tests.factories.ballotbox import make_poll
from tests.factories.editions import make_edition, make_moment
from tests.factories.focus import make_article
from tests.factories.library import make_initiative, make_library
from tests.factories.seminars import make_seminar
from tests.html import plain
from tests.website.embeds.test_visits import FETCHED, FRAMED

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
OPENS_AT = datetime(2023, 10, 31, 16, tzinfo=UTC)
CLOSES_AT = datetime(2023, 11, 30, 16, tzinfo=UTC)
CEREMONY_AT = datetime(2023, 12, 6, 16, tzinfo=UTC)
UNDER_WAY = datetime(2023, 11, 5, 9, tzinfo=UTC)
FRAMES = [
    "/embed/focus/one-earth/",
    "/embed/campaign/2023/",
    "/embed/city/2023-cape-town/",
    "/embed/countdown/2023/",
]


@pytest.fixture(autouse=True)
def award(settings):
    settings.DEMO_CLOCKS = {"edition-2023": UNDER_WAY}
    make_library()
    edition = make_edition(2023, ordinal=6, vote_name="City of Your Choice")
    make_moment(edition, MomentKind.SHORTLIST, OPENS_AT - timedelta(days=40))
    make_moment(edition, MomentKind.VOTE, OPENS_AT, CLOSES_AT)
    make_moment(edition, MomentKind.CEREMONY, CEREMONY_AT, CEREMONY_AT + timedelta(days=1))
    for name in ("UCLG", "Guangzhou", "Metropolis"):
        Partner.objects.create(slug=name.lower(), name=f"The {name}", short_name=name)
    Campaign.objects.create(partner=Partner.objects.get(slug="metropolis"), edition=edition)
    make_initiative(edition, "Cape Town", recorded_title="Food systems")
    make_seminar(edition, 1, title="First evening")
    make_article("One Earth", slug="one-earth", teaser="Cities that protect.")
    return make_poll(
        django_settings.KEYS,
        now=UNDER_WAY,
        slug="2023",
        opens_at=OPENS_AT,
        closes_at=CLOSES_AT,
        edition=edition,
        clock_name=edition.clock_name,
    ).election


@pytest.mark.parametrize("address", FRAMES)
def test_frame_may_be_shown_anywhere_and_knows_no_cookie(client, address):
    client.cookies["laurels_session"] = "somebody"
    client.cookies["laurels_language"] = "ar"
    response = client.get(address)
    without = type(client)().get(address)

    assert response.status_code == 200
    assert response.content == without.content
    assert "X-Frame-Options" not in response
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "Cookie" not in response.get("Vary", "")
    assert "Set-Cookie" not in str(response.items())
    assert response["Cache-Control"].startswith("public, max-age=")


@pytest.mark.parametrize("address", FRAMES)
def test_frame_that_has_not_changed_answers_304_and_still_may_be_framed(client, address):
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert "X-Frame-Options" not in again
    assert "frame-ancestors *" in again["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address", ["/", "/focus/one-earth/", "/vote/2023/", "/vote/2023/receipt/", "/embed/", "/api/"]
)
def test_every_other_page_refuses_to_be_framed_the_ballot_above_all(client, address):
    response = client.get(address)

    assert response.status_code == 200
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("address", FRAMES)
def test_name_of_the_partner_comes_first_and_every_link_leads_out(client, address):
    shown = plain(client.get(f"{address}?partner=uclg"))

    body = shown[shown.index("<body") :]
    assert body.index("UCLG") < body.index("Guangzhou Award")
    links = re.findall(r"<a [^>]*>", body)
    assert links
    assert '<base target="_top">' in shown
    assert "<form" not in body


def test_partner_that_nobody_knows_is_passed_over(client):
    shown = client.get(f"{FRAMES[0]}?partner=%00nobody")

    assert shown.content == client.get(FRAMES[0]).content


def test_vote_in_a_frame_is_a_link_with_the_closing_time(client):
    shown = plain(client.get("/embed/countdown/2023/"))

    assert 'href="/vote/2023/"' in shown
    assert ">in 25 days</b>" in shown
    assert "24:00</time></bdi> in <bdi>Guangzhou</bdi>" in shown
    assert '(<bdi><time datetime="2023-11-30T16:00:00Z">' in shown


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (OPENS_AT - timedelta(days=3), "The vote opens"),
        (CLOSES_AT + timedelta(days=1), "The ballots stay sealed until the ceremony."),
    ],
)
def test_countdown_follows_the_clock_of_the_vote(client, settings, now, said):
    settings.DEMO_CLOCKS = {"edition-2023": now}

    shown = plain(client.get("/embed/countdown/2023/"))

    assert said in shown
    assert 'href="/vote/2023/"' not in shown


def test_countdown_leads_to_the_result_once_it_is_told(client, settings, award):
    settings.DEMO_CLOCKS = {"edition-2023": CEREMONY_AT}
    Reveal.objects.create(election=award, revealed_at=CEREMONY_AT)

    assert 'href="/results/2023/"' in plain(client.get("/embed/countdown/2023/"))


def test_campaign_shows_vote_seminars_ceremony_and_all_partners(client):
    shown = plain(client.get("/embed/campaign/2023/?partner=metropolis"))

    assert 'href="/vote/2023/"' in shown
    assert "First evening" in shown
    assert "12:30</time>" in shown
    assert "7 December 2023" in shown
    listed = shown[shown.index('class="signers"') :]
    places = [listed.index(name) for name in ("Guangzhou", "Metropolis", "UCLG")]
    assert places == sorted(places)
    assert 'href="/partners/metropolis/2023/"' in shown


def test_correction_of_an_article_arrives_by_itself(client):
    before = client.get(FRAMES[0])
    page = make_article("Second", slug="second")
    page.title = "One Earth, corrected"
    page.slug = "second"
    page.save_revision().publish()

    after = client.get("/embed/focus/second/", headers={"If-None-Match": before["ETag"]})

    assert "One Earth, corrected" in after.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/embed/focus/nothing/",
        "/embed/nothing/one-earth/",
        "/embed/countdown/1999/",
        "/embed/campaign/one-earth/",
    ],
)
def test_frame_of_what_is_gone_says_so_within_the_frame(client, address):
    response = client.get(address)

    assert response.status_code == 404
    assert "X-Frame-Options" not in response
    assert "What was shown here is not at this address." in plain(response)


def test_draft_is_not_shown(client):
    page = make_article("Draft", slug="draft", live=False)

    assert client.get(f"/embed/focus/{page.slug}/").status_code == 404


@pytest.mark.parametrize(("address", "queries"), list(zip(FRAMES, [5, 10, 8, 5], strict=True)))
def test_frame_asks_the_database_seldom(client, address, queries):
    client.get(address)

    with CaptureQueriesContext(connection) as asked:
        client.get(address)

    assert len(asked) <= queries, [query["sql"][:100] for query in asked]


def test_frame_and_component_count_a_visit_of_a_partner(client):
    client.get("/embed/focus/one-earth/?partner=uclg", headers=FRAMED)
    client.get("/api/v1/embeds/focus/one-earth?partner=uclg", headers=FETCHED)
    client.get("/embed/focus/one-earth/", headers=FRAMED)
    client.get("/embed/focus/one-earth/?partner=nobody", headers=FRAMED)
    client.get("/embed/focus/one-earth/?partner=uclg", headers={"User-Agent": "a bot"})
    client.get("/embed/focus/nothing/?partner=uclg", headers=FRAMED)
    client.head("/embed/focus/one-earth/?partner=uclg", headers=FRAMED)

    visits = EmbedVisit.objects.get()
    assert (visits.partner.slug, visits.kind, visits.address, visits.count) == (
        "uclg",
        "focus",
        "one-earth",
        2,
    )


@pytest.mark.parametrize("name", ["laurels.js", "time.js", "countdown.js", "laurels.css"])
def test_component_file_has_a_stable_address_and_may_be_loaded_anywhere(client, name):
    response = client.get(f"/embed/{name}")

    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    assert len(response.content) < 12_000
    again = client.get(f"/embed/{name}", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again["Access-Control-Allow-Origin"]) == (304, "*")


def test_component_loads_nothing_from_anywhere_else(client):
    source = client.get("/embed/laurels.js").content.decode()

    assert re.findall(r'from "([^"]+)"', source) == ["./countdown.js", "./time.js"]
    assert "cookie" not in source.replace("No cookie is set", "").lower()
    assert client.get("/embed/theme.js").status_code == 404


def oembed(client, path, **asked):
    return client.get("/oembed/", {"url": f"{SITE}{path}", **asked})


@pytest.mark.parametrize(
    ("path", "frame"),
    [
        ("/focus/one-earth/", "/embed/focus/one-earth/"),
        ("/ar/focus/one-earth/", "/ar/embed/focus/one-earth/"),
        ("/initiatives/2023-cape-town/", "/embed/city/2023-cape-town/"),
        ("/partners/metropolis/2023/", "/embed/campaign/2023/?partner=metropolis"),
        ("/vote/2023/", "/embed/countdown/2023/"),
    ],
)
def test_oembed_answers_for_a_page_as_its_specification_says(client, path, frame):
    said = json.loads(oembed(client, path).content)

    assert (said["type"], said["version"]) == ("rich", "1.0")
    assert {"title", "provider_name", "provider_url", "cache_age"} < set(said)
    assert f'src="{SITE}{escape(frame)}"' in said["html"]
    assert said["width"] == 600
    assert said["height"] > 200


def test_oembed_fits_what_was_asked_for_and_speaks_xml(client):
    asked = {"format": "xml", "maxwidth": "320", "maxheight": "200"}
    response = oembed(client, "/focus/one-earth/", **asked)

    root = ET.fromstring(response.content)  # noqa: S314 -- our own
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert (root.tag, root.findtext("width"), root.findtext("height")) == ("oembed", "320", "200")
    assert 'width="320" height="200"' in root.findtext("html")


@pytest.mark.parametrize(
    ("url", "status"),
    [
        (f"{SITE}/focus/nothing/", 404),
        (f"{SITE}/how-we-count/", 404),
        (f"{SITE}/vote/nothing/", 404),
        ("https://elsewhere.example/focus/one-earth/", 404),
        ("http://[", 404),
        ("", 404),
    ],
)
def test_oembed_answers_for_nothing_else(client, url, status):
    assert client.get("/oembed/", {"url": url}).status_code == status


def test_oembed_of_another_format_is_not_implemented(client):
    assert oembed(client, "/focus/one-earth/", format="yaml").status_code == 501


def test_page_tells_programs_where_its_embed_is(client):
    shown = plain(client.get("/focus/one-earth/"))

    kinds = re.findall(r'<link rel="alternate" type="([^"]+)" href="([^"]+)"', shown)
    assert [kind for kind, _url in kinds] == [
        "application/atom+xml",
        "application/json+oembed",
        "text/xml+oembed",
    ]
    for _kind, url in kinds:
        assert client.get(url.replace("&amp;", "&").replace(SITE, "")).status_code == 200


def test_line_is_made_on_the_server(client):
    asked = {"what": "focus/one-earth", "partner": "uclg", "lang": "ar", "look": "dark"}
    frame = client.get("/embed/", {**asked, "way": "frame"})
    component = client.get("/embed/", {**asked, "way": "component"})

    line = f'src="{SITE}/ar/embed/focus/one-earth/?partner=uclg&amp;look=dark"'
    assert escape(f"<iframe {line}") in frame.content.decode()
    assert "frame-src 'self'" in frame["Content-Security-Policy"]
    assert 'src="/ar/embed/focus/one-earth/?partner=uclg&amp;look=dark"' in frame.content.decode()
    made = component.content.decode()
    assert (
        '<laurels-embed show="focus/one-earth" partner="uclg" lang="ar" look="dark">'
        f'<a href="{SITE}/ar/focus/one-earth/">' in made
    )


def test_line_is_made_for_any_address_and_a_wrong_one_loses_nothing(client):
    asked = {"what": "countdown/2023", "way": "frame", "partner": "uclg"}
    good = client.get("/embed/", {**asked, "page": f"{SITE}/initiatives/2023-cape-town/"})
    wrong = client.get("/embed/", {**asked, "page": "https://elsewhere.example/"})

    assert "/embed/city/2023-cape-town/?partner=uclg" in good.content.decode()
    shown = plain(wrong)
    assert "Nothing can be shown of this address." in shown
    assert 'value="https://elsewhere.example/"' in shown
    assert '<option value="uclg" selected>' in shown
    assert "<iframe" not in shown


def test_form_offers_what_can_be_shown_now(client):
    shown = plain(client.get("/embed/"))

    for name in ("campaign/2023", "countdown/2023", "focus/one-earth", "city/2023-cape-town"):
        assert f'<option value="{name}"' in shown
