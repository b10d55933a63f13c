"""Calendar files and the feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from laurels.editions.models import Edition
from laurels.foundation import clock
from laurels.seminars import calendars, letters
from laurels.seminars.models import Registrant, Seminar

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def seminar_calendar(_request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Answer with one seminar as a calendar file."""
    found = get_object_or_404(
        Seminar.objects.select_related("edition"), edition__year=year, number=number
    )
    return _file(
        calendars.calendar([calendars.of_seminar(found)], now=clock.now()),
        f"seminar-{year}-{number}.ics",
    )


@require_safe
def series_calendar(_request: HttpRequest, year: int) -> HttpResponse:
    """Answer with all seminars of an edition: a feed that calendars read again and again."""
    edition = get_object_or_404(Edition.objects.select_related("seminar_series"), year=year)
    seminars = Seminar.objects.of(edition).select_related("edition")
    series = getattr(edition, "seminar_series", None)
    name = series.title if series else _("Seminars of the Guangzhou Award, %d") % year
    entries = [calendars.of_seminar(seminar) for seminar in seminars]
    return _file(calendars.calendar(entries, now=clock.now(), name=name), f"seminars-{year}.ics")


@never_cache
@require_safe
def my_calendar(_request: HttpRequest, token: str) -> HttpResponse:
    """Answer with what one person has a seat in, or gave back."""
    registrant = get_object_or_404(Registrant.objects.select_related("edition"), token=token)
    found = registrant.registrations.with_all().filter(seated_at__isnull=False)
    entries = [
        calendars.of_registration(each, letters.address_of("join", each.token))
        for each in found.order_by("seminar__starts_at", "pk")
    ]
    return _file(calendars.calendar(entries, now=clock.now()), "my-seminars.ics")


def _file(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
