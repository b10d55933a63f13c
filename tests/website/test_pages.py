"""Home, editions, shortlist and how we count, in every phase of the vote."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.views.defaults import server_error

from laurels.editions.enums import MomentKind
from laurels.editions.models import AwardTotals
from laurels.library.enums import HonourKind
from laurels.library.models import City
from laurels.results.models import Reveal
from tests.factories.ballotbox import make_poll
from tests.factories.editions import make_edition, make_moment
from tests.factories.focus import make_article
from tests.factories.library import make_honour, make_initiative, make_library
from tests.factories.seminars import make_seminar

pytestmark = pytest.mark.django_db

OPENS_AT = datetime(2023, 10, 31, 16, tzinfo=UTC)
CLOSES_AT = datetime(2023, 11, 30, 16, tzinfo=UTC)
CEREMONY_AT = datetime(2023, 12, 6, 16, tzinfo=UTC)
UNDER_WAY = datetime(2023, 11, 5, 9, tzinfo=UTC)
BALLOT = 'class="btn main" href="/vote/2023/"'
RESULT = 'class="btn main" href="/results/2023/"'


@pytest.fixture
def edition():
    make_library()
    edition = make_edition(2023, ordinal=6, ceremony_place="the Congress Center")
    make_moment(edition, MomentKind.CALL, OPENS_AT - timedelta(days=250), OPENS_AT - timedelta(60))
    make_moment(edition, MomentKind.SHORTLIST, OPENS_AT - timedelta(days=40))
    make_moment(edition, MomentKind.VOTE, OPENS_AT, CLOSES_AT)
    make_moment(edition, MomentKind.CEREMONY, CEREMONY_AT, CEREMONY_AT + timedelta(days=1))
    for name, latitude, longitude in (("Quito", -0.2, -78.5), ("Cape Town", -33.9, 18.4)):
        page = make_initiative(edition, name, recorded_title=f"What {name} did")
        City.objects.filter(pk=page.city_id).update(latitude=latitude, longitude=longitude)
    return edition


@pytest.fixture
def poll(edition):
    return make_poll(
        django_settings.KEYS,
        now=UNDER_WAY,
        slug="2023",
        opens_at=OPENS_AT,
        closes_at=CLOSES_AT,
        edition=edition,
        clock_name=edition.clock_name,
    )


@pytest.fixture
def shown_at(client, settings):
    def show(address, now=UNDER_WAY):
        settings.DEMO_CLOCKS = {"edition-2023": now}
        response = client.get(address)
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    return show


@pytest.mark.parametrize(
    ("now", "headline", "call"),
    [
        (OPENS_AT - timedelta(days=1), "Soon you choose.", "/editions/2023/shortlist/"),
        (OPENS_AT, "Choose the ones you would bring home.", "/vote/2023/"),
        (CLOSES_AT - timedelta(seconds=1), "Choose the ones", "/vote/2023/"),
        (CLOSES_AT + timedelta(hours=1), "Nobody knows the result yet.", "/vote/2023/receipt/"),
        (CEREMONY_AT, "Nobody knows the result yet.", "/vote/2023/receipt/"),
    ],
)
def test_home_says_what_can_be_done_now(poll, shown_at, now, headline, call):
    shown = shown_at("/", now)

    assert headline in shown
    assert f'class="btn main" href="{call}"' in shown
    assert shown.count('class="btn main"') == 1


def test_home_leads_to_the_result_once_it_is_told(poll, shown_at):
    Reveal.objects.create(election=poll.election, revealed_at=CEREMONY_AT)

    shown = shown_at("/", CEREMONY_AT + timedelta(hours=1))

    assert RESULT in shown
    assert "The world has chosen." in shown


def test_home_without_a_vote_calls_to_none(edition, shown_at):
    shown = shown_at("/")

    assert "/vote/" not in shown
    assert "/results/" not in shown


def test_home_lists_cities_by_name_and_the_horizon_from_west_to_east(poll, shown_at):
    shown = shown_at("/")

    horizon = shown[shown.index('class="horizon"') : shown.index('class="wrap small muted cap"')]
    entries = shown[shown.index('class="trio wide"') :]
    assert horizon.index("Quito") < horizon.index("Cape Town")
    assert entries.index("Cape Town") < entries.index("Quito")


def test_home_of_an_award_without_editions_says_so(client):
    make_library()

    shown = client.get("/").content.decode()

    assert "No edition has been entered yet." in shown
    assert "Seminars</a>" not in shown


def test_home_shows_seminars_that_are_not_over(poll, edition, shown_at):
    make_seminar(edition, 1, title="The first evening")

    assert "The first evening" in shown_at("/")
    assert "The first evening" not in shown_at("/", UNDER_WAY + timedelta(days=10))


@pytest.mark.parametrize("address", ["/", "/editions/2023/", "/editions/2023/shortlist/"])
@pytest.mark.parametrize("now", [UNDER_WAY, CLOSES_AT + timedelta(days=1)])
def test_no_page_tells_an_outcome_before_its_reveal(poll, edition, shown_at, address, now):
    make_honour(edition.initiatives.get(city__name="Quito"), HonourKind.CITY_OF_YOUR_CHOICE)
    winners = [line for line in shown_at(address, now).split("<em") if "won" in line.split(">")[0]]

    assert winners == []


def test_shortlist_is_alphabetical_and_calls_to_vote_while_it_can(poll, shown_at):
    during = shown_at("/editions/2023/shortlist/")
    after = shown_at("/editions/2023/shortlist/", CLOSES_AT)

    assert during.index("What Cape Town did") < during.index("What Quito did")
    assert BALLOT in during
    assert BALLOT not in after


def test_shortlist_map_links_each_city_in_the_page_itself(poll, shown_at):
    shown = shown_at("/editions/2023/shortlist/")

    assert 'href="/initiatives/2023-quito/" aria-label="Quito, South Africa"' in shown


def test_shortlist_that_is_not_known_is_not_found(client):
    make_library()
    make_edition(2026)

    assert client.get("/editions/2026/shortlist/").status_code == 404
    assert client.get("/editions/1999/").status_code == 404


def test_edition_says_what_is_not_recorded(shown_at):
    make_library()
    make_edition(2012)

    shown = shown_at("/editions/2012/")

    assert "The shortlist of this edition is not recorded." in shown
    assert shown.count("Dates not recorded.") == 5
    assert "None" not in shown


def test_edition_list_tells_the_award_in_figures(edition, shown_at):
    AwardTotals.objects.create(initiatives_count=1635, cities_count=653, countries_count=101)

    shown = shown_at("/editions/")

    assert "1 635 initiatives from 653 cities in 101 countries" in shown
    assert 'href="/editions/2023/"' in shown


def test_how_we_count_gives_the_command_with_the_real_addresses(poll, shown_at, settings):
    shown = shown_at("/how-we-count/")

    election = poll.election
    command = f"ballotlog recount {settings.BOX_URL}/logs/2023 --manifest-hash"
    assert f"{command} {election.manifest_hash}" in shown
    assert "At least one and at most three of" in shown
    assert shown.count("<h3>") == 10


def test_how_we_count_without_a_vote_says_when_there_will_be_one(edition, shown_at):
    shown = shown_at("/how-we-count/")

    assert "No vote has been published yet." in shown
    assert "ballotlog recount" not in shown


@pytest.mark.parametrize(
    ("address", "expected"),
    [("/", 21), ("/editions/", 9), ("/editions/2023/", 23), ("/editions/2023/shortlist/", 15)],
)
@pytest.mark.parametrize("more", [1, 3])
def test_pages_take_as_many_queries_however_long(
    client, settings, poll, edition, address, expected, more
):
    settings.DEMO_CLOCKS = {"edition-2023": UNDER_WAY}
    client.get(address)
    for number in range(more):
        make_initiative(edition, f"City {number}")
        make_seminar(edition, number + 1, title=f"Evening {number}")
        make_edition(2001 + number)
        make_article(f"Article {number}")

    with CaptureQueriesContext(connection) as queries:
        client.get(address)

    assert len(queries) == expected


def test_every_page_has_what_sharing_needs(poll, shown_at):
    for address in ("/", "/editions/", "/editions/2023/", "/initiatives/", "/how-we-count/"):
        shown = shown_at(address)

        assert f'<link rel="canonical" href="http://127.0.0.1:8000{address}">' in shown
        assert '<meta property="og:title" content="' in shown
        assert '<meta property="og:description" content="' in shown


def test_language_menu_leads_to_the_same_page_in_each_language(poll, shown_at):
    shown = shown_at("/ar/editions/2023/")

    assert '<html lang="ar" dir="rtl">' in shown
    for code in ("zh-hans", "es", "fr", "ru"):
        assert f'href="/{code}/editions/2023/" lang="{code}"' in shown
    assert 'href="/editions/2023/" lang="en"' in shown


def test_an_address_without_a_page_shows_ways_on(client):
    make_library()

    response = client.get("/fr/no/such/page/")
    shown = " ".join(response.content.decode().split())

    assert response.status_code == 404
    assert "pas de page à cette adresse" in shown
    assert 'href="/fr/initiatives/"' in shown


def test_a_failure_is_told_with_no_help_from_the_site(rf):
    response = server_error(rf.get("/"))

    assert response.status_code == 500
    assert b"Something failed on our side" in response.content
