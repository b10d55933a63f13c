"""Cities, themes, tags and goals."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Schema

from laurels.library.models import City, Goal, InitiativePage, Theme, UrbanAgendaTag
from laurels.website.api.paging import Listed, PagingQuery, cut, places
from laurels.website.api.parameters import check_names, check_value
from laurels.website.api.refusals import Refusal, not_found
from laurels.website.api.shapes.initiatives import InitiativeRef, ref
from laurels.website.api.shapes.places import CityShape, GoalShape, Word, city, goal, word

router = Router(tags=["library"])


class Cities(Listed):
    results: list[CityShape]


class CityWhole(CityShape):
    """A city with its initiatives, the newest first."""

    initiatives: list[InitiativeRef]


class Words(Schema):
    results: list[Word]


class Goals(Schema):
    results: list[GoalShape]


@router.get(
    "/cities", response={200: Cities, 404: Refusal, 422: Refusal}, url_name="cities", by_alias=True
)
def cities(request: HttpRequest, paging: PagingQuery, country: str | None = None) -> Cities:
    """The cities that have a public initiative, by name."""
    check_names(request, ["country", "page", "per_page"])
    countries = [code for code, _name in City.objects.countries_in_the_library()]
    check_value("country", country, countries)
    found = City.objects.in_the_library().order_by("name", "country_code", "pk")
    if country is not None:
        found = found.filter(country_code=country)
    where = places(request, paging, found.count())
    return Cities(**where, results=[city(each) for each in cut(found, paging)])


@router.get("/cities/{slug:address}", response={200: CityWhole, 404: Refusal}, url_name="city")
def one_city(request: HttpRequest, address: str) -> CityWhole:
    """One city by its address; one that it had before its name was corrected leads here too."""
    found = City.objects.at(address)
    pages = (
        InitiativePage.objects.live()
        .public()
        .filter(city=found)
        .select_related("city", "edition")
        .order_by("-edition__year", "slug")
    )
    if found is None or not pages:
        raise not_found()
    initiatives = [ref(each) for each in pages]
    return CityWhole(**city(found).model_dump(), initiatives=initiatives)


@router.get("/themes", response=Words, url_name="themes")
def themes(request: HttpRequest) -> Words:
    """The themes that initiatives and FOCUS articles share."""
    return Words(results=[word(each) for each in Theme.objects.order_by("name", "slug")])


@router.get("/urban-agenda-tags", response=Words, url_name="urban_agenda_tags")
def urban_agenda_tags(request: HttpRequest) -> Words:
    """The commitments of the New Urban Agenda by which cases are tagged."""
    return Words(results=[word(each) for each in UrbanAgendaTag.objects.order_by("name", "slug")])


@router.get("/goals", response=Goals, url_name="goals")
def goals(request: HttpRequest) -> Goals:
    """The seventeen Sustainable Development Goals."""
    return Goals(results=[goal(each) for each in Goal.objects.order_by("number")])
