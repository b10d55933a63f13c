"""Covers and share pictures of articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from laurels.design.covers import draw
from laurels.design.share_picture import draw_share_picture
from laurels.focus import pictures
from laurels.focus.models import FocusArticlePage

if TYPE_CHECKING:
    from django.http import HttpRequest

YEAR, MINUTES = 31_536_000, 300


@require_safe
def cover(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw the cover of an article; under its current version it may be kept for a year."""
    article = _article(slug)
    response = HttpResponse(draw(pictures.scene(article)), content_type="image/svg+xml")
    return _kept(response, request, pictures.cover_version(article))


@require_safe
def share_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw the picture that other sites show beside a link to the article."""
    article = _article(slug)
    png = draw_share_picture(pictures.share_text(article), draw(pictures.scene(article)))
    response = HttpResponse(png, content_type="image/png")
    return _kept(response, request, pictures.share_version(article))


def _article(slug: str) -> FocusArticlePage:
    articles = FocusArticlePage.objects.live().public().prefetch_related("themes")
    return get_object_or_404(articles, slug=slug)


def _kept(response: HttpResponse, request: HttpRequest, version: str) -> HttpResponse:
    if request.GET.get("v") == version:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=MINUTES)
    return response
