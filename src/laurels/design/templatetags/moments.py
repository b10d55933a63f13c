"""The one clock component: every instant and every day on a page goes through these tags."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from laurels.design import instants

if TYPE_CHECKING:
    from datetime import tzinfo

register = template.Library()

MIDNIGHT = (0, 0)
MONTH = "month"
FIRST_MONDAY = date(2024, 1, 1)

# Times and names stand in <bdi>, so that words of the other direction cannot turn them around.
WHEN = (
    '<bdi class="when" dir="{direction}" data-from="{start}" data-to="{end}" data-zone="{zone}" '
    'data-place="{place}"{closes}>{here} <span class="other">({utc})</span></bdi>'
)
TO = '{}<span class="to">\u2013{}</span>'
WHEN_IN_UTC = '<bdi class="when" dir="{}">{}</bdi>'


@register.simple_tag
def when(start: datetime | None, *end_and_zone: Any, closes: bool = False) -> str:
    """Print an instant or a span: `{% when start zone %}` or `{% when start end zone %}`.

    It reads "Monday 6 November 2023, 20:30-22:00 in Guangzhou (12:30-14:00 UTC)"; a script puts
    the visitor's own zone in place of UTC. `closes=True` says of a midnight that it ends the day
    before: "Thursday 30 November 2023, 24:00". No instant prints nothing.
    """
    *ends, zone = end_and_zone
    end: datetime | None = ends[0] if ends else None
    if start is None:
        return ""
    if zone == "UTC":
        in_utc = format_html(gettext("{time} UTC"), time=_span(start, end, UTC, closes=closes))
        return format_html(WHEN_IN_UTC, instants.direction(), in_utc)
    there = ZoneInfo(zone)
    place = gettext(instants.place_of(zone))
    shown_day = _day_and_hour(start.astimezone(there), closes=closes)[0]
    return format_html(
        WHEN,
        direction=instants.direction(),
        start=_iso(start),
        end=_iso(end) if end else "",
        zone=zone,
        place=place,
        closes=mark_safe(" data-closes") if closes and _is_midnight(start, there) else "",
        here=format_html(
            gettext("{time} in {place}"),
            time=_span(start, end, there, closes=closes),
            place=format_html("<bdi>{}</bdi>", place),
        ),
        utc=format_html(gettext("{time} UTC"), time=_span(start, end, UTC, known_day=shown_day)),
    )


@register.simple_tag
def day(value: date | None) -> str:
    """Print a day: "7 December 2023"; nothing where there is none."""
    return "" if value is None else _time(value.isoformat(), instants.short_day_text(value))


@register.simple_tag
def local_date(at: datetime, zone: str) -> date:
    """Return the host's day of an instant: `{% local_date at zone as day %}`."""
    return at.astimezone(ZoneInfo(zone)).date()


@register.simple_tag
def days(first: date | None, last: date | None) -> str:
    """Print a span of days: "6 to 9 November 2023"; one day where only one is known."""
    if first is None or last is None:
        return day(first or last)
    return format_html('<bdi class="days">{}</bdi>', instants.span_text(first, last))


@register.simple_tag
def moment_days(moment: Any) -> str:
    """Print the days of a moment of a calendar, no more exactly than they are recorded.

    `moment` has `opens_on`, `closes_on`, a precision for each ("month" or finer) and `recorded`,
    the words of the source.
    """
    first, last = moment.opens_on, moment.closes_on
    if first is None and last is None:
        return moment.recorded or gettext("not recorded")
    if moment.opens_precision == MONTH and moment.closes_precision in ("", MONTH):
        return month(first)
    if moment.opens_precision == MONTH:
        return format_html(gettext("{first} to {last}"), first=month(first), last=day(last))
    if first is None:
        return format_html(gettext("until {last}"), last=day(last))
    return days(first, last)


@register.simple_tag
def month(value: date | None) -> str:
    """Print a month: "March 2012"."""
    return "" if value is None else _time(f"{value:%Y-%m}", instants.month_text(value))


@register.simple_tag
def weekday_and_month(value: date) -> str:
    return instants.weekday_and_month_text(value)


@register.simple_tag
def countdown(until: datetime | None, now: datetime) -> str:
    """Print how long it is until then, in words: "in 25 days"; nothing once it has passed."""
    return "" if until is None else instants.wait_text(until, now)


@register.simple_tag
def words_language() -> str:
    return instants.words_language()


@register.simple_tag
def zone_names() -> str:
    """Print the cities whose own spelling the name of their zone lacks, for the script."""
    return ";".join(f"{zone}={name}" for zone, name in instants.own_names().items())


@register.simple_tag
def weekdays() -> str:
    """Print the seven weekdays from Monday on, for the script."""
    return ";".join(instants.weekday_text(FIRST_MONDAY + timedelta(days=day)) for day in range(7))


@register.simple_tag
def day_and_hour() -> str:
    """Print how a day and an hour are joined, for the script."""
    return gettext("%(day)s, %(hour)s") % {"day": "{day}", "hour": "{hour}"}


@register.inclusion_tag("components/city_times.html")
def city_times(start: datetime, end: datetime | None = None) -> dict[str, Any]:
    """Print a folded list of the big cities' own times, for those without the script."""
    rows = [
        (name, _span(start, end, ZoneInfo(zone), weekday_only=True))
        for name, zone in instants.CITIES
    ]
    return {"rows": rows}


def _span(
    start: datetime,
    end: datetime | None,
    zone: tzinfo,
    *,
    closes: bool = False,
    known_day: date | None = None,
    weekday_only: bool = False,
) -> str:
    """The day, once, and the hours; the day is left out where the reader knows it."""
    first_day, first_hour = _day_and_hour(start.astimezone(zone), closes=closes)
    text = first_hour
    if first_day != known_day:
        text = gettext("%(day)s, %(hour)s") % {
            "day": instants.weekday_text(first_day)
            if weekday_only
            else instants.day_text(first_day),
            "hour": first_hour,
        }
    shown = _time(_iso(start.astimezone(zone)), text)
    if end is None:
        return shown
    last_day, last_hour = _day_and_hour(end.astimezone(zone), closes=True)
    if last_day != first_day:
        last_hour = gettext("%(day)s, %(hour)s") % {
            "day": instants.weekday_text(last_day),
            "hour": last_hour,
        }
    return format_html(TO, shown, _time(_iso(end.astimezone(zone)), last_hour))


def _day_and_hour(local: datetime, *, closes: bool) -> tuple[date, str]:
    """A midnight that closes something is 24:00 of the day that it ends."""
    if closes and (local.hour, local.minute) == MIDNIGHT:
        return local.date() - timedelta(days=1), "24:00"
    return local.date(), instants.hour_text(local)


def _is_midnight(at: datetime, zone: tzinfo) -> bool:
    local = at.astimezone(zone)
    return (local.hour, local.minute) == MIDNIGHT


def _iso(at: datetime) -> str:
    text = at.isoformat(timespec="seconds")
    return text.replace("+00:00", "Z")


def _time(machine: str, text: str) -> str:
    return format_html('<bdi><time datetime="{}">{}</time></bdi>', machine, text)
