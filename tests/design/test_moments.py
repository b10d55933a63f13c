"""The clock component: what pages print for an instant, a day and a wait."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.test import override_settings
from django.utils import translation

ZONE = "Asia/Shanghai"
TO = "\N{EN DASH}"
NOON = datetime(2023, 11, 5, 9, tzinfo=UTC)


def shown(tag, **context):
    html = Template("{% load moments %}" + tag).render(Context(context))
    return re.sub(r"<[^>]+>", "", html)


def test_when_names_the_hosts_city_and_utc():
    at = datetime(2023, 11, 6, 12, 30, tzinfo=UTC)

    text = shown("{% when at zone %}", at=at, zone=ZONE)

    assert text == "Monday 6 November 2023, 20:30 in Guangzhou (12:30 UTC)"


def test_when_of_a_span_says_the_day_once():
    start = datetime(2023, 11, 6, 12, 30, tzinfo=UTC)

    text = shown(
        "{% when start end zone %}", start=start, end=start + timedelta(hours=1.5), zone=ZONE
    )

    assert text == f"Monday 6 November 2023, 20:30{TO}22:00 in Guangzhou (12:30{TO}14:00 UTC)"


def test_when_names_the_day_in_utc_where_it_is_another():
    at = datetime(2023, 10, 31, 16, tzinfo=UTC)

    text = shown("{% when at zone %}", at=at, zone=ZONE)

    assert text == (
        "Wednesday 1 November 2023, 00:00 in Guangzhou (Tuesday 31 October 2023, 16:00 UTC)"
    )


def test_when_of_a_close_at_midnight_belongs_to_the_day_that_it_ends():
    at = datetime(2023, 11, 30, 16, tzinfo=UTC)

    text = shown("{% when at zone closes=True %}", at=at, zone=ZONE)

    assert text == "Thursday 30 November 2023, 24:00 in Guangzhou (16:00 UTC)"


def test_when_of_a_span_over_midnight_names_the_second_day():
    start = datetime(2023, 11, 6, 15, tzinfo=UTC)

    text = shown(
        "{% when start end zone %}", start=start, end=start + timedelta(hours=3), zone=ZONE
    )

    assert text.startswith(f"Monday 6 November 2023, 23:00{TO}Tuesday, 02:00 in Guangzhou")


def test_when_tells_the_script_the_instants():
    start = datetime(2023, 11, 6, 12, 30, tzinfo=UTC)

    html = Template("{% load moments %}{% when start start zone closes=True %}").render(
        Context({"start": start, "zone": ZONE})
    )

    assert 'data-from="2023-11-06T12:30:00Z" data-to="2023-11-06T12:30:00Z"' in html
    assert f'data-zone="{ZONE}" data-place="Guangzhou">' in html
    assert 'datetime="2023-11-06T20:30:00+08:00"' in html


def test_when_for_a_host_in_utc_says_it_once():
    assert shown("{% when at 'UTC' %}", at=NOON) == "Sunday 5 November 2023, 09:00 UTC"


def test_when_without_an_instant_prints_nothing():
    assert shown("[{% when at zone %}]", at=None, zone=ZONE) == "[]"


@override_settings(ZONE_PLACES={})
def test_when_calls_a_zone_by_its_own_city_where_the_host_names_none():
    text = shown("{% when at zone %}", at=NOON, zone="America/Mexico_City")

    assert text == "Sunday 5 November 2023, 03:00 in Mexico City (09:00 UTC)"


def test_dates_stay_in_the_language_of_the_words_around_them():
    with translation.override("de"):  # a language without a catalogue
        text = shown("{% when at zone %}", at=NOON, zone=ZONE)
    with translation.override("es"):
        spanish = shown("{% when at zone %}", at=NOON, zone=ZONE)

    assert text == "Sunday 5 November 2023, 17:00 in Guangzhou (09:00 UTC)"
    assert spanish == "domingo 5 de noviembre de 2023, 17:00 en Guangzhou (09:00 UTC)"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2023, 11, 6), date(2023, 11, 9), "6 to 9 November 2023"),
        (date(2023, 2, 23), date(2023, 8, 31), "23 February to 31 August 2023"),
        (date(2022, 12, 1), date(2023, 1, 2), "1 December 2022 to 2 January 2023"),
        (date(2023, 12, 7), date(2023, 12, 7), "7 December 2023"),
        (None, date(2023, 8, 31), "31 August 2023"),
        (None, None, ""),
    ],
)
def test_days_say_no_more_than_they_must(first, last, text):
    assert shown("{% days first last %}", first=first, last=last) == text


@pytest.mark.parametrize(
    ("wait", "text"),
    [
        (timedelta(days=25, hours=7), "in 25 days"),
        (timedelta(days=2), "in 2 days"),
        (timedelta(hours=47), "in 47 hours"),
        (timedelta(minutes=90), "in 1 hour"),
        (timedelta(minutes=89), "in 89 minutes"),
        (timedelta(seconds=5), "in 1 minute"),
        (timedelta(0), ""),
        (timedelta(days=-1), ""),
    ],
)
def test_countdown_is_in_words_and_ends_exactly(wait, text):
    assert shown("{% countdown until now %}", until=NOON + wait, now=NOON) == text


def test_city_times_list_the_world_without_a_script():
    text = " ".join(
        shown("{% city_times at %}", at=datetime(2023, 11, 6, 12, 30, tzinfo=UTC)).split()
    )

    assert "Bogotá Monday, 07:30" in text
    assert "Auckland Tuesday, 01:30" in text
    assert text.startswith("In other cities")


def test_month_says_no_day():
    assert shown("{% month on %}", on=date(2012, 3, 1)) == "March 2012"
