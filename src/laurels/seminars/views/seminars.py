"""The seminars, each with its time for the host and for the visitor."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from laurels.foundation import clock
from laurels.seminars import rules
from laurels.seminars.enums import RegistrationState, SeminarState
from laurels.seminars.models import Registration, Room, Seminar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from laurels.editions.models import Edition

OPEN = frozenset({SeminarState.PLANNED, SeminarState.MOVED, SeminarState.LIVE})


@require_safe
def seminar_list(request: HttpRequest) -> HttpResponse:
    found = groupby(Seminar.objects.for_the_list(), key=lambda each: each.edition)
    editions = [(edition, _with_states(seminars, edition)) for edition, seminars in found]
    open_years = {
        edition.year
        for edition, seminars in editions
        if any(seminar.state in OPEN for seminar in seminars)
    }
    context = {"editions": editions, "open_years": open_years}
    return render(request, "seminars/seminar_list.html", context)


@require_safe
def seminar(request: HttpRequest, year: int, number: int) -> HttpResponse:
    found = get_object_or_404(Seminar.objects.with_cities(), edition__year=year, number=number)
    others = Seminar.objects.of(found.edition).with_cities().exclude(pk=found.pk)
    places = list(found.presentations.all())
    [shown] = _with_states([found], found.edition)
    mark_full([shown])
    context = {
        "kept": Room.objects.filter(seminar=shown).first() if _is_over(shown) else None,
        "source": rules.read_source(request.GET.get("from", "")),
        "speakers": [place for place in places if place.speakers or place.minutes],
        "seminar": shown,
        "feedback": _feedback(shown),
        "others": _with_states(others, found.edition),
    }
    return render(request, "seminars/seminar.html", context)


def _is_over(seminar: Seminar) -> bool:
    return seminar.state == SeminarState.OVER


def _feedback(seminar: Seminar) -> dict[str, int] | None:
    """Return how many answered after a seminar, and how; None before, or where they are few."""
    if not _is_over(seminar):
        return None
    counts = Registration.objects.of(seminar).feedback_counts(rules.USEFUL_FROM)
    return counts if rules.is_feedback_told(counts["answered"]) else None


def mark_full(seminars: Iterable[Seminar]) -> None:
    """Give each seminar `is_full`; one query, and none where no seats are counted."""
    counted = []
    for seminar in seminars:
        seminar.is_full = False
        if seminar.capacity is not None:
            counted.append(seminar)
    seats = Registration.objects.seats_of(counted) if counted else {}
    for seminar in counted:
        taken, waiting = seats.get(seminar.pk, (0, 0))
        arrived = rules.state_on_arrival(seminar, taken=taken, waiting=waiting)
        seminar.is_full = arrived == RegistrationState.WAITING


def _with_states(seminars: Iterable[Seminar], edition: Edition) -> list[Seminar]:
    return rules.with_states(seminars, clock.award_now(edition.clock_name))
