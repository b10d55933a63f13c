"""A cover as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from laurels.design.covers import draw
from laurels.library import pictures
from laurels.library.models import InitiativePage

if TYPE_CHECKING:
    from django.http import HttpRequest

YEAR, MINUTES = 31_536_000, 300


@require_safe
def cover(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw a cover; under its current version it may be kept for a year."""
    initiatives = InitiativePage.objects.live().public().select_related("city", "edition")
    initiative = get_object_or_404(initiatives, slug=slug)
    svg = draw(pictures.scene(initiative, tuple(initiative.theme_slugs())))
    response = HttpResponse(svg, content_type="image/svg+xml")
    if request.GET.get("v") == pictures.version(initiative):
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=MINUTES)
    return response
