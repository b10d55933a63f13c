"""The pictures that other sites show beside a link to a seminar or to a series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from laurels.design.hours_picture import draw_hours_picture
from laurels.editions.models import Edition
from laurels.foundation import clock
from laurels.seminars import pictures, rules
from laurels.seminars.models import Seminar

if TYPE_CHECKING:
    from django.http import HttpRequest

    from laurels.design.hours_picture import HoursText

YEAR, MINUTES = 31_536_000, 300


@require_safe
def seminar_picture(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Draw a seminar with its hour; under its current version it may be kept for a year."""
    found = get_object_or_404(Seminar.objects.with_cities(), edition__year=year, number=number)
    [shown] = rules.with_states([found], clock.award_now(found.edition.clock_name))
    return _kept(request, pictures.of_seminar(shown))


@require_safe
def series_picture(request: HttpRequest, year: int) -> HttpResponse:
    """Draw the seminars of an edition with the hour of the next one."""
    edition = get_object_or_404(Edition.objects.select_related("seminar_series"), year=year)
    found = rules.with_states(
        Seminar.objects.of(edition).select_related("edition"), clock.award_now(edition.clock_name)
    )
    if not found:
        raise Http404
    return _kept(request, pictures.of_series(edition, found))


def _kept(request: HttpRequest, text: HoursText) -> HttpResponse:
    response = HttpResponse(draw_hours_picture(text), content_type="image/png")
    if request.GET.get("v") == pictures.version(text):
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=MINUTES)
    return response
