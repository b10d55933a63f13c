"""A cover as a picture, and the picture that other sites show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from laurels.design.covers import draw
from laurels.design.share_picture import draw_share_picture
from laurels.library import pictures
from laurels.library.views.case import case_or_404

if TYPE_CHECKING:
    from django.http import HttpRequest

YEAR, MINUTES = 31_536_000, 300


@require_safe
def cover(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw a cover; under its current version it may be kept for a year."""
    initiative = case_or_404(slug)
    svg = draw(pictures.scene(initiative, tuple(initiative.theme_slugs())))
    response = HttpResponse(svg, content_type="image/svg+xml")
    return _kept(response, is_current=request.GET.get("v") == pictures.version(initiative))


@require_safe
def share_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw the picture that other sites show beside a link to a case, as PNG."""
    initiative = case_or_404(slug)
    svg = draw(pictures.scene(initiative, tuple(initiative.theme_slugs())))
    picture = draw_share_picture(pictures.share_text(initiative), svg)
    response = HttpResponse(picture, content_type="image/png")
    return _kept(response, is_current=request.GET.get("v") == pictures.share_version(initiative))


def _kept(response: HttpResponse, *, is_current: bool) -> HttpResponse:
    if is_current:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=MINUTES)
    return response
