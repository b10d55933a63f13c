"""Initiatives: found as on the library's page, and each with all that is recorded."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema

from laurels.library.enums import FindOrder
from laurels.library.models import InitiativePage
from laurels.library.search import FACETS, LibraryQuestion, find
from laurels.website.api.paging import Listed, PagingQuery, places
from laurels.website.api.parameters import check_names
from laurels.website.api.refusals import Refusal, not_found, unknown_value
from laurels.website.api.shapes.initiatives import InitiativeRow, InitiativeShape, row, whole
from laurels.website.standing import told_editions

router = Router(tags=["library"])


class Asked(Schema):
    """The same filters as on the page; one given several times means "any of these"."""

    q: str = ""
    theme: list[str] = []
    goal: list[str] = []
    region: list[str] = []
    country: list[str] = []
    edition: list[str] = []
    outcome: list[str] = []
    size: list[str] = []
    language: list[str] = []
    sort: str = ""


class ChoiceShape(Schema):
    """A value that can be asked for now, and how many answer it."""

    value: str
    label: str
    count: int


class Initiatives(Listed):
    """`choices` are the values with an answer; `looked_for` are spellings beside yours."""

    looked_for: dict[str, list[str]]
    choices: dict[str, list[ChoiceShape]]
    results: list[InitiativeRow]


@router.get(
    "/initiatives",
    response={200: Initiatives, 404: Refusal, 422: Refusal},
    url_name="initiatives",
)
def initiatives(
    request: HttpRequest, asked: Annotated[Asked, Query()], paging: PagingQuery
) -> Initiatives:
    """Initiatives that answer a search, best first; without words the newest edition first."""
    check_names(request, ["q", *FACETS, "sort", "page", "per_page"])
    told = told_editions(request)
    found = find(
        LibraryQuestion.read(request.GET), told=told, page=paging.page, rows=paging.per_page
    )
    for field, _value in found.ignored:
        raise unknown_value(field, _allowed(field, told))
    pages = InitiativePage.objects.in_order(found.pks)
    return Initiatives(
        **places(request, paging, found.count),
        looked_for={each.typed: list(each.spellings) for each in found.respelt},
        choices={
            facet: [
                ChoiceShape(value=each.value, label=str(each.label), count=each.count)
                for each in choices
            ]
            for facet, choices in found.facets.items()
        },
        results=[row(each, is_told=each.edition_id in told) for each in pages],
    )


@router.get(
    "/initiatives/{slug:address}",
    response={200: InitiativeShape, 404: Refusal},
    url_name="initiative",
)
def one_initiative(request: HttpRequest, address: str) -> InitiativeShape:
    """One initiative by its address for life, with all that is recorded of it."""
    pages = InitiativePage.objects.live().public().with_everything()
    found = pages.filter(slug=address).first()
    if found is None:
        raise not_found()
    return whole(found, is_told=found.edition_id in told_editions(request))


def _allowed(field: str, told: set[int]) -> list[str]:
    """Return the values of a filter that have an answer."""
    if field == "sort":
        return list(FindOrder.values)
    return [choice.value for choice in find(LibraryQuestion(), told=told, rows=1).facets[field]]
