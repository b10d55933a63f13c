"""The seminars, each with its time for the host and for the visitor."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from laurels.foundation import clock
from laurels.seminars import rules
from laurels.seminars.models import Seminar

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def seminar_list(request: HttpRequest) -> HttpResponse:
    found = groupby(Seminar.objects.for_the_list(), key=lambda each: each.edition)
    editions = [(edition, _with_states(list(seminars))) for edition, seminars in found]
    return render(request, "seminars/seminar_list.html", {"editions": editions})


@require_safe
def seminar(request: HttpRequest, year: int, number: int) -> HttpResponse:
    found = get_object_or_404(Seminar.objects.with_cities(), edition__year=year, number=number)
    others = Seminar.objects.of(found.edition).with_cities().exclude(pk=found.pk)
    context = {
        "seminar": _with_states([found])[0],
        "others": _with_states(list(others)),
    }
    return render(request, "seminars/seminar.html", context)


def _with_states(seminars: list[Seminar]) -> list[Seminar]:
    """Give seminars of one edition the state that its clock says."""
    if seminars:
        now = clock.award_now(seminars[0].edition.clock_name)
        for each in seminars:
            each.state = rules.state(each, now)  # type: ignore[attr-defined] -- for the template
    return seminars
