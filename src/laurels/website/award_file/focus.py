"""Reads `focus.json`: the FOCUS articles, newest first."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from anyascii import anyascii
from django.utils.text import slugify

from laurels.focus.enums import ArticleKind
from laurels.focus.rules import teaser
from laurels.website.award_file.shapes import ArticleShape, MentionShape

if TYPE_CHECKING:
    from collections.abc import Collection

    from laurels.website.award_file.places import Fields

LONGEST_ADDRESS = 200
MONTH_AND_DAY = r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9])|(0[13-9]|1[0-2])-30|(0[13578]|1[02])-31"
ADDRESS = r"[a-z0-9]+(?:-[a-z0-9]+)*"


def read_articles(document: Fields, themes: Collection[str]) -> tuple[ArticleShape, ...]:
    """Return the articles in the file's order; themes must be those of `editions.json`."""
    articles: list[ArticleShape] = []
    places: dict[str, str] = {}
    for fields in document.each("articles", required=True):
        article = _read_article(fields, themes)
        articles.append(article)
        if article.address in places:
            fields.problem(
                "title", f"gives the address {article.address} of {places[article.address]}"
            )
        places.setdefault(article.address, article.place)
    document.done("conventions", "sources")
    return tuple(articles)


def _read_article(fields: Fields, themes: Collection[str]) -> ArticleShape:
    title = fields.text("title", longest=255, required=True)
    address = fields.text(
        "address", longest=LONGEST_ADDRESS, pattern=ADDRESS, hint="an address part, as in lets-go"
    )
    article = ArticleShape(
        place=fields.path,
        address=address or slugify(anyascii(title))[:LONGEST_ADDRESS].strip("-") or "article",
        title=title,
        kind=fields.choice("kind", ArticleKind.values, required=True) or ArticleKind.BUNDLE,
        published_on=_read_day(fields, "published_on"),
        international_day=fields.text(
            "day", pattern=MONTH_AND_DAY, hint="a month and day, as in 04-22"
        ),
        teaser=teaser(fields.text("about")),
        themes=fields.texts("themes", choices=themes),
        mentions=tuple(_read_mention(mention) for mention in fields.each("initiatives")),
    )
    fields.done()
    return article


def _read_mention(fields: Fields) -> MentionShape:
    mention = MentionShape(
        city=fields.text("city", longest=120, required=True),
        country=fields.text("country", longest=120),
    )
    fields.done()
    return mention


def _read_day(fields: Fields, key: str) -> date | None:
    text = fields.text(key)
    if not text:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    fields.problem(key, f'"{text}" is not a day, as in 2020-04-24')
    return None
