"""Where the initiatives of a search lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from laurels.design.clusters import Window
from laurels.library.atlas import draw
from laurels.library.models import InitiativePage
from laurels.library.search import LibraryQuestion, told_editions

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LISTED = 60  # rows at most under the map: what lies in one place, or has none recorded


@require_safe
def map(request: HttpRequest) -> HttpResponse:  # noqa: A001 -- named for its page
    asked = LibraryQuestion.read(request.GET)
    found = InitiativePage.objects.for_the_library().asked(asked, told=told_editions(request))
    atlas = draw(
        found.by_place(),
        window=Window.read(request.GET.get("window", "")),
        place=request.GET.get("place", ""),
        query=asked.query,
    )
    here = found.filter(city_id__in=atlas.opened_ids) if atlas.opened_ids else found.none()
    unplaced = found.without_a_place()
    context = {
        "asked": asked,
        "atlas": atlas,
        "here": here[:LISTED],
        "unplaced": unplaced[:LISTED],
        "unplaced_count": unplaced.count(),
        "found_count": found.count(),
    }
    return render(request, "library/map.html", context)
