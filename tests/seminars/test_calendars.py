"""Calendar files, read back by a parser that shares no code with the one that writes them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
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
    assert read(text) == [event(1, STARTS_AT, STARTS_AT + 1.5 * HOUR, 2, "CANCELLED")]


@pytest.mark.django_db
def test_personal_file_leads_to_the_personal_link():
    seminar = make_seminar(make_edition(2023))
    ana = come("ana@example.org", seminar)

    text = re.sub(r"\r\n ", "", Mail.objects.last().calendar)

    assert f"/seminars/join/{seat_of(ana, seminar).token}/" in text
    assert "07:30" in text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    at=st.datetimes(datetime(2012, 1, 1), datetime(2036, 1, 1)),  # noqa: DTZ001 -- made UTC
    zone=st.sampled_from(
        [
            "Asia/Shanghai",
            "America/Bogota",
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "Africa/Casablanca",
            "America/Sao_Paulo",
            "Asia/Tehran",
            "Pacific/Apia",
        ]
    ),
)
def test_any_instant_in_any_zone_is_read_back_as_itself(at, zone):
    start = at.replace(second=0, microsecond=0, tzinfo=UTC)
    edition = Edition(year=2023, host_timezone=zone)
    seminar = Seminar(edition=edition, number=1, title="x", starts_at=start, ends_at=start + HOUR)
    local = start.astimezone(seminar.zone)
    if local.utcoffset() != (local.replace(fold=1 - local.fold)).utcoffset():
        return  # An hour that comes twice: RFC 5545 can write only its first.

    text = calendars.calendar([calendars.of_seminar(seminar)], now=NOW)

    assert read(text)[0][1] == start
