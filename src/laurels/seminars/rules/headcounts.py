"""How people stayed in a room, from how many were counted in each minute. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from laurels.seminars.rules.due import LINK_OPENS
from laurels.seminars.rules.questions import MINUTE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from laurels.seminars.models import Seminar

COUNTED_AFTER = timedelta(minutes=30)  # as the stream's process counts
WIDTH, HEIGHT = 600, 160  # of the picture, in its own units
TICK = 15  # minutes between two figures of the axis


@dataclass(frozen=True)
class Minute:
    """One minute of a room; `number` counts from the start, below 0 before it.

    None for `people` means that nobody counted.
    """

    number: int
    people: int | None


@dataclass(frozen=True)
class Part:
    """Where a presentation begins: in which minute from the start, as planned or as held."""

    name: str
    minute: int
    is_planned: bool


@dataclass(frozen=True)
class Staying:
    """The most who were there at once, when, and how many of as many were there later.

    Shares are whole percent of the most; None where that minute was not counted.
    """

    most: int
    most_at: datetime
    half: int | None
    end: int | None
    half_share: int | None
    end_share: int | None


@dataclass(frozen=True)
class Curve:
    """A picture of WIDTH by HEIGHT: areas of counted minutes, axis, parts, in its units."""

    areas: list[str]
    ticks: list[tuple[float, int]]
    parts: list[tuple[float, int]]
    start: float
    length: float  # of the planned time


def minutes_of(seminar: Seminar, counted: Mapping[datetime, int]) -> list[Minute]:
    """Return every minute from the first that was counted or the start, to the last or the end."""
    if not counted:
        return []
    numbers = {
        int((minute - seminar.starts_at) // MINUTE): people for minute, people in counted.items()
    }
    first = max(min(0, *numbers), -int(LINK_OPENS // MINUTE))
    planned = length_of(seminar)
    last = min(max(planned - 1, *numbers), planned + int(COUNTED_AFTER // MINUTE))
    return [Minute(number, numbers.get(number)) for number in range(first, last + 1)]


def length_of(seminar: Seminar) -> int:
    """Return how many minutes a seminar lasts as planned."""
    return int((seminar.ends_at - seminar.starts_at) // MINUTE)


def staying(seminar: Seminar, minutes: Sequence[Minute]) -> Staying | None:
    """Return how many stayed; None where nobody was ever there.

    Half is the middle of the planned time, the end its last minute.
    """
    people = {each.number: each.people for each in minutes if each.people is not None}
    most = max(people.values(), default=0)
    if not most:
        return None
    most_at = next(number for number, count in people.items() if count == most)
    length = length_of(seminar)
    half, end = people.get(length // 2), people.get(length - 1)
    return Staying(
        most=most,
        most_at=seminar.starts_at + most_at * MINUTE,
        half=half,
        end=end,
        half_share=None if half is None else round(100 * half / most),
        end_share=None if end is None else round(100 * end / most),
    )


def parts_of(
    planned: Iterable[tuple[str, int | None]], chapters: Iterable[tuple[str, int]]
) -> list[Part]:
    """Return where the parts begin: by their chapters, in seconds; else by the planned minutes.

    Planned minutes follow one another from the start, as far as they are announced.
    """
    if held := [Part(name, second // 60, is_planned=False) for name, second in chapters]:
        return held
    found: list[Part] = []
    begins = 0
    for name, minutes in planned:
        if minutes is None:
            # Whether it begins here is known, what follows it is not; alone it says nothing.
            return [*found, Part(name, begins, is_planned=True)] if found else []
        found.append(Part(name, begins, is_planned=True))
        begins += minutes
    return found


def curve(seminar: Seminar, minutes: Sequence[Minute], parts: Sequence[Part]) -> Curve | None:
    """Return the picture of a room; None where nobody was ever there."""
    most = max((each.people or 0 for each in minutes), default=0)
    if not most:
        return None
    first, step = minutes[0].number, WIDTH / len(minutes)

    def x(number: int) -> float:
        return round((number - first) * step, 1)

    shown = range(first, first + len(minutes) + 1)
    return Curve(
        areas=[_area(run, x, most) for run in _runs(minutes)],
        ticks=[(x(number), number) for number in shown if number % TICK == 0],
        parts=[
            (x(part.minute), place) for place, part in enumerate(parts, 1) if part.minute in shown
        ],
        start=x(0),
        length=round(x(length_of(seminar)) - x(0), 1),
    )


def _runs(minutes: Sequence[Minute]) -> list[list[tuple[int, int]]]:
    """Return numbers and people of the minutes that were counted one after another."""
    runs: list[list[tuple[int, int]]] = [[]]
    for minute in minutes:
        if minute.people is not None:
            runs[-1].append((minute.number, minute.people))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _area(run: Sequence[tuple[int, int]], x: Callable[[int], float], most: int) -> str:
    """Return a path of SVG (2, 9.3): steps of a minute each, closed along the ground."""
    steps = "".join(
        f"V{round(HEIGHT - HEIGHT * people / most, 1):g}H{x(number + 1):g}"
        for number, people in run
    )
    return f"M{x(run[0][0]):g} {HEIGHT}{steps}V{HEIGHT}Z"
