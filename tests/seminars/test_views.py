from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.seminars.models import Presentation, Room, Series
from tests.factories.editions import make_edition
from tests.factories.library import make_initiative, make_library
from tests.factories.seminars import STARTS_AT, make_seminar
from tests.html import plain

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _library():
    make_library()


@pytest.fixture
def clock_at(settings):
    """Let the sixth edition's award clock stand at an instant."""

    def stand(now):
        settings.DEMO_CLOCKS = {"edition-2023": now}

    return stand


def page_of(client, address="/seminars/"):
    response = client.get(address)
    assert response.status_code == 200
    return plain(response)


def test_list_shows_each_seminar_in_the_hosts_zone_and_in_utc(client):
    edition = make_edition(2023)
    seminar = make_seminar(edition, 1, title="Resilient for all", cities_complete=True)
    page = make_initiative(edition, "Cape Town")
    Presentation.objects.create(seminar=seminar, initiative=page, order=1)
    make_seminar(edition, 2, starts_at=STARTS_AT + timedelta(days=1))

    shown = page_of(client)

    assert "Resilient for all" in shown
    assert 'data-from="2023-11-06T12:30:00Z" data-to="2023-11-06T14:00:00Z"' in shown
    assert "20:30</time>" in shown
    assert '<a href="/initiatives/2023-cape-town/"><bdi>Cape Town</bdi></a>' in shown
    assert shown.count("Cities to be announced") == 1


def test_list_without_seminars_says_so(client):
    assert "No seminar has been announced yet." in page_of(client)


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        (STARTS_AT - timedelta(hours=1), "the big cities"),
        (STARTS_AT, "This seminar is under way."),
        (STARTS_AT + timedelta(hours=2), "This seminar is over."),
    ],
)
def test_seminar_says_where_it_stands_on_its_editions_clock(client, clock_at, now, sentence):
    clock_at(now)
    make_seminar(make_edition(2023))

    shown = page_of(client, "/seminars/2023/1/")

    states = ("This seminar is under way.", "This seminar is over.")
    assert [state in shown for state in states] == [sentence == state for state in states]
    is_over = sentence == "This seminar is over."
    row = "<span>Bogotá</span>"
    assert (row in shown) != is_over
    assert is_over or "Monday, 07:30</time>" in shown.partition(row)[2][:120]


def test_seminar_shows_its_cities_and_the_others_of_its_edition(client):
    edition = make_edition(2023)
    seminar = make_seminar(edition, 1, subtitle="responding to challenges")
    Presentation.objects.create(
        seminar=seminar,
        initiative=make_initiative(edition, "Cape Town", recorded_title="Food systems"),
        order=1,
    )
    make_seminar(edition, 2, title="Beyond smart city")
    make_seminar(make_edition(2021), 1, title="Of another edition")

    shown = page_of(client, "/seminars/2023/1/")

    assert "Responding to challenges" in shown
    assert "Food systems" in shown
    assert "Further cities are still to be announced." in shown
    assert "Beyond smart city" in shown
    assert "Of another edition" not in shown


@pytest.mark.parametrize("address", ["/seminars/2023/2/", "/seminars/2021/1/"])
def test_seminar_that_is_not_there_is_not_found(client, address):
    make_seminar(make_edition(2023))

    assert client.get(address).status_code == 404


def test_list_asks_as_much_of_the_database_for_three_seminars_as_for_one(client):
    edition = make_edition(2023)

    def add(number):
        seminar = make_seminar(edition, number)
        page = make_initiative(edition)
        Presentation.objects.create(seminar=seminar, initiative=page, order=1)

    def count_queries():
        with CaptureQueriesContext(connection) as queries:
            page_of(client)
        return len(queries)

    add(1)
    page_of(client)
    for_one = count_queries()
    add(2)
    add(3)

    assert count_queries() == for_one


def test_list_can_be_read_from_right_to_left(client):
    make_seminar(make_edition(2023))

    assert '<html lang="ar" dir="rtl">' in page_of(client, "/ar/seminars/")


def test_now_is_that_of_the_award_clock(client, clock_at):
    clock_at(datetime(2023, 11, 6, 13, tzinfo=UTC))
    make_seminar(make_edition(2023))

    assert 'class="state live"' in page_of(client)


def test_page_of_a_seminar_under_way_still_leads_to_a_registration(client, clock_at):
    make_seminar(make_edition(2023))
    clock_at(STARTS_AT + timedelta(minutes=5))

    shown = page_of(client, "/seminars/2023/1/")

    assert 'href="/seminars/2023/register/?seminar=1"' in shown
    assert "Who is registered comes in by the personal link in our letters." in shown


def test_page_of_a_past_seminar_holds_recording_slides_and_minutes(client, clock_at):
    seminar = make_seminar(make_edition(2023), recording_url="https://video.example/1")
    Room.objects.create(
        seminar=seminar, slides_url="https://slides.example/1", minutes="We decided."
    )
    address = "/seminars/2023/1/"
    early = page_of(client, address)
    clock_at(seminar.ends_at)

    shown = page_of(client, address)

    for link in ("https://video.example/1", "https://slides.example/1", f"{address}room/#minutes"):
        assert f'href="{link}"' in shown
        assert f'href="{link}"' not in early
    assert 'id="minutes"' in page_of(client, f"{address}room/")


def test_stage_shows_a_hall_where_to_ask(client, settings):
    settings.SITE_URL = "https://award.example"
    make_seminar(make_edition(2023))

    shown = page_of(client, "/seminars/2023/1/stage/")

    assert "<bdi>award.example/seminars/2023/1/room/</bdi>" in shown
    assert '<span aria-hidden="true"><svg' in shown


def test_list_names_a_series_with_its_subtitle(client):
    edition = make_edition(2023)
    make_seminar(edition)
    Series.objects.create(edition=edition, title="Cities speak", subtitle="Four evenings")

    shown = page_of(client)

    assert "Cities speak" in shown
    assert "Four evenings" in shown
