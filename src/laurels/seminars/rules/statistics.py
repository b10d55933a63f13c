"""Counts of a seminar as bars: pure, over plain values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_DAYS = 60
WIDTH, HEIGHT = 600, 120  # of a picture, in its own units
LETTER = 8.4  # units that a letter under a bar takes on a phone, where they are the largest


@dataclass(frozen=True)
class Bar:
    """One bar of a picture: its label and count, place and size in units of the picture.

    `short` is as much of the label as stands under the bar without touching the next.
    """

    label: str
    short: str
    count: int
    x: float
    y: float
    width: float
    height: float


def by_day(days: Iterable[date]) -> list[tuple[date, int]]:
    """Return how many fell on each day, days without any included; the newest MOST_DAYS."""
    counted = Counter(days)
    if not counted:
        return []
    first, last = min(counted), max(counted)
    first = max(first, last - timedelta(days=MOST_DAYS - 1))
    span = (last - first).days + 1
    return [(day, counted[day]) for day in (first + timedelta(days=n) for n in range(span))]


def most_first(names: Iterable[str]) -> list[tuple[str, int]]:
    """Return how often each name comes, the most frequent first, then by name."""
    return sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0]))


def bars(counts: Sequence[tuple[object, int]]) -> list[Bar]:
    """Return upright bars that fill a picture of WIDTH by HEIGHT; the tallest fills its height."""
    if not counts:
        return []
    most = max(count for _label, count in counts) or 1
    step = WIDTH / len(counts)
    width = min(step * 0.8, 60.0)
    found = []
    for place, (label, count) in enumerate(counts):
        height = round(HEIGHT * count / most, 1)
        x = round(place * step, 1)
        short = _short(label, int(step / LETTER))
        found.append(Bar(str(label), short, count, x, HEIGHT - height, round(width, 1), height))
    return found


def _short(label: object, letters: int) -> str:
    """Return a day without its year, and of anything else the beginning that has room."""
    text = f"{label:%m-%d}" if isinstance(label, date) else str(label)
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"
