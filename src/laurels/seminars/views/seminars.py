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
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from laurels.editions.models import Edition


@require_safe
def seminar_list(request: HttpRequest) -> HttpResponse:
    found = groupby(Seminar.objects.for_the_list(), key=lambda each: each.edition)
    editions = [(edition, _with_states(seminars, edition)) for edition, seminars in found]
    return render(request, "seminars/seminar_list.html", {"editions": editions})


@require_safe
def seminar(request: HttpRequest, year: int, number: int) -> HttpResponse:
    found = get_object_or_404(Seminar.objects.with_cities(), edition__year=year, number=number)
    others = Seminar.objects.of(found.edition).with_cities().exclude(pk=found.pk)
    context = {
        "seminar": _with_states([found], found.edition)[0],
        "others": _with_states(others, found.edition),
    }
    return render(request, "seminars/seminar.html", context)


def _with_states(seminars: Iterable[Seminar], edition: Edition) -> list[Seminar]:
    return rules.with_states(seminars, clock.award_now(edition.clock_name))
