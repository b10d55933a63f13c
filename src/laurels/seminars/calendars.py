"""Calendar files: one seminar, what somebody chose, or the whole series (RFC 5545)."""

from __future__ import annotations

import zoneinfo
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from laurels.design.instants import span_as_text
from laurels.seminars.enums import RegistrationState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from laurels.seminars.models import Registration, Seminar

PRODUCT = "-//Laurels//Seminars//EN"
REFRESHED_EVERY = timedelta(hours=6)


class Reading(NamedTuple):
    """How the clocks of a zone go: ahead of UTC by `offset`, under a name like CET."""

    offset: timedelta
    is_summer: bool
    name: str


@dataclass(frozen=True)
class Entry:
    """One seminar in one calendar: where its address leads, and how often it has changed."""

    seminar: Seminar
    url: str
    zone: str = ""
    sequence: int = 0
    is_cancelled: bool = False


def of_registration(registration: Registration, url: str) -> Entry:
    """Return the entry of one person: cancelled for that person alone, perhaps."""
    seminar = registration.seminar
    return Entry(
        seminar=seminar,
        url=url,
        zone=registration.registrant.zone,
        sequence=seminar.sequence + registration.change_count,
        is_cancelled=registration.state != RegistrationState.CONFIRMED
        or seminar.cancelled_at is not None,
    )


def of_seminar(seminar: Seminar) -> Entry:
    """Return the entry for everybody, which leads to the seminar's page."""
    return Entry(
        seminar=seminar,
        url=settings.SITE_URL + seminar.get_absolute_url(),
        sequence=seminar.sequence,
        is_cancelled=seminar.cancelled_at is not None,
    )


def calendar(
    entries: Iterable[Entry], *, now: datetime, name: str = "", is_cancelling: bool = False
) -> str:
    """Return the text of a calendar: METHOD:PUBLISH, or CANCEL where it only takes away.

    Each start is in its host's zone, which the file defines (VTIMEZONE), so that a client
    without zones of its own reads the right instant. `name` makes it a feed.
    """
    # It takes half a second to import, which no other page should wait for.
    from icalendar import Calendar, vDuration

    entries = list(entries)
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "CANCEL" if is_cancelling else "PUBLISH")
    if name:
        made.add("x-wr-calname", name)
        made.add("name", name)
        made.add("refresh-interval", REFRESHED_EVERY, {"VALUE": "DURATION"})
        # The older name of the same, which Outlook reads.
        made.add("x-published-ttl", vDuration(REFRESHED_EVERY))
    starts = [entry.seminar.starts_at.year for entry in entries]
    for zone in sorted({entry.seminar.timezone for entry in entries} - {"UTC"}):
        made.add_component(_zone(zone, min(starts) - 1, max(starts) + 1))
    for entry in entries:
        made.add_component(_event(entry, now))
    text: str = made.to_ical().decode()
    return text


def uid(seminar: Seminar) -> str:
    """Return the name by which all calendars know a seminar, whatever changes."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"seminar-{seminar.edition.year}-{seminar.number}@{host}"


@cache
def _zone(name: str, first_year: int, last_year: int) -> Any:
    """Return the clocks of a zone (VTIMEZONE) with every turn of them in these years.

    icalendar's own search (7.3) steps over turns that lie close together: Ramadan in Morocco.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = zoneinfo.ZoneInfo(name)
    begin, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    onsets: dict[tuple[timedelta, Reading], list[datetime]] = defaultdict(list)
    before = _reading(begin, zone).offset
    for turn in (begin, *_turns(zone, begin, end)):
        reading = _reading(turn, zone)
        # RFC 5545, 3.6.5: an onset is told on the clocks as they went before it.
        onsets[before, reading].append((turn + before).replace(tzinfo=None))
        before = reading.offset
    made = Timezone()
    made.add("tzid", name)
    for (offset, reading), (first, *rest) in onsets.items():
        clocks = TimezoneDaylight() if reading.is_summer else TimezoneStandard()
        clocks.DTSTART = first
        if rest:
            clocks.add("rdate", rest)
        clocks.TZOFFSETFROM, clocks.TZOFFSETTO = offset, reading.offset
        clocks.add("tzname", reading.name)
        made.add_component(clocks)
    return made


def _turns(zone: zoneinfo.ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """Yield each instant, to the minute, from which on the clocks of a zone read otherwise."""
    for number in range((end - begin).days):
        day = begin + timedelta(days=number)
        before = _reading(day, zone)
        if _reading(day + timedelta(days=1), zone) != before:
            minutes = range(1, 24 * 60 + 1)
            turned = bisect_left(
                minutes,
                True,
                key=lambda minute: _reading(day + timedelta(minutes=minute), zone) != before,
            )
            yield day + timedelta(minutes=minutes[turned])


def _reading(at: datetime, zone: zoneinfo.ZoneInfo) -> Reading:
    local = at.astimezone(zone)
    return Reading(local.utcoffset() or timedelta(), bool(local.dst()), local.tzname() or "")


def _event(entry: Entry, now: datetime) -> Any:
    from icalendar import Event, vCalAddress

    seminar = entry.seminar
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    # RFC 5546, 3.2.1 and 3.2.5: whoever publishes an event, or takes it back, is named in it.
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["CN"] = name or address
    event = Event()
    event.add("uid", uid(seminar))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", _local(seminar.starts_at, seminar.zone))
    event.add("dtend", _local(seminar.ends_at, seminar.zone))
    event.add("summary", seminar.title)
    event.add("organizer", organizer)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("url", entry.url)
    event.add("location", _("Online"))
    when = span_as_text(seminar.starts_at, seminar.ends_at, seminar.timezone, entry.zone)
    event.add("description", f"{when}\n\n{entry.url}")
    return event


def _local(at: datetime, zone: zoneinfo.ZoneInfo) -> datetime:
    """Return an instant on its host's clocks; in UTC where they show that hour a second time.

    RFC 5545, 3.3.5: of an hour that comes twice, a local time means the first.
    """
    local = at.astimezone(zone)
    return at.astimezone(UTC) if local.fold else local
