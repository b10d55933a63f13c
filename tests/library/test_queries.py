from __future__ import annotations

import pytest

from laurels.library.enums import HonourKind, Stage
from laurels.library.models import City, Goal, InitiativePage
from tests.factories.editions import make_edition
from tests.factories.library import make_city, make_honour, make_initiative, make_theme

pytestmark = pytest.mark.django_db

CITIES = ["Antalya", "Bogotá", "Cape Town"]


def addresses(pages):
    return [page.slug for page in pages]


@pytest.mark.parametrize("count", [1, 3])
def test_library_takes_five_queries_however_long_it_is(django_assert_num_queries, count):
    edition = make_edition()
    for city in CITIES[:count]:
        page = make_initiative(edition, city)
        page.themes = [make_theme()]
        page.goals = [Goal.objects.get_or_create(number=2)[0]]
        page.save()
        make_honour(page)

    with django_assert_num_queries(5):
        found = [
            (
                page.city.name,
                page.edition.year,
                [theme.slug for theme in page.themes.all()],
                [goal.number for goal in page.goals.all()],
                [honour.kind for honour in page.honours.all()],
            )
            for page in InitiativePage.objects.for_the_library()
        ]

    assert found == [(city, 2023, ["food"], [2], ["winner"]) for city in CITIES[:count]]


def test_library_shows_the_newest_edition_first_then_by_city():
    older, newer = make_edition(2021), make_edition(2023)
    make_initiative(older, "Antalya")
    make_initiative(newer, "Durban")
    make_initiative(newer, "Cape Town")
    hidden = make_initiative(newer, "Atlantis")
    hidden.unpublish()

    found = addresses(InitiativePage.objects.for_the_library())

    assert found == ["2023-cape-town", "2023-durban", "2021-antalya"]


def test_shortlist_of_an_edition_is_by_city_and_holds_no_other_stage():
    edition = make_edition(2023)
    make_initiative(edition, "Durban")
    make_initiative(edition, "Cape Town")
    make_initiative(edition, "Cape Town", stage=Stage.DESERVING)
    make_initiative(make_edition(2021), "Antalya")

    shortlisted = InitiativePage.objects.shortlisted_in(edition)
    deserving = InitiativePage.objects.deserving_in(edition)

    assert addresses(shortlisted) == ["2023-cape-town", "2023-durban"]
    assert addresses(deserving) == ["2023-cape-town-2"]


def test_initiatives_are_found_by_theme_goal_city_and_honour():
    edition = make_edition(2023)
    page = make_initiative(edition, "Cape Town")
    page.themes = [make_theme("food")]
    page.goals = [Goal.objects.create(number=2)]
    page.save()
    make_honour(page)
    make_initiative(edition, "Durban")
    every = InitiativePage.objects.by_city()

    assert addresses(every.about(make_theme("food"))) == ["2023-cape-town"]
    assert addresses(every.about(make_theme("health"))) == []
    assert addresses(every.towards(Goal(number=2))) == ["2023-cape-town"]
    assert addresses(every.from_city(make_city("Durban"))) == ["2023-durban"]
    assert addresses(every.honoured_as(HonourKind.WINNER)) == ["2023-cape-town"]
    assert addresses(every.honoured_in(edition)) == ["2023-cape-town"]


def test_beside_an_initiative_are_those_of_its_city():
    newer, older = make_edition(2023), make_edition(2021)
    page = make_initiative(newer, "Cape Town")
    make_initiative(newer, "Durban")
    make_initiative(older, "Cape Town")
    make_initiative(newer, "Cape Town")

    found = addresses(InitiativePage.objects.beside(page))

    assert found == ["2023-cape-town-2", "2021-cape-town"]


def test_cities_in_the_library_have_a_public_initiative():
    make_city("Atlantis")
    make_initiative(make_edition(), "Durban")

    assert [city.name for city in City.objects.in_the_library()] == ["Durban"]
    assert [city.name for city in City.objects.known_as("atlantis")] == ["Atlantis"]
