"""The clock in words, over zones and years: what is printed names the right instant, and one."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from laurels.design.instants import hour_text, offset_text, span_as_text

STARTS = datetime(2023, 11, 6, 12, 30, tzinfo=UTC)
ENDS = STARTS + timedelta(minutes=90)
ZONES = sorted(zone for zone in available_timezones() if "/" in zone)
READ = re.compile(r"(\d\d):(\d\d)(?: \(UTC([+−])?(\d+)?(?::(\d\d))?\))?")  # noqa: RUF001 -- a minus

zones = st.sampled_from(ZONES)
instants = st.datetimes(datetime(2012, 1, 1), datetime(2037, 1, 1)).map(  # noqa: DTZ001 -- made UTC
    lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC)
)


IN_GUANGZHOU = "Monday 6 November 2023, 20:30-22:00 in Guangzhou"


@pytest.mark.parametrize(
    ("own", "for_the_reader"),
    [
        ("America/Bogota", "07:30-09:00 in Bogotá, your time"),
        (
            "Pacific/Auckland",
            (
                "01:30-03:00 in Auckland, your time: "
                "Monday in Guangzhou, already Tuesday in Auckland"
            ),
        ),
        ("Asia/Singapore", "your time too"),
        ("", "12:30-14:00 UTC"),
    ],
)
def test_span_is_said_for_the_host_and_for_the_reader(own, for_the_reader):
    text = span_as_text(STARTS, ENDS, "Asia/Shanghai", own)

    assert text.replace("\N{EN DASH}", "-") == f"{IN_GUANGZHOU} ({for_the_reader})"


def test_day_that_is_still_yesterday_is_said_in_words():
    start = datetime(2023, 11, 6, 23, tzinfo=UTC)

    text = span_as_text(start, None, "Asia/Shanghai", "America/Bogota")

    assert text == (
        "Tuesday 7 November 2023, 07:00 in Guangzhou (18:00 in Bogotá, your time: "
        "Tuesday in Guangzhou, still Monday in Bogotá)"
    )


@pytest.mark.parametrize(
    ("at", "zone", "text"),
    [
        # The last Sunday of October 2023: clocks in Berlin show 02:30 twice.
        (datetime(2023, 10, 29, 0, 30, tzinfo=UTC), "Europe/Berlin", "02:30 (UTC+2)"),
        (datetime(2023, 10, 29, 1, 30, tzinfo=UTC), "Europe/Berlin", "02:30 (UTC+1)"),
        (datetime(2023, 10, 29, 2, 0, tzinfo=UTC), "Europe/Berlin", "03:00"),
        # The last Sunday of March 2024: no clock there shows 02:30.
        (datetime(2024, 3, 31, 0, 59, tzinfo=UTC), "Europe/Berlin", "01:59"),
        (datetime(2024, 3, 31, 1, 0, tzinfo=UTC), "Europe/Berlin", "03:00"),
        # Lord Howe turns its clocks by half an hour.
        (datetime(2024, 4, 6, 14, 45, tzinfo=UTC), "Australia/Lord_Howe", "01:45 (UTC+11)"),
        (datetime(2024, 4, 6, 15, 15, tzinfo=UTC), "Australia/Lord_Howe", "01:45 (UTC+10:30)"),
    ],
)
def test_hour_at_the_edges_of_summer_time_is_of_one_meaning(at, zone, text):
    assert hour_text(at.astimezone(ZoneInfo(zone))) == text


@given(at=instants, zone=zones)
@example(at=datetime(2023, 10, 29, 0, 30, tzinfo=UTC), zone="Europe/Berlin")
def test_hour_names_one_instant_of_its_day_in_every_zone_and_year(at, zone):
    local = at.astimezone(ZoneInfo(zone))

    hours, minutes, sign, offset, rest = READ.fullmatch(hour_text(local)).groups()

    naive = datetime(local.year, local.month, local.day, int(hours), int(minutes))  # noqa: DTZ001 -- read back
    if sign or offset:
        shift = timedelta(hours=int(offset or 0), minutes=int(rest or 0))
        read = (naive - shift if sign == "+" else naive + shift).replace(tzinfo=UTC)
        assert read == at or offset_text(local).endswith(f":{rest}")
    else:
        assert naive.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) == at


@given(at=instants, host=zones, own=zones)
def test_day_is_said_wherever_it_is_another_for_the_reader(at, host, own):
    there, here = (at.astimezone(ZoneInfo(zone)) for zone in (host, own))

    text = span_as_text(at, at + timedelta(minutes=90), host, own)

    assert (", still " in text) == (here.date() < there.date())
    assert (", already " in text) == (here.date() > there.date())
    assert ("your time too" in text) == (here.replace(tzinfo=None) == there.replace(tzinfo=None))
    assert hour_text(there) in text
