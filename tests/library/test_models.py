from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from laurels.library.enums import HonourKind, Licence, Region, Stage
from laurels.library.models import (
    CHAPTERS,
    City,
    FormerCityAddress,
    Goal,
    Honour,
    InitiativePage,
)
from laurels.library.regions import countries_of
from tests.factories.editions import make_edition
from tests.factories.library import (
    make_city,
    make_full_case,
    make_honour,
    make_initiative,
    make_library,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("city_has_both_coordinates_or_none", {"latitude": 1.0}),
        ("city_lies_on_earth", {"latitude": 95.0, "longitude": 0.0}),
        ("city_lies_on_earth", {"latitude": 0.0, "longitude": 181.0}),
    ],
)
def test_city_refuses_what_cannot_be(constraint, fields):
    with pytest.raises(IntegrityError, match=constraint):
        City.objects.create(name="Nowhere", country="Utopia", country_code="XX", **fields)


def test_city_is_one_per_name_and_country():
    make_city()

    with pytest.raises(IntegrityError, match="city_is_one_per_name_and_country"):
        City.objects.create(name="Cape Town", country="South Africa", country_code="ZA")


def test_city_knows_whether_it_can_stand_on_a_map():
    city = make_city()

    assert not city.has_coordinates
    assert City(latitude=0.0, longitude=0.0).has_coordinates
    assert str(city) == "Cape Town, South Africa"


@pytest.mark.parametrize(
    ("code", "region"),
    [
        ("ZA", Region.AFRICA),
        ("CN", Region.ASIA),
        ("TR", Region.ASIA),
        ("MX", Region.LATIN_AMERICA),
        ("US", Region.NORTHERN_AMERICA),
        ("NZ", Region.OCEANIA),
        ("RU", Region.EUROPE),
        ("AQ", None),
    ],
)
def test_city_lies_in_a_region_of_the_world(code, region):
    assert City(country_code=code).region == region


def test_every_country_lies_in_one_region():
    codes = [code for region in Region for code in countries_of(region)]

    assert len(codes) == len(set(codes)) == 249
    assert countries_of("atlantis") == ()


def test_city_gets_an_address_that_no_other_has_or_had():
    first = make_city("Córdoba", "Spain", "ES")
    FormerCityAddress.objects.create(slug="es-leon", city=first)

    second = City.objects.create(name="Cordoba", country="Spain", country_code="ES")
    third = City.objects.create(name="León", country="Spain", country_code="ES")

    assert [first.slug, second.slug, third.slug] == ["es-cordoba", "es-cordoba-2", "es-leon-2"]
    assert City.objects.at("es-leon") == first
    assert City.objects.at("es-leon-2") == third
    assert City.objects.at("es-madrid") is None


def test_full_case_keeps_everything_as_given():
    page = make_full_case(make_edition(2023))

    kept = InitiativePage.objects.get(pk=page.pk)

    assert [str(one) for one in kept.basic_data.all()] == [
        "Population size: 4,800,000",
        "Population density (people/sq. km): 1.638",
        "Main source of prosperity: Services",
        "Surface area (sq. km): 2,461",
    ]
    assert [str(one) for one in kept.figures.all()] == ["Meals a day: 310,000 meals"]
    assert [str(one) for one in kept.contacts.all()] == ["Nomsa Dlamini"]
    assert [str(tag) for tag in kept.urban_agenda_tags.all()] == ["Food security"]
    assert all(getattr(kept, chapter) for chapter in CHAPTERS)
    assert (kept.text_language, kept.licence) == ("en", Licence.CC_BY)


@pytest.mark.parametrize("language", ["EN", "english", "e", "zh_hans", "en\n"])
def test_language_of_the_text_is_a_code(language):
    page = make_initiative(make_edition())
    page.text_language = language

    with pytest.raises(ValidationError, match="ISO 639-1"):
        page.full_clean()


def test_goal_is_one_of_seventeen_and_named():
    assert str(Goal(number=11)) == "11 Sustainable cities and communities"

    with pytest.raises(IntegrityError, match="goal_is_one_of_seventeen"):
        Goal.objects.create(number=18)


def test_initiative_gets_its_address_from_year_and_city():
    edition = make_edition(2023)

    first = make_initiative(edition, recorded_title="Food systems")
    second = make_initiative(edition, recorded_title="Bins")

    assert [first.address, second.address] == ["2023-cape-town", "2023-cape-town-2"]
    assert first.get_url() == "/initiatives/2023-cape-town/"


def test_initiative_keeps_its_address_for_life():
    page = make_initiative(make_edition(2023))
    page.slug = "a-better-address"

    with pytest.raises(ValidationError, match="keeps its address for life: 2023-cape-town"):
        page.save()

    assert InitiativePage.objects.get().slug == "2023-cape-town"


def test_initiative_keeps_its_address_when_city_and_title_change():
    page = make_initiative(make_edition(2023))
    page.city, page.title, page.recorded_title = make_city("Durban"), "Durban", "Another"

    page.save()

    assert InitiativePage.objects.get().slug == "2023-cape-town"


def test_initiative_without_a_title_says_so():
    edition = make_edition()
    untitled = make_initiative(edition, recorded_title="")
    titled = make_initiative(edition, recorded_title="Food")

    assert untitled.recorded_title is None
    assert [untitled.display_title, titled.display_title] == ["Title not recorded", "Food"]


def test_initiative_title_is_not_recorded_or_not_empty():
    page = make_initiative(make_edition())

    with pytest.raises(IntegrityError, match="title_is_not_recorded_or_not_empty"):
        InitiativePage.objects.filter(pk=page.pk).update(recorded_title="")


def test_honour_of_a_kind_is_one_per_initiative():
    honour = make_honour(make_initiative(make_edition()))

    with (
        pytest.raises(IntegrityError, match="honour_of_a_kind_is_one_per_initiative"),
        transaction.atomic(),
    ):
        make_honour(honour.initiative)
    make_honour(honour.initiative, HonourKind.CITY_OF_YOUR_CHOICE)

    assert Honour.objects.count() == 2


def test_pages_hand_their_lists_to_their_templates(rf):
    edition = make_edition()
    page = make_initiative(edition)
    other = make_initiative(edition)
    library = make_library()
    request = rf.get("/")

    assert list(library.get_context(request)["initiatives"]) == [page, other]
    assert list(page.get_context(request)["beside"]) == [other]


def test_initiative_is_entered_until_more_is_known():
    assert InitiativePage().stage == Stage.ENTERED
