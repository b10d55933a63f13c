"""Calendar files, read back by a parser that shares no code with the one that writes them."""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from dateutil.tz import tzical
from django.utils import translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from laurels.editions.models import Edition
from laurels.foundation.models import Mail
from laurels.seminars import actions, calendars
from laurels.seminars.models import Seminar
from tests.factories.editions import make_edition
from tests.factories.seminars import EARLY, NOW, STARTS_AT, come, make_seminar, seat_of

HOUR = timedelta(hours=1)


def read(text):
    """Return what another program sees: name, start and end in UTC, sequence and status."""
    calendar = IcsCalendarStream.calendar_from_ics(text)
    return [
        (
            event.uid,
            event.dtstart.astimezone(UTC),
            event.dtend.astimezone(UTC),
            event.sequence,
            str(event.status).rpartition(".")[2],
        )
        for event in calendar.events
    ]


def event(number, start, end, sequence=0, status="CONFIRMED"):
    return (f"seminar-2023-{number}@award.example", start, end, sequence, status)


@pytest.mark.django_db
def test_one_seminar_is_read_back_as_the_same_instants(client):
    make_seminar(make_edition(2023), title="Safe, resilient; for all")

    answer = client.get("/seminars/2023/1/calendar.ics")

    text = answer.content.decode()
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert read(text) == [event(1, STARTS_AT, STARTS_AT + 1.5 * HOUR)]
    assert "METHOD:PUBLISH" in text
    assert "BEGIN:VTIMEZONE" in text
    assert "DTSTART;TZID=Asia/Shanghai:20231106T203000" in text
    assert "SUMMARY:Safe\\, resilient\\; for all" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


@pytest.mark.django_db
def test_feed_holds_the_series_and_what_was_cancelled(client):
    edition = make_edition(2023)
    make_seminar(edition, 1)
    second = make_seminar(edition, 2, starts_at=STARTS_AT + 24 * HOUR)
    actions.cancel_seminar(
        seminar=second, said="", seen_sequence=0, person_name="Mei", now=NOW, award_now=EARLY
    )

    text = client.get("/seminars/2023/calendar.ics").content.decode()

    assert read(text) == [
        event(1, STARTS_AT, STARTS_AT + 1.5 * HOUR),
        event(2, STARTS_AT + 24 * HOUR, STARTS_AT + 25.5 * HOUR, 1, "CANCELLED"),
    ]
    assert "\r\nNAME:Seminars of the Guangzhou Award" in text


@pytest.mark.django_db
def test_what_a_person_chose_follows_a_move_and_a_change_with_higher_numbers(client):
    edition = make_edition(2023)
    seminar = make_seminar(edition)
    ana = come("ana@example.org", seminar)
    first = read(Mail.objects.last().calendar)
    later = STARTS_AT + 24 * HOUR

    actions.move_seminar(
        seminar=seminar,
        starts_at=later,
        ends_at=later + HOUR,
        said="",
        seen_sequence=0,
        person_name="Mei",
        now=NOW,
        award_now=EARLY,
    )
    moved = read(Mail.objects.last().calendar)
    actions.change_choice(
        registrant=ana, seminars=[], zone="UTC", language="en", now=NOW, award_now=EARLY
    )
    left = read(Mail.objects.last().calendar)
    come("ana@example.org", seminar, now=NOW + HOUR)
    back = read(client.get(f"/seminars/mine/{ana.token}/calendar.ics").content.decode())

    assert first == [event(1, STARTS_AT, STARTS_AT + 1.5 * HOUR, 1)]
    assert moved == [event(1, later, later + HOUR, 2)]
    assert left == [event(1, later, later + HOUR, 3, "CANCELLED")]
    assert back == [event(1, later, later + HOUR, 4)]


@pytest.mark.django_db
def test_cancelled_seminar_is_taken_out_of_calendars():
    seminar = make_seminar(make_edition(2023))
    come("ana@example.org", seminar)

    actions.cancel_seminar(
        seminar=seminar, said="", seen_sequence=0, person_name="Mei", now=NOW, award_now=EARLY
    )

    text = Mail.objects.last().calendar
    assert "METHOD:CANCEL" in text
    # RFC 5546, 3.2.5: without it some calendars leave the event where it is.
    assert 'ORGANIZER;CN="Guangzhou Award":mailto:award@award.example' in text.replace("\r\n ", "")
    assert read(text) == [event(1, STARTS_AT, STARTS_AT + 1.5 * HOUR, 2, "CANCELLED")]


@pytest.mark.django_db
def test_personal_file_leads_to_the_personal_link():
    seminar = make_seminar(make_edition(2023))
    ana = come("ana@example.org", seminar)

    text = re.sub(r"\r\n ", "", Mail.objects.last().calendar)

    assert f"/seminars/join/{seat_of(ana, seminar).token}/" in text
    assert "07:30" in text


