from __future__ import annotations

from datetime import date

import pytest

from laurels.focus.days import calendar, day_of
from tests.factories.award import real_documents


def test_calendar_names_who_set_each_day_and_knows_the_awards_themes():
    themes = set(real_documents()["editions.json"]["conventions"]["theme_vocabulary"])

    assert [day.key for day in calendar().values() if not day.decision or not day.name] == []
    assert {theme for day in calendar().values() for theme in day.themes} <= themes


@pytest.mark.parametrize(
    ("key", "year", "expected"),
    [
        ("mother-earth", 2027, date(2027, 4, 22)),
        ("labour", 2027, date(2027, 5, 1)),
        ("cities", 2026, date(2026, 10, 31)),
        ("habitat", 2023, date(2023, 10, 2)),
        ("habitat", 2024, date(2024, 10, 7)),
        ("habitat", 2029, date(2029, 10, 1)),
    ],
)
def test_day_falls_in_each_year(key, year, expected):
    assert calendar()[key].in_year(year) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 10, 31), date(2026, 10, 31)),
        (date(2026, 11, 1), date(2027, 10, 31)),
    ],
)
def test_day_comes_next(today, expected):
    assert calendar()["cities"].next_after(today) == expected


@pytest.mark.parametrize(
    ("tied_to", "name"),
    [
        ("mother-earth", "Earth Day"),
        ("04-22", "Earth Day"),
        ("03-21", ""),  # two days share it
        ("02-29", ""),
    ],
)
def test_day_is_found_by_key_or_by_date_where_it_is_sure(tied_to, name):
    assert day_of(tied_to).recorded_name == name


def test_29_february_falls_on_the_28th_in_other_years():
    assert day_of("02-29").in_year(2027) == date(2027, 2, 28)


@pytest.mark.parametrize("tied_to", ["", "22-04", "02-30", "no-such-day"])
def test_nonsense_is_no_day(tied_to):
    assert day_of(tied_to) is None
