"""Instants in words: for the host, for the reader, in UTC and in the big cities of the world."""

from laurels.design.instants.days import (
    day_text,
    month_text,
    short_day_text,
    span_text,
    wait_text,
    weekday_and_month_text,
    weekday_text,
    words_language,
)
from laurels.design.instants.hours import as_text, hour_text, offset_text, span_as_text
from laurels.design.instants.places import CITIES, own_place_of, place_of

__all__ = [
    "CITIES",
    "as_text",
    "day_text",
    "hour_text",
    "month_text",
    "offset_text",
    "own_place_of",
    "place_of",
    "short_day_text",
    "span_as_text",
    "span_text",
    "wait_text",
    "weekday_and_month_text",
    "weekday_text",
    "words_language",
]
