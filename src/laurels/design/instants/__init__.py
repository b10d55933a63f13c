"""Instants in words: for the host, for the reader, in UTC and in the big cities of the world."""

from laurels.design.instants.days import (
    day_of_the_year_text,
    day_text,
    month_text,
    short_day_text,
    span_text,
    wait_text,
    weekday_and_month_text,
    weekday_text,
    words_language,
)
from laurels.design.instants.hours import (
    as_text,
    elsewhere,
    host_text,
    hour_text,
    offset_text,
    reader_text,
    span_as_text,
)
from laurels.design.instants.marks import direction, isolated, whole
from laurels.design.instants.places import CITIES, own_names, own_place_of, place_of

__all__ = [
    "CITIES",
    "as_text",
    "day_of_the_year_text",
    "day_text",
    "direction",
    "elsewhere",
    "host_text",
    "hour_text",
    "isolated",
    "month_text",
    "offset_text",
    "own_names",
    "own_place_of",
    "place_of",
    "reader_text",
    "short_day_text",
    "span_as_text",
    "span_text",
    "wait_text",
    "weekday_and_month_text",
    "weekday_text",
    "whole",
    "words_language",
]