def instants_by(text):
    """Return start and end of the one event as the file's own VTIMEZONE has them, and no other."""
    lines = re.sub(r"\r\n ", "", text)
    clocks = tzical(StringIO(text))
    found = []
    for name in ("DTSTART", "DTEND"):
        zone, value = re.search(
            rf"{name}(?:;TZID=([^:]+))?:(\S+)", lines.split("VEVENT")[1]
        ).groups()
        read = datetime.strptime(value.rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 -- a zone follows
        found.append(read.replace(tzinfo=clocks.get(zone) if zone else UTC).astimezone(UTC))
    return found


def unsaved(start, zone, *, minutes=90, title="x"):
    edition = Edition(year=2023, host_timezone=zone)
    end = start + timedelta(minutes=minutes)
    return Seminar(edition=edition, number=1, title=title, starts_at=start, ends_at=end)


def file_of(seminar, **rest):
    return calendars.calendar([calendars.of_seminar(seminar)], now=NOW, **rest)


@pytest.mark.parametrize(
    ("start", "zone"),
    [
        # Over the hour in which clocks go forward, or back: Santiago, Berlin, New York, Lord Howe.
        (datetime(2026, 9, 6, 3, 30, tzinfo=UTC), "America/Santiago"),
        (datetime(2026, 4, 5, 2, 30, tzinfo=UTC), "America/Santiago"),
        (datetime(2026, 4, 5, 3, 30, tzinfo=UTC), "America/Santiago"),
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), "Europe/Berlin"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Europe/Berlin"),
        (datetime(2026, 10, 25, 1, 0, tzinfo=UTC), "Europe/Berlin"),
        (datetime(2026, 11, 1, 6, 30, tzinfo=UTC), "America/New_York"),
        (datetime(2026, 4, 4, 14, 45, tzinfo=UTC), "Australia/Lord_Howe"),
        (datetime(2026, 4, 4, 15, 15, tzinfo=UTC), "Australia/Lord_Howe"),
        (datetime(2026, 11, 6, 12, 30, tzinfo=UTC), "Asia/Shanghai"),
    ],
)
def test_clocks_in_the_file_give_the_same_instants_at_the_edges_of_summer_time(start, zone):
    text = file_of(unsaved(start, zone))

    assert instants_by(text) == [start, start + 1.5 * HOUR]
    assert read(text) == [event(1, start, start + 1.5 * HOUR)]


def test_feed_says_how_often_it_is_to_be_read_in_both_ways():
    text = file_of(unsaved(STARTS_AT, "America/Santiago"), name="Seminars")

    assert "\r\nREFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in text
    assert "\r\nX-PUBLISHED-TTL:PT6H\r\n" in text


@pytest.mark.parametrize("title", ["城市" * 60, "🌍🏙️" * 30, "مدن آمنة، وقادرة." * 12, "é" * 199])
def test_long_lines_are_folded_between_letters(title):
    text = file_of(unsaved(STARTS_AT, "Asia/Shanghai", title=title))

    lines = text.encode().split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert "\N{REPLACEMENT CHARACTER}" not in b"".join(lines).decode(errors="replace")
    [found] = IcsCalendarStream.calendar_from_ics(text).events
    assert found.summary == title


def test_description_names_every_zone_in_the_language_of_its_reader():
    seminar = unsaved(datetime(2026, 11, 6, 1, 30, tzinfo=UTC), "America/Santiago")
    entry = calendars.Entry(seminar, "https://award.example/join/x/", "Asia/Tokyo")

    texts = {}
    for language in ("en", "es", "ar"):
        with translation.override(language):
            text = calendars.calendar([entry], now=NOW)
        texts[language] = IcsCalendarStream.calendar_from_ics(text).events[0].description

    assert texts["en"] == (
        "Thursday 5 November 2026, 22:30\N{EN DASH}24:00 in Santiago "
        "(10:30\N{EN DASH}12:00 in Tokyo, your time: "
        "Thursday in Santiago, already Friday in Tokyo)\n\nhttps://award.example/join/x/"
    )
    assert texts["es"].startswith(
        "jueves 5 de noviembre de 2026, 22:30\N{EN DASH}24:00 en Santiago"
    )
    assert texts["ar"].startswith("\N{RIGHT-TO-LEFT ISOLATE}الخميس 5 نوفمبر 2026")
    assert "\N{FIRST STRONG ISOLATE}22:30\N{POP DIRECTIONAL ISOLATE}" in texts["ar"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    at=st.datetimes(datetime(2012, 1, 1), datetime(2036, 1, 1)),  # noqa: DTZ001 -- made UTC
    zone=st.sampled_from(
        [
            "Asia/Shanghai",
            "America/Bogota",
            "Europe/Berlin",
            "America/New_York",
            "America/Santiago",
            "Australia/Lord_Howe",
            "Africa/Casablanca",
            "America/Sao_Paulo",
            "Asia/Tehran",
            "Pacific/Apia",
        ]
    ),
)
@example(at=datetime(2023, 10, 29, 1, 30), zone="Europe/Berlin")  # noqa: DTZ001 -- made UTC
def test_any_instant_in_any_zone_is_read_back_as_itself(at, zone):
    start = at.replace(second=0, microsecond=0, tzinfo=UTC)

    text = file_of(unsaved(start, zone))

    assert read(text)[0][1:3] == (start, start + 1.5 * HOUR)
    assert instants_by(text) == [start, start + 1.5 * HOUR]
