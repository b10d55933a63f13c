"""Days and instants as an award's file writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from laurels.editions.enums import Precision

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
WRITTEN = re.compile(r"(?P<when>[0-9][0-9T:+./WZ-]*)(?:\s*\((?P<words>[^()]*)\))?")
MONTH = re.compile(r"(\d{4})-(\d{2})")
SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})/(\d{2}|\d{4}-\d{2}-\d{2})")


class NotAnInstant(ValueError):  # noqa: N818 -- named for what is wrong
    """A text that begins like a date is none."""


@dataclass(frozen=True)
class Span:
    """The first instant and the first one after, UTC, and how exactly they are known.

    `words` is the whole text where it says more than the instants do.
    """

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    precision: Precision = Precision.UNKNOWN
    words: str = ""


def read_span(text: str, zone: ZoneInfo) -> Span:
    """Read `2023-11-30`, `2023-11`, `2023-09-11/14` or an instant with its offset.

    A day or month gives its bounds in `zone`. Words in parentheses may follow; a text of other
    words is kept as words. Raise NotAnInstant for `2023-02-30`, or an instant without offset.
    """
    if not text:
        return Span()
    written = WRITTEN.fullmatch(text)
    if not written:
        return Span(words=text)
    words = text if written["words"] else ""
    first, after, precision = _bounds(written["when"], zone)
    return Span(first, after, precision, words)


def _bounds(when: str, zone: ZoneInfo) -> tuple[datetime, datetime, Precision]:
    try:
        if month := MONTH.fullmatch(when):
            begin = date(int(month[1]), int(month[2]), 1)
            end = (begin + 31 * ONE_DAY).replace(day=1)
            return _midnight(begin, zone), _midnight(end, zone), Precision.MONTH
        if "T" in when:
            instant = datetime.fromisoformat(when)
            return _in_utc(instant), _in_utc(instant), Precision.MINUTE
        begin, end = _days(when)
        return _midnight(begin, zone), _midnight(end + ONE_DAY, zone), Precision.DAY
    except NotAnInstant:
        raise
    except (ValueError, OverflowError) as fault:
        message = "is no day or instant, as in 2023-11-30 or 2023-11-30T23:59:00+08:00"
        raise NotAnInstant(message) from fault


def _in_utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        message = "says no offset from UTC, as in 2023-11-30T23:59:00+08:00"
        raise NotAnInstant(message)
    return instant.astimezone(UTC)


def _days(when: str) -> tuple[date, date]:
    span = SPAN.fullmatch(when)
    if not span:
        day = _day(when)
        return day, day
    begin = _day(span[1])
    end = begin.replace(day=int(span[2])) if len(span[2]) == len("dd") else _day(span[2])
    if end < begin:
        message = "ends before it begins"
        raise NotAnInstant(message)
    return begin, end


def _day(text: str) -> date:
    # `fromisoformat` reads week dates and dates without hyphens too: no award writes those.
    return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
