"""Instants and spans as plain text, for mails, feeds and calendars."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from laurels.design.instants.days import IN_PLACE, day_text, short_day_text, weekday_text
from laurels.design.instants.places import own_place_of, place_of

if TYPE_CHECKING:
    from datetime import datetime


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


def span_as_text(start: datetime, end: datetime | None, host: str, own: str = "") -> str:
    """Return a span for a mail, a feed or a calendar: for the host, and for the reader.

    "Monday 6 November 2023, 20:30-22:00 in Guangzhou (07:30-09:00 in Bogotá, your time)". A day
    that is another one for the reader is said in words; without `own` UTC stands in its place.
    """
    here = gettext(IN_PLACE).format(time=_span(start, end, host), place=gettext(place_of(host)))
    return f"{here} ({_for_the_reader(start, end, host, own)})"


def hour_text(local: datetime) -> str:
    """Return e.g. "20:30"; in an hour that clocks show twice, "02:30 (UTC+1)" tells which."""
    text = f"{local:%H:%M}"
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return text
    return f"{text} ({offset_text(local)})"


def offset_text(local: datetime) -> str:
    """Return e.g. "UTC+8", "UTC\N{MINUS SIGN}3:30", "UTC"."""
    minutes = int((local.utcoffset() or timedelta()).total_seconds()) // 60
    if not minutes:
        return "UTC"
    sign, (hours, rest) = ("+" if minutes > 0 else "\N{MINUS SIGN}"), divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def _for_the_reader(start: datetime, end: datetime | None, host: str, own: str) -> str:
    there = start.astimezone(ZoneInfo(host))
    mine = start.astimezone(ZoneInfo(own or "UTC"))
    is_same_day = mine.date() == there.date()
    if not own:
        return gettext("{time} UTC").format(
            time=_span(start, end, "UTC", names_day=not is_same_day)
        )
    if mine.replace(tzinfo=None) == there.replace(tzinfo=None):
        return gettext("your time too")
    if is_same_day:
        words = gettext("{time} in {place}, your time")
    elif mine.date() < there.date():
        words = gettext(
            "{time} in {place}, your time: {hostday} in {host}, still {ownday} in {place}"
        )
    else:
        words = gettext(
            "{time} in {place}, your time: {hostday} in {host}, already {ownday} in {place}"
        )
    return words.format(
        time=_span(start, end, own, names_day=False),
        place=own_place_of(own),
        host=gettext(place_of(host)),
        hostday=weekday_text(there),
        ownday=weekday_text(mine),
    )


def _span(start: datetime, end: datetime | None, zone: str, *, names_day: bool = True) -> str:
    first = start.astimezone(ZoneInfo(zone))
    text = hour_text(first)
    if names_day:
        text = gettext("%(day)s, %(hour)s") % {"day": day_text(first), "hour": text}
    if end is None:
        return text
    last = end.astimezone(ZoneInfo(zone))
    day, hour = last.date(), hour_text(last)
    if (last.hour, last.minute) == (0, 0):
        day, hour = day - timedelta(days=1), "24:00"
    if day != first.date():
        hour = gettext("%(day)s, %(hour)s") % {"day": weekday_text(day), "hour": hour}
    return f"{text}\N{EN DASH}{hour}"


def _day_and_hour(at: datetime, *, closes: bool = False) -> str:
    if closes and (at.hour, at.minute, at.second) == (0, 0, 0):
        day, hour = at - timedelta(days=1), "24:00"
    else:
        day, hour = at, hour_text(at)
    return gettext("%(day)s, %(hour)s") % {"day": short_day_text(day), "hour": hour}
