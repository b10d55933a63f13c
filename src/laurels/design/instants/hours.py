"""Instants and spans as plain text, for mails, feeds and calendars."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from laurels.design.instants.days import (
    IN_PLACE,
    day_text,
    short_day_text,
    weekday_text,
    words_language,
)
from laurels.design.instants.marks import isolated, whole
from laurels.design.instants.places import CONTINENTS, is_known, own_place_of, place_of

if TYPE_CHECKING:
    from datetime import date, datetime

MIDNIGHT = (0, 0)


def as_text(at: datetime, zone: str, *, closes: bool = False) -> str:
    """Return e.g. "1 November 2023, 00:00 in Guangzhou (31 October 2023, 16:00 UTC)".

    `at` is aware, `zone` an IANA name; words and order are of the active language. A midnight
    that `closes` something is 24:00 of the day that it ends.
    """
    in_utc = _day_and_hour(at.astimezone(UTC))
    local = at.astimezone(ZoneInfo(zone))
    if zone == "UTC":
        return whole(gettext("%(time)s UTC") % {"time": in_utc})
    return whole(
        gettext("%(local)s in %(place)s (%(utc)s UTC)")
        % {
            "local": _day_and_hour(local, closes=closes),
            "place": isolated(gettext(place_of(zone))),
            "utc": in_utc,
        }
    )


def span_as_text(start: datetime, end: datetime | None, host: str, own: str = "") -> str:
    """Return a span for a mail, a feed, a calendar or a picture: for the host, and for the reader.

    "Monday 6 November 2023, 20:30-22:00 in Guangzhou (07:30-09:00 in Bogotá, your time)". A day
    that is another one for the reader is said in words; without `own`, or with one that the zone
    database no longer has, UTC stands in its place.
    """
    here = host_text(start, end, host)
    if is_known(own):
        return whole(f"{here} ({reader_text(start, end, host, own)})")
    is_same_day = start.astimezone(UTC).date() == start.astimezone(ZoneInfo(host)).date()
    in_utc = _span(start, end, "UTC", names_day=not is_same_day)
    return whole(f"{here} ({gettext('{time} UTC').format(time=in_utc)})")


def host_text(start: datetime, end: datetime | None, host: str, *, closes: bool = False) -> str:
    """Return e.g. "Monday 6 November 2023, 20:30-22:00 in Guangzhou".

    `closes` says of a midnight that it ends the day before, at 24:00.
    """
    time = _span(start, end, host)
    if closes and _is_midnight(there := start.astimezone(ZoneInfo(host))):
        day = day_text(there - timedelta(days=1))
        time = gettext("%(day)s, %(hour)s") % {"day": day, "hour": isolated("24:00")}
    return gettext(IN_PLACE).format(time=time, place=isolated(gettext(place_of(host))))


def elsewhere(at: datetime, host: str, *, closes: bool = False) -> list[tuple[str, str, str]]:
    """Return the same instant on six continents: place, hour, and the day where it is another.

    ("Auckland", "01:30", "already Tuesday"); the last is "" where the day is the host's.
    """
    there = at.astimezone(ZoneInfo(host))
    if closes and _is_midnight(there):
        there -= timedelta(microseconds=1)
    rows = []
    for zone in CONTINENTS:
        here = at.astimezone(ZoneInfo(zone))
        rows.append((own_place_of(zone), hour_text(here), _shift(here.date(), there.date())))
    return rows


def _shift(here: date, there: date) -> str:
    if here == there:
        return ""
    words = gettext("still {day}") if here < there else gettext("already {day}")
    # Until it is translated, the day alone: "already Freitag" is of no language.
    if words_language() != "en" and words in {"still {day}", "already {day}"}:
        words = "{day}"
    return words.format(day=weekday_text(here))


def reader_text(
    start: datetime, end: datetime | None, host: str, own: str, *, closes: bool = False
) -> str:
    """Return e.g. "07:30-09:00 in Bogotá, your time"; the browser's words are the same.

    `closes` says of a midnight at the host's that it ends the day before.
    """
    there, mine = start.astimezone(ZoneInfo(host)), start.astimezone(ZoneInfo(own))
    if mine.replace(tzinfo=None) == there.replace(tzinfo=None):
        return gettext("your time too")
    if closes and _is_midnight(there):
        there -= timedelta(microseconds=1)
    if mine.date() == there.date():
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
        place=isolated(own_place_of(own)),
        host=isolated(gettext(place_of(host))),
        hostday=weekday_text(there),
        ownday=weekday_text(mine),
    )


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


def _span(start: datetime, end: datetime | None, zone: str, *, names_day: bool = True) -> str:
    first = start.astimezone(ZoneInfo(zone))
    text = isolated(hour_text(first))
    if names_day:
        text = gettext("%(day)s, %(hour)s") % {"day": day_text(first), "hour": text}
    if end is None:
        return text
    last = end.astimezone(ZoneInfo(zone))
    day, hour = last.date(), isolated(hour_text(last))
    if _is_midnight(last):
        day, hour = day - timedelta(days=1), isolated("24:00")
    if day != first.date():
        hour = gettext("%(day)s, %(hour)s") % {"day": weekday_text(day), "hour": hour}
    return f"{text}\N{EN DASH}{hour}"


def _is_midnight(local: datetime) -> bool:
    return (local.hour, local.minute) == MIDNIGHT


def _day_and_hour(at: datetime, *, closes: bool = False) -> str:
    if closes and (at.hour, at.minute, at.second) == (*MIDNIGHT, 0):
        day, hour = at - timedelta(days=1), "24:00"
    else:
        day, hour = at, hour_text(at)
    return gettext("%(day)s, %(hour)s") % {"day": short_day_text(day), "hour": isolated(hour)}
