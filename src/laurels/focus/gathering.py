"""Which initiatives and cities the blocks of articles gather. Writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from laurels.focus.blocks import CITY, INITIATIVE
from laurels.library.models import InitiativePage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from laurels.focus.models import FocusArticlePage


class Gathered(NamedTuple):
    """A city in an article: with its initiative, or by the name that the article gives it."""

    city_name: str
    country: str
    initiative: InitiativePage | None = None

    def __str__(self) -> str:
        return f"{self.city_name}, {self.country}" if self.country else self.city_name


def initiative_ids(article: FocusArticlePage) -> list[int]:
    """Return the initiatives that an article names, in its order, public or not."""
    values = (value for kind, value in _blocks(article) if kind == INITIATIVE)
    return [value["initiative"] for value in values if value.get("initiative")]


def public_initiatives(articles: Iterable[FocusArticlePage]) -> dict[int, InitiativePage]:
    """Return the initiatives of all the articles that anyone may see, whole, by their id.

    Five queries, however many articles; none where no initiative is named.
    """
    ids = {pk for article in articles for pk in initiative_ids(article)}
    if not ids:
        return {}
    pages = InitiativePage.objects.live().public().filter(pk__in=ids).with_everything().in_words()
    return {page.pk: page for page in pages}


def gathered(
    article: FocusArticlePage, initiatives: Mapping[int, InitiativePage]
) -> list[Gathered]:
    """Return the cities of an article in its order; one whose case is gone is left out."""
    found = []
    for kind, value in _blocks(article):
        if kind == CITY:
            found.append(Gathered(value.get("name", ""), value.get("country", "")))
        elif kind == INITIATIVE and (page := initiatives.get(value.get("initiative") or 0)):
            found.append(Gathered(page.city.name, page.city.country_name, page))
    return found


def _blocks(article: FocusArticlePage) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield kind and stored value of each block, without asking the database for anything."""
    for block in article.body.raw_data:
        if block["type"] in (INITIATIVE, CITY):
            yield block["type"], block["value"]
