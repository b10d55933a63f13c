"""Where the initiatives of a search lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from laurels.design.clusters import Window
from laurels.library.atlas import draw
from laurels.library.models import InitiativePage, Theme
from laurels.library.search import LibraryQuestion, find, told_editions

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LISTED, LISTED_HERE = 24, 60  # rows at most under the map: without a place, in an opened one


@require_safe
def map(request: HttpRequest) -> HttpResponse:  # noqa: A001 -- named for its page
    told = told_editions(request)
    found = find(LibraryQuestion.read(request.GET), told=told)
    asked = found.asked
    initiatives = InitiativePage.objects.for_the_library().asked(asked, told=told)
    atlas = draw(
        initiatives.by_place(),
        window=Window.read(request.GET.get("window", "")),
        place=request.GET.get("place", ""),
        query=asked.query,
    )
    unplaced = initiatives.without_a_place()
    context = {
        "found": found,
        "asked": asked,
        "is_map": True,
        "themes": Theme.objects.all(),
        "table_query": f"{asked.query}&view=table".lstrip("&"),
        "words_query": asked.without_choices().query,
        "atlas": atlas,
        "here": initiatives.filter(city_id__in=atlas.opened_ids)[:LISTED_HERE],
        "unplaced": unplaced[:LISTED],
        "unplaced_count": unplaced.count(),
    }
    return render(request, "library/map.html", context)
