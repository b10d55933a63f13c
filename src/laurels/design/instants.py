"""Instants in words: for the host, in UTC and in the big cities of the world."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext, override, pgettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import date, datetime

CITIES = (
    (_("Los Angeles"), "America/Los_Angeles"),
    (_("Mexico City"), "America/Mexico_City"),
    (_("Bogotá"), "America/Bogota"),
    (_("New York"), "America/New_York"),
    (_("São Paulo"), "America/Sao_Paulo"),
    (_("London"), "Europe/London"),
    (_("Lagos"), "Africa/Lagos"),
    (_("Berlin"), "Europe/Berlin"),
    (_("Cairo"), "Africa/Cairo"),
    (_("Johannesburg"), "Africa/Johannesburg"),
    (_("Istanbul"), "Europe/Istanbul"),
    (_("Nairobi"), "Africa/Nairobi"),
    (_("Moscow"), "Europe/Moscow"),
    (_("Tehran"), "Asia/Tehran"),
    (_("Dubai"), "Asia/Dubai"),
    (_("Delhi"), "Asia/Kolkata"),
    (_("Jakarta"), "Asia/Jakarta"),
    (_("Beijing"), "Asia/Shanghai"),
    (_("Seoul"), "Asia/Seoul"),
    (_("Sydney"), "Australia/Sydney"),
    (_("Auckland"), "Pacific/Auckland"),
)
IN_PLACE = "{time} in {place}"
HOURS_IN_WORDS = timedelta(hours=48)
MINUTES_IN_WORDS = timedelta(minutes=90)


def place_of(zone: str) -> str:
    """Return the city by which a zone is called: the host's own, else the zone's city."""
    named = getattr(settings, "ZONE_PLACES", {}).get(zone)
    return named or zone.rpartition("/")[2].replace("_", " ")


def as_text(at: datetime, zone: str, *, closes: bool = False) -> str:
    """Return e.g. "1 November 2023, 00:00 in Guangzhou (31 October 2023, 16:00 UTC)".

    `at` is aware, `zone` an IANA name; words and order are of the active language. A midnight
    that `closes` something is 24:00 of the day that it ends.
    """
    in_utc = _day_and_hour(at.astimezone(UTC))
    local = at.astimezone(ZoneInfo(zone))
    if zone == "UTC":
        return gettext("%(time)s UTC") % {"time": in_utc}
    return gettext("%(local)s in %(place)s (%(utc)s UTC)") % {
        "local": _day_and_hour(local, closes=closes),
        "place": place_of(zone),
        "utc": in_utc,
    }


def _day_and_hour(at: datetime, *, closes: bool = False) -> str:
    if closes and (at.hour, at.minute, at.second) == (0, 0, 0):
        day, hour = at - timedelta(days=1), "24:00"
    else:
        day, hour = at, f"{at:%H:%M}"
    return gettext("%(day)s, %(hour)s") % {"day": short_day_text(day), "hour": hour}


def words_language() -> str:
    """Return the language of the words around a time: English where the page's has none yet."""
    untranslated = gettext(IN_PLACE) == IN_PLACE
    return "en" if untranslated else get_language() or "en"


def _formatted(day: date, pattern: str) -> str:
    # Names of months in one language amid a sentence in another can be read by nobody.
    with override(words_language()):
        return date_format(day, pattern)


def day_text(day: date) -> str:
    """Return e.g. "Thursday 30 November 2023"."""
    return _formatted(day, pgettext("a date format of Django", "l j F Y"))


def weekday_text(day: date) -> str:
    """Return e.g. "Thursday"."""
    return _formatted(day, "l")


def weekday_and_month_text(day: date) -> str:
    """Return e.g. "Thursday, November"."""
    return _formatted(day, pgettext("a date format of Django", "l, F"))


def short_day_text(day: date) -> str:
    """Return e.g. "7 December 2023"."""
    return _formatted(day, pgettext("a date format of Django", "j F Y"))


def month_text(day: date) -> str:
    """Return e.g. "March 2012"."""
    return _formatted(day, pgettext("a date format of Django", "F Y"))


def span_text(first: date, last: date) -> str:
    """Return e.g. "6 to 9 November 2023", naming month and year once where they are the same."""
    if first == last:
        return short_day_text(first)
    if first.year != last.year:
        begin = short_day_text(first)
    elif first.month != last.month:
        begin = _formatted(first, pgettext("a date format of Django", "j F"))
    else:
        begin = _formatted(first, pgettext("a date format of Django", "j"))
    return gettext("%(first)s to %(last)s") % {"first": begin, "last": short_day_text(last)}


def wait_text(until: datetime, now: datetime) -> str:
    """Return how long it is until then, rounded down: "in 25 days"; "" where it has passed."""
    wait = until - now
    if wait <= timedelta():
        return ""
    if wait >= HOURS_IN_WORDS:
        days = wait.days
        return ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days}
    minutes = int(wait.total_seconds()) // 60
    if wait >= MINUTES_IN_WORDS:
        hours = minutes // 60
        return ngettext("in %(count)d hour", "in %(count)d hours", hours) % {"count": hours}
    minutes = max(minutes, 1)
    return ngettext("in %(count)d minute", "in %(count)d minutes", minutes) % {"count": minutes}
