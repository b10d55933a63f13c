"""The clock in words, over zones and years: what is printed names the right instant, and one."""

import re
import zoneinfo
from datetime import UTC, datetime, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from laurels.design.instants import CITIES, hour_text, offset_text, own_place_of, span_as_text
from laurels.seminars.forms.registering import zones as listed_zones

STARTS = datetime(2023, 11, 6, 12, 30, tzinfo=UTC)
ENDS = STARTS + timedelta(minutes=90)
PAGO_PAGO = "Pacific/Pago_Pago"
READ = re.compile(r"(\d\d):(\d\d)(?: \(UTC([+−])?(\d+)?(?::(\d\d))?\))?")  # noqa: RUF001 -- a minus

# One for each history of clocks since 1970 (zone1970.tab).
zones = st.sampled_from(listed_zones())
instants = st.datetimes(datetime(2000, 1, 1), datetime(2041, 1, 1)).map(  # noqa: DTZ001 -- made UTC
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


def instant_of(day, text, zone):
    """Return the instant that a day and a printed hour name, by themselves."""
    hours, minutes, sign, offset, rest = READ.fullmatch(text).groups()
    shown = datetime(day.year, day.month, day.day, int(hours), int(minutes))  # noqa: DTZ001 -- read back
    if "UTC" not in text:
        assert shown.replace(tzinfo=zone, fold=0).utcoffset() == (
            shown.replace(tzinfo=zone, fold=1).utcoffset()
        ), "an hour that comes twice names no offset"
        return shown.replace(tzinfo=zone).astimezone(UTC)
    shift = timedelta(hours=int(offset or 0), minutes=int(rest or 0))
    return (shown - shift if sign == "+" else shown + shift).replace(tzinfo=UTC)


@settings(max_examples=300)
@given(at=instants, zone=zones)
@example(at=datetime(2023, 10, 29, 0, 30, tzinfo=UTC), zone="Europe/Berlin")
@example(at=datetime(2023, 10, 29, 1, 30, tzinfo=UTC), zone="Europe/Berlin")
@example(at=datetime(2024, 4, 6, 15, 15, tzinfo=UTC), zone="Australia/Lord_Howe")
@example(at=datetime(2010, 3, 4, 18, 0, tzinfo=UTC), zone="Antarctica/Casey")  # three hours back
def test_hour_names_one_instant_of_its_day_in_every_zone_and_year(at, zone):
    local = at.astimezone(ZoneInfo(zone))

    assert instant_of(local.date(), hour_text(local), ZoneInfo(zone)) == at


@settings(max_examples=300)
@given(at=instants, host=zones, own=zones)
@example(at=datetime(2023, 11, 6, 10, 30, tzinfo=UTC), host="Pacific/Kiritimati", own=PAGO_PAGO)
@example(at=datetime(2011, 12, 30, 10, 0, tzinfo=UTC), host="Pacific/Apia", own=PAGO_PAGO)
@example(at=datetime(2024, 3, 31, 1, 0, tzinfo=UTC), host="Europe/Berlin", own="Asia/Kathmandu")
def test_sentence_names_the_instant_to_host_and_reader_alike(at, host, own):
    """Read back as a person would: the host's day and hour; the reader's hour, and its weekday."""
    there, here = (at.astimezone(ZoneInfo(zone)) for zone in (host, own))

    text = span_as_text(at, None, host, own)

    weekday, day, rest = re.fullmatch(r"(\w+) (\d+ \w+ \d{4}), (.+)", text).groups()
    host_day = datetime.strptime(day, "%d %B %Y").date()  # noqa: DTZ007 -- a day
    host_hour, for_reader = re.fullmatch(r"(.+?) in \S[^()]* \((.+)\)", rest).groups()
    assert host_day.strftime("%A") == weekday
    assert instant_of(host_day, host_hour, ZoneInfo(host)) == at
    if for_reader == "your time too":
        assert here.replace(tzinfo=None) == there.replace(tzinfo=None)
        return
    own_hour = re.match(r"(.+?) in [^,]+, your time", for_reader)[1]
    shifted = re.search(r": (\w+) in .+, (still|already) (\w+) in ", for_reader)
    own_day = host_day
    if shifted:
        assert shifted[1] == weekday
        step = timedelta(days=-1 if shifted[2] == "still" else 1)
        while own_day.strftime("%A") != shifted[3]:
            own_day += step
    assert own_day == here.date()
    assert instant_of(own_day, own_hour, ZoneInfo(own)) == at


@given(at=instants, host=zones, own=zones)
def test_day_is_said_wherever_it_is_another_for_the_reader(at, host, own):
    there, here = (at.astimezone(ZoneInfo(zone)) for zone in (host, own))

    text = span_as_text(at, at + timedelta(minutes=90), host, own)

    assert (", still " in text) == (here.date() < there.date())
    assert (", already " in text) == (here.date() > there.date())
    assert ("your time too" in text) == (here.replace(tzinfo=None) == there.replace(tzinfo=None))
    assert hour_text(there) in text


def test_two_days_lie_between_the_sides_of_the_date_line():
    at = datetime(2023, 11, 6, 10, 30, tzinfo=UTC)

    text = span_as_text(at, None, "Pacific/Kiritimati", PAGO_PAGO)

    assert text == (
        "Tuesday 7 November 2023, 00:30 in Kiritimati (23:30 in Pago Pago, your time: "
        "Tuesday in Kiritimati, still Sunday in Pago Pago)"
    )


@pytest.mark.parametrize(
    ("zone", "place", "offset"),
    [
        ("Asia/Kathmandu", "Kathmandu", "UTC+5:45"),
        ("Asia/Katmandu", "Kathmandu", "UTC+5:45"),
        ("Asia/Calcutta", "Delhi", "UTC+5:30"),
        ("Pacific/Chatham", "Chatham", "UTC+13:45"),
        ("Pacific/Marquesas", "Marquesas", "UTC\N{MINUS SIGN}9:30"),
        ("America/St_Johns", "St Johns", "UTC\N{MINUS SIGN}3:30"),
        # POSIX counts from the other side: this one lies west.
        ("Etc/GMT+5", "UTC\N{MINUS SIGN}5", "UTC\N{MINUS SIGN}5"),
        ("Etc/GMT-14", "UTC+14", "UTC+14"),
        ("UTC", "UTC", "UTC"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires", "UTC\N{MINUS SIGN}3"),
    ],
)
def test_zone_is_called_as_its_people_call_it(zone, place, offset):
    local = STARTS.astimezone(ZoneInfo(zone))

    assert own_place_of(zone) == place
    assert offset_text(local) == offset


def test_zone_that_the_database_no_longer_has_reads_utc():
    assert "(12:30\N{EN DASH}14:00 UTC)" in span_as_text(STARTS, ENDS, "Asia/Shanghai", "Asia/Gone")


def test_zone_whose_rule_has_changed_is_said_by_the_new_rule(tmp_path):
    """A government moves its clocks between registration and letter: the instant stays."""
    before = span_as_text(STARTS, ENDS, "Asia/Shanghai", "America/Bogota")
    changed = tmp_path / "America" / "Bogota"
    changed.parent.mkdir()
    # From now on Bogota keeps the clocks of Caracas.
    changed.write_bytes((resources.files("tzdata") / "zoneinfo/America/Caracas").read_bytes())
    usual = zoneinfo.TZPATH
    try:
        zoneinfo.reset_tzpath([tmp_path, *usual])
        ZoneInfo.clear_cache(only_keys=["America/Bogota"])
        after = span_as_text(STARTS, ENDS, "Asia/Shanghai", "America/Bogota")
    finally:
        zoneinfo.reset_tzpath(usual)
        ZoneInfo.clear_cache(only_keys=["America/Bogota"])

    assert before == f"{IN_GUANGZHOU} (07:30-09:00 in Bogotá, your time)".replace(
        "0-", "0\N{EN DASH}"
    )
    assert after == before.replace("07:30\N{EN DASH}09:00", "08:30\N{EN DASH}10:00")


def test_amid_arabic_words_times_and_names_stand_between_marks():
    with translation.override("ar"):
        text = span_as_text(STARTS, None, "Asia/Shanghai", "America/Bogota")

    assert text.startswith("\N{RIGHT-TO-LEFT ISOLATE}الاثنين 6 نوفمبر 2023")
    for whole in ("20:30", "07:30"):
        assert f"\N{FIRST STRONG ISOLATE}{whole}\N{POP DIRECTIONAL ISOLATE}" in text
    assert text.count("\N{POP DIRECTIONAL ISOLATE}") == 5
    assert text.endswith("\N{POP DIRECTIONAL ISOLATE}")


def test_cities_of_the_list_lie_on_every_continent():
    areas = {zone.partition("/")[0] for _name, zone in CITIES}

    assert areas == {"Africa", "America", "Asia", "Australia", "Europe", "Pacific"}
    assert "America/Bogota" in {zone for _name, zone in CITIES}
    offsets = [STARTS.astimezone(ZoneInfo(zone)).utcoffset() for _name, zone in CITIES]
    assert offsets == sorted(offsets)
