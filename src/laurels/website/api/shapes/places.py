"""Cities, themes and goals, and how they are written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ninja import Schema

from laurels.website.api.addresses import api_url

if TYPE_CHECKING:
    from laurels.library.models import City, Goal, Theme, UrbanAgendaTag


class Word(Schema):
    """A theme or a tag, by the part of the address that stays."""

    slug: str
    name: str
    description: str | None


class GoalShape(Schema):
    """A Sustainable Development Goal of the United Nations, 1 to 17."""

    number: int
    name: str


class CityShape(Schema):
    """A city, region or district. Coordinates are WGS 84 in degrees, null where not recorded."""

    address: str
    name: str
    local_name: str | None
    country: str
    country_code: str
    region: str | None
    latitude: float | None
    longitude: float | None
    api_url: str


class CityRef(Schema):
    """A city beside something else of it."""

    address: str
    name: str
    country: str
    country_code: str


def word(said: Theme | UrbanAgendaTag) -> Word:
    return Word(slug=said.slug, name=said.name, description=said.description or None)


def goal(said: Goal) -> GoalShape:
    return GoalShape(number=said.number, name=said.name)


def city(said: City) -> CityShape:
    return CityShape(
        address=said.slug,
        name=said.name,
        local_name=said.local_name or None,
        country=said.country,
        country_code=said.country_code,
        region=said.region.value if said.region else None,
        latitude=said.latitude,
        longitude=said.longitude,
        api_url=api_url("city", said.slug),
    )


def city_ref(said: City) -> CityRef:
    return CityRef(
        address=said.slug,
        name=said.name,
        country=said.country,
        country_code=said.country_code,
    )
