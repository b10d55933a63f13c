"""FOCUS articles."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ninja import Schema

from laurels.website.api.addresses import api_url, site_url
from laurels.website.api.shapes.initiatives import InitiativeRef, ref

if TYPE_CHECKING:
    from laurels.focus.models import FocusArticlePage


class Gathered(Schema):
    """A city that an article gathers; `initiative` is null where the library has none of it."""

    city: str
    country: str | None
    initiative: InitiativeRef | None


class Correction(Schema):
    """What was corrected after publication, and on which day."""

    corrected_on: date
    note: str


class ArticleRow(Schema):
    """An article in the list. `published_on` is the day as first published, where recorded."""

    slug: str
    title: str
    kind: str
    teaser: str | None
    published_on: date | None
    international_day: str | None
    themes: list[str]
    url: str
    api_url: str
    embed_api_url: str
    updated_at: datetime | None


class ArticleShape(ArticleRow):
    """An article with the cities it gathers, in its order, and what was corrected since.

    `text` is the body's own words without pictures and without what comes from the cases.
    """

    text: str | None
    gathered: list[Gathered]
    corrections: list[Correction]
    co_publishers: list[str]


def article_row(said: FocusArticlePage) -> ArticleRow:
    return ArticleRow(**_named(said))


def article_whole(said: FocusArticlePage) -> ArticleShape:
    gathered = [
        Gathered(
            city=each.city_name,
            country=each.country or None,
            initiative=ref(each.initiative) if each.initiative else None,
        )
        for each in said.cities_gathered()
    ]
    return ArticleShape(
        **_named(said),
        text=said.plain_text or None,
        gathered=gathered,
        corrections=[
            Correction(corrected_on=each.corrected_on, note=each.note)
            for each in said.corrections.all()
        ],
        co_publishers=[each.slug for each in said.co_publishers.alphabetical()],
    )


def _named(said: FocusArticlePage) -> dict[str, Any]:
    return {
        "slug": said.slug,
        "title": said.title,
        "kind": said.kind,
        "teaser": said.teaser or None,
        "published_on": said.day,
        "international_day": said.international_day or None,
        "themes": sorted(theme.slug for theme in said.themes.all()),
        "url": site_url(said.url or ""),
        "api_url": api_url("article", said.slug),
        "embed_api_url": api_url("embed", "focus", said.slug),
        "updated_at": said.last_published_at,
    }
