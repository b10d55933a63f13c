"""FOCUS articles, and what embeds show."""

from __future__ import annotations

from typing import Literal

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import get_language_info, override
from ninja import Router, Schema

from laurels.focus.models import FocusArticlePage
from laurels.library.models import Theme
from laurels.partners.models import Partner
from laurels.website.api.addresses import site_url
from laurels.website.api.paging import Listed, PagingQuery, cut, places
from laurels.website.api.parameters import check_names, check_value
from laurels.website.api.refusals import Refusal, not_found
from laurels.website.api.shapes.articles import (
    ArticleRow,
    ArticleShape,
    article_row,
    article_whole,
)
from laurels.website.embeds import leaves
from laurels.website.embeds.views import count_if_visit

router = Router(tags=["elsewhere"])


class Articles(Listed):
    results: list[ArticleRow]


class EmbedShape(Schema):
    """What a web component shows: HTML of one leaf, the partner's name first.

    The style sheet at `style_url` belongs to it. Addresses in it begin at the site.
    """

    kind: str
    address: str
    title: str
    url: str
    language: str
    direction: Literal["ltr", "rtl"]
    partner: str | None
    html: str
    style_url: str


@router.get("/focus", response={200: Articles, 404: Refusal, 422: Refusal}, url_name="articles")
def articles(request: HttpRequest, paging: PagingQuery, theme: str | None = None) -> Articles:
    """The FOCUS articles, the newest first."""
    check_names(request, ["theme", "page", "per_page"])
    check_value("theme", theme, list(Theme.objects.values_list("slug", flat=True)))
    found = FocusArticlePage.objects.for_the_list()
    if theme is not None:
        found = found.filter(themes__slug=theme)
    where = places(request, paging, found.count())
    return Articles(**where, results=[article_row(each) for each in cut(found, paging)])


@router.get("/focus/{slug:slug}", response={200: ArticleShape, 404: Refusal}, url_name="article")
def one_article(request: HttpRequest, slug: str) -> ArticleShape:
    """One article with the cities it gathers."""
    found = FocusArticlePage.objects.for_the_list().filter(slug=slug).first()
    if found is None:
        raise not_found()
    return article_whole(found)


@router.get(
    "/embeds/{slug:kind}/{slug:address}",
    response={200: EmbedShape, 404: Refusal, 422: Refusal},
    url_name="embed",
)
def one_embed(
    request: HttpRequest,
    kind: str,
    address: str,
    partner: str | None = None,
    lang: str = "en",
    look: str | None = None,
) -> EmbedShape:
    """What a web component shows of an article, a campaign, a city or the countdown."""
    check_names(request, ["partner", "lang", "look"])
    check_value("lang", lang, list(dict(settings.LANGUAGES)))
    check_value("look", look, leaves.LOOKS)
    check_value("partner", partner, list(Partner.objects.values_list("slug", flat=True)))
    named = leaves.partner_named(partner or "")
    with override(lang):
        try:
            leaf = leaves.find(kind, address, named)
        except Http404:
            raise not_found() from None
        html = leaves.render_leaf(request, leaf, partner=named, look=look or "", in_frame=False)
    count_if_visit(request, leaf, named, in_frame=False)
    return EmbedShape(
        kind=leaf.kind.value,
        address=leaf.address,
        title=leaf.title,
        url=site_url(leaf.page_url),
        language=lang,
        direction="rtl" if get_language_info(lang)["bidi"] else "ltr",
        partner=named.slug if named else None,
        html=html,
        style_url=site_url("/embed/laurels.css"),
    )
