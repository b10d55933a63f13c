"""Days, months and waits in words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext, override, pgettext

if TYPE_CHECKING:
    from datetime import date, datetime

IN_PLACE = "{time} in {place}"
HOURS_IN_WORDS = timedelta(hours=48)
MINUTES_IN_WORDS = timedelta(minutes=90)


def words_language() -> str:
    """Return the language of the words around a time: English where the page's has none yet."""
    untranslated = gettext(IN_PLACE) == IN_PLACE
    return "en" if untranslated else get_language() or "en"


def _formatted(day: date, pattern: str) -> str:
    # Names of months in one language amid a sentence in another can be read by nobody.
    language = words_language()
    with override(language):
        text = date_format(day, pattern)
    # Django writes Russian days for the head of a table; in a sentence they stand small.
    return text.lower() if language == "ru" else text


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


def day_of_the_year_text(day: date) -> str:
    """Return e.g. "22 April"."""
    return _formatted(day, pgettext("a date format of Django", "j F"))


def span_text(first: date, last: date) -> str:
    """Return e.g. "6 to 9 November 2023", naming month and year once where they are the same."""
    if first == last:
        return short_day_text(first)
    if first.year != last.year:
        begin = short_day_text(first)
    elif first.month != last.month:
        begin = day_of_the_year_text(first)
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
