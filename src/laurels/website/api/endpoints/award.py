"""Editions, their votes, seminars and partners."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest
from ninja import Router, Schema

from laurels.editions.models import Edition
from laurels.library.models import InitiativePage
from laurels.partners.models import Campaign, Partner
from laurels.seminars.models import Seminar
from laurels.seminars.rules import with_states
from laurels.website.api.paging import Listed, PagingQuery, cut, places
from laurels.website.api.parameters import check_names, check_value
from laurels.website.api.refusals import Refusal, not_found
from laurels.website.api.shapes.award import (
    EditionRow,
    EditionShape,
    PartnerShape,
    SeminarShape,
    edition_row,
    edition_whole,
    partner,
    seminar,
)
from laurels.website.api.shapes.vote import VoteShape, vote
from laurels.website.standing import Standing, standing_of, standings_of

router = Router(tags=["award"])


class Editions(Schema):
    results: list[EditionRow]


class Seminars(Listed):
    results: list[SeminarShape]


class Partners(Schema):
    results: list[PartnerShape]


@router.get("/editions", response=Editions, url_name="editions")
def editions(request: HttpRequest) -> Editions:
    """All editions, the newest first."""
    found = standings_of(list(Edition.objects.for_the_list()))
    return Editions(results=[edition_row(each) for each in found])


@router.get("/editions/{int:year}", response={200: EditionShape, 404: Refusal}, url_name="edition")
def one_edition(request: HttpRequest, year: int) -> EditionShape:
    """One edition with its calendar and its shortlist, once that is announced."""
    standing = _standing(year)
    shortlist = InitiativePage.objects.shortlisted_in(standing.edition)
    return edition_whole(standing, list(shortlist.select_related("city", "edition")))


@router.get("/editions/{int:year}/vote", response={200: VoteShape, 404: Refusal}, url_name="vote")
def the_vote(request: HttpRequest, year: int) -> VoteShape:
    """The public vote of an edition: what was received, and the result once it is told."""
    standing = _standing(year)
    if standing.election is None:
        raise not_found()
    return vote(standing, standing.election)


@router.get("/seminars", response={200: Seminars, 404: Refusal, 422: Refusal}, url_name="seminars")
def seminars(request: HttpRequest, paging: PagingQuery, edition: int | None = None) -> Seminars:
    """The seminars, the newest edition first, then as they come."""
    check_names(request, ["edition", "page", "per_page"])
    years = list(Edition.objects.newest_first().values_list("year", flat=True))
    check_value("edition", edition, years)
    found = Seminar.objects.for_the_list()
    if edition is not None:
        found = found.filter(edition__year=edition)
    where = places(request, paging, found.count())
    rows = groupby(cut(found, paging), key=lambda each: each.edition)
    shown = [each for of, group in rows for each in with_states(group, standing_of(of).now)]
    return Seminars(**where, results=[seminar(each) for each in shown])


@router.get(
    "/seminars/{int:year}/{int:number}",
    response={200: SeminarShape, 404: Refusal},
    url_name="seminar",
)
def one_seminar(request: HttpRequest, year: int, number: int) -> SeminarShape:
    """One seminar by the year of its edition and its number."""
    found = Seminar.objects.with_cities().filter(edition__year=year, number=number).first()
    if found is None:
        raise not_found()
    return seminar(with_states([found], standing_of(found.edition).now)[0])


@router.get("/partners", response=Partners, url_name="partners")
def partners(request: HttpRequest) -> Partners:
    """Who carries the award, in alphabetical order."""
    campaigns = list(Campaign.objects.newest_first())
    shown = [
        partner(each, [one for one in campaigns if one.partner_id == each.pk])
        for each in Partner.objects.alphabetical()
    ]
    return Partners(results=shown)


def _standing(year: int) -> Standing:
    edition = Edition.objects.with_calendar().filter(year=year).first()
    if edition is None:
        raise not_found()
    return standing_of(edition)
