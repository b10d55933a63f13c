"""Initiatives with all that is recorded of them; outcomes only where they may be told."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from ninja import Schema

from laurels.library import pictures
from laurels.library.enums import Licence
from laurels.library.models import CHAPTERS
from laurels.website.api.addresses import api_url, site_url
from laurels.website.api.shapes.places import (
    CityRef,
    CityShape,
    GoalShape,
    Word,
    city,
    city_ref,
    goal,
    word,
)

if TYPE_CHECKING:
    from laurels.library.models import InitiativePage


class InitiativeRef(Schema):
    """An initiative beside something else: its address for life and what it is called."""

    address: str
    city: CityRef
    title: str | None
    edition: int
    url: str
    api_url: str


class InitiativeRow(InitiativeRef):
    """An initiative in a list. `honours` are empty until the edition is revealed."""

    stage: str
    summary: str | None
    themes: list[str]
    goals: list[int]
    honours: list[str]
    cover_url: str
    published_at: datetime | None


class Datum(Schema):
    """One of the seven basic data of the city, as given and never corrected."""

    kind: str
    label: str
    value: str
    year: int | None
    source: str | None


class Figure(Schema):
    """A figure of what came of it, as given."""

    label: str
    value: str
    unit: str | None
    year: int | None
    source: str | None


class Chapters(Schema):
    """The case in plain text, a blank line between paragraphs; null where nothing is recorded."""

    problem: str | None
    what_was_done: str | None
    by_whom: str | None
    cost_and_funding: str | None
    results: str | None
    what_failed: str | None
    what_another_city_needs: str | None


class LicenceShape(Schema):
    """What others may do with the text: an SPDX identifier, or `reserved`."""

    code: str
    name: str
    url: str | None


class Picture(Schema):
    url: str
    caption: str | None
    credit: str


class DocumentShape(Schema):
    title: str
    url: str


class InitiativeShape(Schema):
    """Everything recorded of one initiative; null is "not recorded"."""

    address: str
    url: str
    api_url: str
    city: CityShape
    edition: int
    stage: str
    title: str | None
    title_note: str | None
    summary: str | None
    language: str
    chapters: Chapters
    figures: list[Figure]
    basic_data: list[Datum]
    population: int | None
    population_note: str | None
    presentation_group: str | None
    themes: list[Word]
    goals: list[GoalShape]
    goals_note: str | None
    urban_agenda_tags: list[Word]
    honours: list[str]
    public_votes: int | None
    public_votes_note: str | None
    note: str | None
    sources: list[str]
    pictures: list[Picture]
    documents: list[DocumentShape]
    cover_url: str
    licence: LicenceShape
    published_at: datetime | None


def ref(said: InitiativePage) -> InitiativeRef:
    return InitiativeRef(**_named(said))


def row(said: InitiativePage, *, is_told: bool) -> InitiativeRow:
    """Return a list's row; the page has city, edition, themes, goals and honours at hand."""
    return InitiativeRow(
        **_named(said),
        stage=said.stage,
        summary=said.summary or None,
        themes=sorted(theme.slug for theme in said.themes.all()),
        goals=sorted(each.number for each in said.goals.all()),
        honours=_honours(said, is_told=is_told),
        cover_url=site_url(pictures.address(said)),
        published_at=said.last_published_at,
    )


def whole(said: InitiativePage, *, is_told: bool) -> InitiativeShape:
    """Return all that is recorded. What tells an outcome is left out before it is revealed."""
    return InitiativeShape(
        **{**_named(said), "city": city(said.city)},
        stage=said.stage,
        title_note=said.title_note or None,
        summary=said.summary or None,
        language=said.text_language,
        chapters=Chapters(**{name: getattr(said, name) or None for name in CHAPTERS}),
        population=said.population,
        population_note=said.population_note or None,
        presentation_group=said.presentation_group or None,
        themes=[word(each) for each in said.themes.all()],
        goals=[goal(each) for each in said.goals.all()],
        goals_note=said.goals_note or None,
        urban_agenda_tags=[word(each) for each in said.urban_agenda_tags.all()],
        honours=_honours(said, is_told=is_told),
        **_outcome(said, is_told=is_told),
        **_rows(said),
        cover_url=site_url(pictures.address(said)),
        licence=_licence(said),
        published_at=said.last_published_at,
    )


def _named(said: InitiativePage) -> dict[str, Any]:
    return {
        "address": said.slug,
        "city": city_ref(said.city),
        "title": said.recorded_title,
        "edition": said.edition.year,
        "url": site_url(said.url or ""),
        "api_url": api_url("initiative", said.slug),
    }


def _honours(said: InitiativePage, *, is_told: bool) -> list[str]:
    return sorted(honour.kind for honour in said.honours.all()) if is_told else []


def _outcome(said: InitiativePage, *, is_told: bool) -> dict[str, Any]:
    """Notes and sources are held back too: they speak of who has won."""
    if not is_told:
        return {"public_votes": None, "public_votes_note": None, "note": None, "sources": []}
    return {
        "public_votes": said.public_votes,
        "public_votes_note": said.public_votes_note or None,
        "note": said.note or None,
        "sources": [str(source) for source in said.sources],
    }


def _rows(said: InitiativePage) -> dict[str, Any]:
    return {
        "figures": [
            Figure(
                label=each.label,
                value=each.value,
                unit=each.unit or None,
                year=each.year,
                source=each.source or None,
            )
            for each in said.figures.all()
        ],
        "basic_data": [
            Datum(
                kind=each.kind,
                label=str(each.get_kind_display()),
                value=each.value,
                year=each.year,
                source=each.source or None,
            )
            for each in said.basic_data.all()
        ],
        "pictures": [
            Picture(
                url=site_url(each.image.file.url),
                caption=each.caption or None,
                credit=each.credit,
            )
            for each in said.gallery.all()
        ],
        "documents": [
            DocumentShape(title=str(each), url=site_url(each.document.url))
            for each in said.documents.all()
        ],
    }


def _licence(said: InitiativePage) -> LicenceShape:
    licence = Licence(said.licence)
    return LicenceShape(code=licence.value, name=str(licence.label), url=licence.url or None)
