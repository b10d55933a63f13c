"""The share pictures of a seminar and of a series: what they say, and their addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from laurels.design import hours_picture, instants
from laurels.design.hours_picture import HoursText, Row
from laurels.seminars.enums import SeminarState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from laurels.editions.models import Edition
    from laurels.seminars.models import Seminar

SEPARATOR = "\u00a0\u00b7 "
AHEAD = frozenset({SeminarState.PLANNED, SeminarState.MOVED, SeminarState.LIVE})


def of_seminar(seminar: Seminar) -> HoursText:
    """Return what the picture of a seminar says; it needs its state and cities at hand."""
    return hours_picture.in_words_that_can_be_set(lambda: _of_seminar(seminar))


def of_series(edition: Edition, seminars: Sequence[Seminar]) -> HoursText:
    """Return what the picture of an edition's seminars says: which is next, and when."""
    return hours_picture.in_words_that_can_be_set(lambda: _of_series(edition, seminars))


def seminar_address(seminar: Seminar) -> str:
    """Return the whole address: another one whenever the seminar is moved, cancelled or over."""
    path = reverse("seminars:seminar_picture", args=[seminar.edition.year, seminar.number])
    return f"{settings.SITE_URL}{path}?v={hours_picture.version(of_seminar(seminar))}"


def series_address(edition: Edition, seminars: Sequence[Seminar]) -> str:
    path = reverse("seminars:series_picture", args=[edition.year])
    return f"{settings.SITE_URL}{path}?v={hours_picture.version(of_series(edition, seminars))}"


def _of_seminar(seminar: Seminar) -> HoursText:
    cities = [place.initiative.city.name for place in seminar.presentations.all()]
    listed = SEPARATOR.join(map(instants.isolated, cities))
    if not seminar.cities_complete:
        more = (
            gettext("further cities to be announced")
            if cities
            else gettext("Cities to be announced")
        )
        listed = f"{listed}{SEPARATOR}{more}" if cities else more
    return _sheet(
        seminar,
        above=gettext("Seminar %(number)d of the Guangzhou Award, %(year)d")
        % {"number": seminar.number, "year": seminar.edition.year},
        title=seminar.title,
        detail=listed,
        state=_state(seminar),
    )


def _of_series(edition: Edition, seminars: Sequence[Seminar]) -> HoursText:
    series = getattr(edition, "seminar_series", None)
    standing = [each for each in seminars if each.state != SeminarState.CANCELLED] or list(seminars)
    days = [each.starts_at.astimezone(each.zone).date() for each in standing]
    count = ngettext("%(count)d seminar", "%(count)d seminars", len(standing))
    ahead = [each for each in standing if each.state in AHEAD]
    return _sheet(
        ahead[0] if ahead else standing[-1],
        above=gettext("Seminars of the Guangzhou Award, %d") % edition.year,
        title=series.title if series else gettext("Evenings to learn from cities"),
        detail=SEPARATOR.join(
            [count % {"count": len(standing)}, instants.span_text(min(days), max(days))]
        ),
        state=_state_of_series(standing[-1], is_ahead=bool(ahead)),
    )


def _state_of_series(last: Seminar, *, is_ahead: bool) -> str:
    if is_ahead:
        return gettext("The next one:")
    return gettext("The last one was:") if last.state == SeminarState.OVER else _state(last)


def _state(seminar: Seminar) -> str:
    return {
        SeminarState.CANCELLED: gettext("This seminar is cancelled."),
        SeminarState.OVER: gettext("This seminar is over."),
        SeminarState.LIVE: gettext("This seminar is under way."),
        SeminarState.MOVED: gettext("This seminar has been moved."),
    }.get(seminar.state, "")


def _sheet(seminar: Seminar, *, above: str, title: str, detail: str, state: str) -> HoursText:
    is_ahead = seminar.state in AHEAD
    return HoursText(
        above=above,
        title=title,
        detail=detail,
        state=state,
        takes_place=is_ahead,
        host=instants.host_text(seminar.starts_at, seminar.ends_at, seminar.timezone),
        heading=gettext("The same moment elsewhere"),
        rows=_rows(seminar) if is_ahead else (),
        direction=instants.direction(),
    )


def _rows(seminar: Seminar) -> tuple[Row, ...]:
    found = instants.elsewhere(seminar.starts_at, seminar.timezone)
    return tuple(Row(*each) for each in found)
