"""The map of a search."""

from __future__ import annotations

import re

import pytest

from laurels.design.clusters import Window
from laurels.library.models import City
from tests.factories.editions import make_edition
from tests.factories.library import make_initiative, make_library

pytestmark = pytest.mark.django_db

MAP = "/initiatives/map/"


@pytest.fixture(autouse=True)
def _library():
    make_library()


@pytest.fixture
def edition():
    return make_edition(2023, ordinal=6)


def put(name, latitude, longitude):
    City.objects.filter(name=name).update(latitude=latitude, longitude=longitude)


def marks(client, query=""):
    return [
        (mark.name, mark.case_count) for mark in client.get(f"{MAP}?{query}").context["atlas"].marks
    ]


def follow(client, answer, name):
    url = next(mark.url for mark in answer.context["atlas"].marks if mark.name.startswith(name))
    return client.get(url)


def test_map_leads_with_one_click_to_a_case_that_stands_alone(client, edition):
    make_initiative(edition, "Cape Town")
    put("Cape Town", -33.92, 18.42)

    answer = client.get(MAP)

    assert [mark.url for mark in answer.context["atlas"].marks] == ["/initiatives/2023-cape-town/"]
    assert 'aria-label="Cape Town, South Africa: 1 initiative"' in answer.content.decode()


def test_map_gathers_what_is_close_and_parts_it_when_followed(client, edition):
    for city, latitude, longitude in (
        ("Cape Town", -33.92, 18.42),
        ("Durban", -29.86, 31.02),
        ("Vienna", 48.2, 16.37),
    ):
        make_initiative(edition, city)
        put(city, latitude, longitude)
    world = client.get(MAP)

    closer = follow(client, world, "Cape Town")

    assert marks(client) == [
        ("Cape Town and 1 more place", 2),
        ("Vienna, South Africa", 1),
    ]
    assert [mark.name for mark in closer.context["atlas"].marks] == [
        "Cape Town, South Africa",
        "Durban, South Africa",
    ]
    assert closer.context["atlas"].world == MAP


def test_map_lists_all_cases_of_one_place(client, edition):
    make_initiative(edition, "Cape Town", recorded_title="Food gardens")
    make_initiative(make_edition(2021, ordinal=5), "Cape Town", recorded_title="Safe walks")
    put("Cape Town", -33.92, 18.42)

    opened = follow(client, client.get(MAP), "Cape Town")

    text = opened.content.decode()
    assert [page.recorded_title for page in opened.context["here"]] == [
        "Food gardens",
        "Safe walks",
    ]
    assert 'id="here"' in text
    assert "Food gardens" in text


def test_map_names_those_without_a_recorded_place(client, edition):
    make_initiative(edition, "Cape Town")
    make_initiative(edition, "Durban")
    put("Cape Town", -33.92, 18.42)

    answer = client.get(MAP)

    assert [page.city.name for page in answer.context["unplaced"]] == ["Durban"]
    assert "1 has no recorded place" in " ".join(answer.content.decode().split())


def test_map_answers_the_same_question_as_the_list_and_keeps_it_in_its_links(client, edition):
    for city in ("Cape Town", "Durban"):
        make_initiative(edition, city, recorded_title="Safe walks")
        put(city, -33.92, 18.42)
    make_initiative(make_edition(2021, ordinal=5), "Durban")

    answer = client.get(f"{MAP}?edition=2023&window=500,350,60")

    atlas = answer.context["atlas"]
    links = [*(mark.url for mark in atlas.marks), atlas.world, atlas.wider]
    assert answer.context["found"].count == 2
    assert all("edition=2023" in link for link in links)
    assert len(marks(client, "q=durban")) == 1


def test_map_shows_nothing_that_is_not_public(client, edition):
    draft = make_initiative(edition, "Cape Town")
    put("Cape Town", -33.92, 18.42)
    draft.unpublish()

    assert marks(client) == []


@pytest.mark.parametrize(
    "query", ["window=x", "window=nan,1,2", "place=nowhere", "place=%00", "q=%00"]
)
def test_map_takes_nonsense_for_the_whole_world(client, edition, query):
    make_initiative(edition, "Cape Town")

    assert client.get(f"{MAP}?{query}").status_code == 200


def test_map_of_a_full_library_stays_light_and_asks_a_fixed_number_of_questions(
    client, edition, django_assert_num_queries
):
    for number in range(1, 41):
        make_initiative(edition, f"City {number}")
        put(f"City {number}", -60 + number * 3, -170 + number * 37 % 340)
    client.get(MAP)

    with django_assert_num_queries(18):
        full = client.get(MAP)

    assert len(full.content) < 40_000
    assert len(re.findall("class=hit", full.content.decode())) == len(full.context["atlas"].marks)


def test_map_draws_the_land_as_a_picture_under_a_closer_window(client, edition):
    assert "coast" not in client.get(MAP).content.decode()
    assert (
        "maps/coast.svg"
        in client.get(f"{MAP}?window=500,200,{Window().width / 2}").content.decode()
    )
