"""Editions with their calendars, seminars and partners."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ninja import Schema

from laurels.website.api.addresses import api_url, site_url
from laurels.website.api.shapes.initiatives import InitiativeRef, ref

if TYPE_CHECKING:
    from laurels.editions.models import Edition, Moment
    from laurels.partners.models import Campaign, Partner
    from laurels.seminars.models import Seminar
    from laurels.website.standing import Standing

COUNTS = (
    "initiatives_count", "valid_count", "cities_count", "valid_cities_count", "countries_count",
    "valid_countries_count", "first_time_countries_count", "deserving_count", "exemplary_count",
    "shortlisted_count",
)  # fmt: skip


class MomentShape(Schema):
    """A span of the calendar: first instant and first instant after it, no finer than recorded.

    Where a precision is `day` or `month`, only `opens_on` and `closes_on`, the days in `zone`,
    are known; the instants are then the bounds of those days.
    """

    kind: str
    opens_at: datetime | None
    opens_on: date | None
    opens_precision: str | None
    closes_at: datetime | None
    closes_on: date | None
    closes_precision: str | None
    zone: str
    recorded: str | None


class EditionRow(Schema):
    """An edition in a list. `phase` follows from its calendar and its clock."""

    year: int
    ordinal: int
    name: str
    host_city: str
    zone: str
    phase: str
    is_revealed: bool
    url: str
    api_url: str


class EditionShape(EditionRow):
    """Everything recorded of one edition; outcomes are null until it is revealed."""

    moments: list[MomentShape]
    counts: dict[str, int | None]
    winners_count: int | None
    topics: list[str]
    launch_place: str | None
    committee_place: str | None
    committee_size: int | None
    committee_chair: str | None
    jury_size: int | None
    jury_chair: str | None
    jury_place: str | None
    ceremony_place: str | None
    vote_name: str | None
    vote_api_url: str | None
    recorded_vote_total: int | None
    recorded_vote_winner: str | None
    guests_count: int | None
    note: str | None
    sources: list[str]
    shortlist: list[InitiativeRef]


class SeminarShape(Schema):
    """A seminar as announced. Who registered, and the way in, are nobody else's business."""

    edition: int
    number: int
    title: str
    subtitle: str | None
    starts_at: datetime
    ends_at: datetime
    zone: str
    state: str
    languages: list[str]
    interpretation: list[str]
    moderators: str | None
    cities_complete: bool
    initiatives: list[InitiativeRef]
    recording_url: str | None
    url: str
    api_url: str


class PartnerShape(Schema):
    """Who carries the award, in alphabetical order of `short_name`."""

    slug: str
    name: str
    short_name: str
    role: str | None
    city: str | None
    country: str | None
    url: str | None
    logo_url: str | None
    campaigns: list[str]


def moment(said: Moment) -> MomentShape:
    return MomentShape(
        kind=said.kind,
        opens_at=said.opens_at,
        opens_on=said.opens_on,
        opens_precision=said.opens_precision or None,
        closes_at=said.closes_at,
        closes_on=said.closes_on,
        closes_precision=said.closes_precision or None,
        zone=said.zone,
        recorded=said.recorded or None,
    )


def edition_row(standing: Standing) -> EditionRow:
    return EditionRow(**_edition_named(standing))


def edition_whole(standing: Standing, shortlist: list[Any]) -> EditionShape:
    said = standing.edition
    return EditionShape(
        **_edition_named(standing),
        moments=[moment(each) for each in said.moments.all()],
        counts={name.removesuffix("_count"): getattr(said, name) for name in COUNTS},
        topics=[str(topic) for topic in said.topics],
        launch_place=said.launch_place or None,
        committee_place=said.committee_place or None,
        committee_size=said.committee_size,
        committee_chair=said.committee_chair or None,
        jury_size=said.jury_size,
        jury_chair=said.jury_chair or None,
        jury_place=said.jury_place or None,
        ceremony_place=said.ceremony_place or None,
        vote_name=said.vote_name or None,
        vote_api_url=api_url("vote", said.year) if standing.election else None,
        **_edition_outcome(said, is_told=standing.is_revealed),
        shortlist=[ref(each) for each in shortlist],
    )


def seminar(said: Seminar) -> SeminarShape:
    """Return a seminar that has its `state`, with edition and presentations at hand."""
    return SeminarShape(
        edition=said.edition.year,
        number=said.number,
        title=said.title,
        subtitle=said.subtitle or None,
        starts_at=said.starts_at,
        ends_at=said.ends_at,
        zone=said.timezone,
        state=said.state.value,
        languages=list(said.languages),
        interpretation=list(said.interpretation),
        moderators=said.announced_moderators or None,
        cities_complete=said.cities_complete,
        initiatives=[ref(each.initiative) for each in said.presentations.all()],
        recording_url=said.recording_url or None,
        url=site_url(said.get_absolute_url()),
        api_url=api_url("seminar", said.edition.year, said.number),
    )


def partner(said: Partner, campaigns: list[Campaign]) -> PartnerShape:
    return PartnerShape(
        slug=said.slug,
        name=said.name,
        short_name=said.short_name,
        role=said.role or None,
        city=said.city or None,
        country=said.country or None,
        url=said.url or None,
        logo_url=site_url(said.logo.file.url) if said.logo else None,
        campaigns=[site_url(each.get_absolute_url()) for each in campaigns],
    )


def _edition_named(standing: Standing) -> dict[str, Any]:
    said = standing.edition
    return {
        "year": said.year,
        "ordinal": said.ordinal,
        "name": said.name,
        "host_city": said.host_city,
        "zone": said.host_timezone,
        "phase": standing.phase.value,
        "is_revealed": standing.is_revealed,
        "url": site_url(f"/editions/{said.year}/"),
        "api_url": api_url("edition", said.year),
    }


def _edition_outcome(said: Edition, *, is_told: bool) -> dict[str, Any]:
    if not is_told:
        nothing = ("winners_count", "recorded_vote_total", "recorded_vote_winner", "guests_count")
        return {**dict.fromkeys([*nothing, "note"]), "sources": []}
    return {
        "winners_count": said.winners_count,
        "recorded_vote_total": said.vote_total,
        "recorded_vote_winner": said.vote_winner or None,
        "guests_count": said.guests_count,
        "note": said.note or None,
        "sources": [str(source) for source in said.sources],
    }
