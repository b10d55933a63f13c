"""The calendar of days that articles tie to: `days.json`, which names who set each of them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

CALENDAR = Path(__file__).with_name("days.json")
LEAP_YEAR = 2000
DAYS_OF_WEEK = 7
MONTH_AND_DAY = re.compile(
    r"(0[1-9]|1[0-2])-(0[1-9]|1\d|2\d)|(0[13-9]|1[0-2])-30|(0[13578]|1[02])-31"
)


@dataclass(frozen=True)
class InternationalDay:
    """A day of the calendar: on one date each year (`MM-DD`), or a weekday of a month.

    `month_and_day` is "" for one that moves; `rule` is then (month, ISO weekday, which of them).
    """

    key: str
    recorded_name: str
    month_and_day: str
    rule: tuple[int, int, int] | None
    decision: str
    themes: tuple[str, ...]

    @property
    def name(self) -> str:
        return gettext(self.recorded_name)

    def in_year(self, year: int) -> date:
        """Return the day in a year; 29 February falls on the 28th where there is none."""
        if self.rule:
            month, weekday, nth = self.rule
            first = date(year, month, 1)
            ahead = (weekday - first.isoweekday()) % DAYS_OF_WEEK
            return first + timedelta(days=ahead + DAYS_OF_WEEK * (nth - 1))
        try:
            return date.fromisoformat(f"{year}-{self.month_and_day}")
        except ValueError:
            return date(year, 2, 28)

    def next_after(self, today: date) -> date:
        """Return when it comes next, today included."""
        this_year = self.in_year(today.year)
        return this_year if this_year >= today else self.in_year(today.year + 1)


@cache
def calendar() -> dict[str, InternationalDay]:
    """Return every day of the calendar by its key, in the order of the year."""
    rows = json.loads(CALENDAR.read_text(encoding="utf-8"))["days"]
    days = [_read(row) for row in rows]
    return {day.key: day for day in sorted(days, key=lambda each: each.in_year(LEAP_YEAR))}


def day_of(tied_to: str) -> InternationalDay | None:
    """Return the day that an article names, by key or by `MM-DD`; None where none is sure.

    An `MM-DD` that the calendar does not know, or that several days share, is a day without name.
    """
    if tied_to in calendar():
        return calendar()[tied_to]
    if not MONTH_AND_DAY.fullmatch(tied_to):
        return None
    known = [day for day in calendar().values() if day.month_and_day == tied_to]
    if len(known) == 1:
        return known[0]
    return InternationalDay(tied_to, "", tied_to, None, "", ())


def validate_day(tied_to: str) -> None:
    """Raise ValidationError for what is neither a key of the calendar nor `MM-DD`."""
    if day_of(tied_to) is None:
        raise ValidationError(_("A day of the calendar, or month and day, as in 04-22."))


def _read(row: dict[str, Any]) -> InternationalDay:
    rule = row.get("nth")
    return InternationalDay(
        key=row["key"],
        recorded_name=row["name"],
        month_and_day=row.get("on", ""),
        rule=(rule["month"], rule["weekday"], rule["nth"]) if rule else None,
        decision=row["decision"],
        themes=tuple(row["themes"]),
    )


class DayInput(forms.TextInput):
    """A field for a day that offers those of the calendar by name; month and day fit too."""

    template_name = "focus/day_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{name}-days"
        return {**context, "days": calendar().values()}
