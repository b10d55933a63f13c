"""The pictures that other sites show beside a link to a seminar or to a series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from laurels.design.hours_picture import picture_answer
from laurels.editions.models import Edition
from laurels.foundation import clock
from laurels.seminars import pictures, rules
from laurels.seminars.models import Seminar

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def seminar_picture(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Draw a seminar with its hour; under its current version it may be kept for a year."""
    found = get_object_or_404(Seminar.objects.with_cities(), edition__year=year, number=number)
    [shown] = rules.with_states([found], clock.award_now(found.edition.clock_name))
    return picture_answer(pictures.of_seminar(shown), request.GET.get("v"))


@require_safe
def series_picture(request: HttpRequest, year: int) -> HttpResponse:
    """Draw the seminars of an edition with the hour of the next one."""
    edition = get_object_or_404(Edition.objects.select_related("seminar_series"), year=year)
    found = rules.with_states(
        Seminar.objects.of(edition).select_related("edition"), clock.award_now(edition.clock_name)
    )
    if not found:
        raise Http404
    return picture_answer(pictures.of_series(edition, found), request.GET.get("v"))
