"""The picture that other sites show beside a link to what has an hour.

Left what it is and when it is at the host's, right the same instant in cities of other continents;
right to left for Arabic words. It has no script, so every hour stands with its place.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import override

from laurels.design.share_picture import (
    ELLIPSIS,
    HEIGHT,
    INK,
    KAPOK,
    MARGIN,
    MUTED,
    PAPER,
    SANS_FAMILY,
    TITLE_FAMILY,
    WIDTH,
    has_all_letters,
    mark,
    png_of,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Callable

# Raised when the picture is drawn otherwise: browsers keep one for a year under its address.
DRAWING = 1
LINE_COLOUR = "#d8d3c7"
LIST_WIDTH, GAP = 372, 64
TITLE_SIZES = (60, 52, 45, 39)
TITLE_TOP, TITLE_BOTTOM, TITLE_LINES = 124, 352, 4
DETAIL, HOST, SMALL = 25, 33, 25
LEADING = 1.18
MEASURED = 0.95
YEAR, MINUTES = 31_536_000, 300
MARKED = 60  # the room of our mark, which stands at the foot where no list does


class Row(NamedTuple):
    """The instant in one city; `shift` says a day that is another than the host's: "" if none."""

    place: str
    hour: str
    shift: str = ""


class HoursText(NamedTuple):
    """What the picture says; `state` is a sentence on where it stands, "" where it is planned."""

    above: str
    title: str
    host: str
    detail: str = ""
    state: str = ""
    heading: str = ""
    rows: tuple[Row, ...] = ()
    takes_place: bool = True
    direction: str = "ltr"


@lru_cache(maxsize=64)
def draw_hours_picture(text: HoursText) -> bytes:
    """Return a PNG of 1200 x 630."""
    return png_of(sheet(text))


def is_drawn_whole(text: HoursText) -> bool:
    """Return whether the packaged fonts have every letter, the title's apart."""
    words = [text.above, text.host, text.detail, text.state, text.heading]
    words += [word for row in text.rows for word in row]
    return all(map(has_all_letters, words))


def in_words_that_can_be_set(say: Callable[[], HoursText]) -> HoursText:
    """Return a picture's words; in English where no packaged font has those of the page."""
    said = say()
    if is_drawn_whole(said):
        return said
    with override("en"):
        return say()


def version(text: HoursText) -> str:
    """Return what changes whenever the picture does, for its address."""
    return hashlib.sha256(repr((DRAWING, text)).encode()).hexdigest()[:12]


def picture_answer(text: HoursText, asked_version: str | None) -> HttpResponse:
    """Answer with the picture; under its current version it may be kept for a year."""
    response = HttpResponse(draw_hours_picture(text), content_type="image/png")
    if asked_version == version(text):
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, public=True, max_age=MINUTES)
    return response


def sheet(text: HoursText) -> str:
    """Return the picture as SVG, its words as text."""
    # Widths are measured in the regular weight; the heavier ones need a little more.
    room = round((WIDTH - 2 * MARGIN - (LIST_WIDTH + GAP if text.rows else 0)) * MEASURED)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}"><rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>'
    )
    side = _Side(text.direction)
    foot = "" if text.rows else mark(side.end(64))
    return f"{head}{_said(text, side, room)}{_list(text, side)}{foot}</svg>"


class _Side(NamedTuple):
    """Where words begin and end, counted from the side on which reading begins."""

    direction: str

    def begin(self, distance: int) -> int:
        return WIDTH - distance if self.direction == "rtl" else distance

    def end(self, distance: int) -> int:
        return distance if self.direction == "rtl" else WIDTH - distance

    def text(self, words: str, x: int, y: int, css: str, *, at_end: bool = False) -> str:
        """Set a line that begins at x, or ends there."""
        anchor = "end" if (self.direction == "rtl") != at_end else "start"
        if self.direction == "rtl":
            words = f"\N{FIRST STRONG ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"
        return f'<text x="{x}" y="{y}" text-anchor="{anchor}" {css}>{escape(words)}</text>'


def _css(size: int, weight: int, colour: str, family: str = SANS_FAMILY) -> str:
    return f'font-family="{family}" font-size="{size}" font-weight="{weight}" fill="{colour}"'


def _said(text: HoursText, side: _Side, room: int) -> str:
    x = side.begin(MARGIN)
    size, title = _title_lines(text.title, room)
    drawn = [side.text(text.above, x, 92, _css(SMALL, 600, KAPOK))]
    y = TITLE_TOP
    for line in title:
        y += round(size * LEADING)
        drawn.append(side.text(line, x, y, _css(size, 500, INK, TITLE_FAMILY)))
    y += 16
    for line in _shortened(wrapped(text.detail, DETAIL, room), 2):
        y += round(DETAIL * 1.4)
        drawn.append(side.text(line, x, y, _css(DETAIL, 400, MUTED)))
    colour = INK if text.takes_place else MUTED
    below = [
        (line, _css(HOST, 600, colour)) for line in wrapped(text.host, HOST, _foot(text, room))
    ]
    if text.state:
        states = wrapped(text.state, HOST, _foot(text, room))
        below = [*((line, _css(HOST, 600, KAPOK)) for line in states), *below]
    y = HEIGHT - 62 - (len(below) - 1) * round(HOST * 1.35)
    for line, css in below:
        drawn.append(side.text(line, x, y, css))
        y += round(HOST * 1.35)
    return "".join(drawn)


def _foot(text: HoursText, room: int) -> int:
    return room if text.rows else room - MARKED


def _list(text: HoursText, side: _Side) -> str:
    """The cities, one below the other, with rules between."""
    if not text.rows:
        return ""
    near, far = side.end(MARGIN + LIST_WIDTH), side.end(MARGIN)
    drawn = [side.text(text.heading, near, 92, _css(SMALL - 3, 600, MUTED))]
    step = round((HEIGHT - 62 - 112) / len(text.rows))
    for number, row in enumerate(text.rows):
        top = 112 + number * step
        base = top + round(step * (0.46 if row.shift else 0.64))
        drawn += [
            _rule(min(near, far), top),
            side.text(row.place, near, base, _css(SMALL + 1, 400, INK)),
            side.text(row.hour, far, base + 2, _css(36, 500, INK, TITLE_FAMILY), at_end=True),
        ]
        if row.shift:
            drawn.append(side.text(row.shift, near, base + 27, _css(SMALL - 4, 600, KAPOK)))
    return "".join(drawn)


def _rule(x: int, y: int) -> str:
    return f'<rect x="{x}" y="{y}" width="{LIST_WIDTH}" height="1.5" fill="{LINE_COLOUR}"/>'


def _title_lines(title: str, room: int) -> tuple[int, list[str]]:
    """Return size and lines of a title; none where no packaged font has its letters."""
    if not has_all_letters(title):
        return TITLE_SIZES[-1], []
    for size in TITLE_SIZES:
        lines = wrapped(title, size, room)
        if len(lines) * size * LEADING <= TITLE_BOTTOM - TITLE_TOP and len(lines) <= TITLE_LINES:
            return size, lines
    return size, _shortened(lines, TITLE_LINES)


def _shortened(lines: list[str], most: int) -> list[str]:
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], lines[most - 1].rsplit(" ", 1)[0] + ELLIPSIS]
