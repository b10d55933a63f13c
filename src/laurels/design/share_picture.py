"""The picture that other sites show beside a link: a drawing, a title, our mark. Pure.

Drawn as SVG and set to PNG with packaged fonts alone, so that it looks the same on every machine.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

import resvg_py
from PIL import ImageFont

WIDTH, HEIGHT = 1200, 630
# Raised when the picture is drawn otherwise: browsers keep one for a year under its address.
DRAWING = 1
PAPER, INK, MUTED, KAPOK = "#f8f6f1", "#15211f", "#4c5855", "#b72d14"
MARGIN, SPLIT = 64, 672  # the words stand left of the split, the drawing right of it
MOST_LINES, TOP, BOTTOM = 8, 150, 550
SIZES = (76, 66, 57, 49, 42)
SMALL, LINE = 27, 1.16
ELLIPSIS = "\u2026"
PETAL = "M16 14.2C10.4 11 10.4 4.4 16 .8c5.6 3.6 5.6 10.2 0 13.4z"
MARKS = re.compile("[\u2066-\u2069]")  # of direction: they are not drawn
SPACES = re.compile(r"[ \t\n]+")  # where a line may be broken; not at one that does not break
ARABIC = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
TITLE_FAMILY = "Noto Serif, Noto Sans Arabic"
SANS_FAMILY = "Noto Sans, Noto Sans Arabic"
NO_GLYPH = "\ue000"  # of private use: no packaged font has it


class ShareText(NamedTuple):
    """What the picture says: a small line above, the title, a small line below."""

    above: str
    title: str
    below: str = ""


@lru_cache(maxsize=64)
def draw_share_picture(text: ShareText, drawing: str) -> bytes:
    """Return a PNG of 1200 x 630; `drawing` is a cover's SVG, 640 x 400.

    A title too long for eight lines ends in an ellipsis. One with a letter that no packaged font
    has (Chinese, Japanese, Korean, Thai and others) is left out whole: the drawing fills the
    sheet, since a row of empty boxes says less than nothing.
    """
    return png_of(_sheet(text, drawing))


def png_of(svg: str) -> bytes:
    """Return a drawing as PNG, its words set in the packaged fonts."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            skip_system_fonts=True,
            font_files=[str(path) for path in _fonts().values()],
            background=PAPER,
        )
    )


def has_all_letters(title: str) -> bool:
    """Return whether the packaged fonts can set the title."""
    letters = set(MARKS.sub("", title))
    return all(letter.isspace() or _is_drawn(letter) for letter in letters)


def lines_of(title: str) -> tuple[int, list[str]]:
    """Return size and lines in which a title fits beside the drawing; the largest that does."""
    for size in SIZES:
        lines = wrapped(title, size, _room())
        if len(lines) * size * LINE <= BOTTOM - TOP and len(lines) <= MOST_LINES:
            return size, lines
    kept = lines[:MOST_LINES]
    last = kept[-1].split()
    while len(last) > 1 and _width(" ".join(last) + ELLIPSIS, size) > _room():
        last.pop()
    return size, [*kept[:-1], " ".join(last) + ELLIPSIS]


def _sheet(text: ShareText, drawing: str) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}"><rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>'
    )
    if not has_all_letters(text.title):
        return f"{head}{_picture(drawing, 0, WIDTH)}{mark(MARGIN + 24)}</svg>"
    if ARABIC.search(text.title):
        # Right to left: the words keep to the right side, the drawing goes to the left.
        x, anchor, shift, edge = WIDTH - MARGIN, "end", 0, WIDTH - SPLIT
    else:
        x, anchor, shift, edge = MARGIN, "start", SPLIT, SPLIT
    return (
        f"{head}{_picture(drawing, shift, WIDTH - SPLIT)}"
        f'<g text-anchor="{anchor}">{_title(text.title, x)}'
        f"{_small(text.above, x, 96, KAPOK, weight=600)}"
        f"{_small(text.below, x, 592, MUTED, weight=400)}</g>{mark(edge)}</svg>"
    )


def _picture(drawing: str, shift: int, wide: int) -> str:
    """The middle of the drawing, cut to the shape of its place."""
    inner = drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]
    return (
        f'<svg x="{shift}" y="0" width="{wide}" height="{HEIGHT}" viewBox="0 0 640 400" '
        f'preserveAspectRatio="xMidYMid slice">{inner}</svg>'
    )


def _title(title: str, x: int) -> str:
    size, lines = lines_of(title)
    return "".join(
        f'<text x="{x}" y="{TOP + round(size * (0.9 + LINE * row))}" font-size="{size}" '
        f'font-family="{TITLE_FAMILY}" font-weight="500" fill="{INK}">{escape(line)}</text>'
        for row, line in enumerate(lines)
    )


def _small(words: str, x: int, y: int, colour: str, *, weight: int) -> str:
    if not words or not has_all_letters(words):
        return ""
    words = _shortened(words)
    return (
        f'<text x="{x}" y="{y}" font-family="{SANS_FAMILY}" font-size="{SMALL}" '
        f'font-weight="{weight}" fill="{colour}">{escape(words)}</text>'
    )


def _shortened(words: str) -> str:
    """Return as many words of a small line as fit."""
    if _width(words, SMALL) <= _room():
        return words
    kept = words.split()
    while len(kept) > 1 and _width(" ".join(kept) + ELLIPSIS, SMALL) > _room():
        kept.pop()
    return " ".join(kept) + ELLIPSIS


def mark(x: int) -> str:
    """Five petals on a round of paper, over the edge between words and drawing."""
    petals = "".join(
        f'<path d="{PETAL}" transform="rotate({turn} 16 16)"/>' for turn in range(0, 360, 72)
    )
    return (
        f'<circle cx="{x}" cy="{HEIGHT - 70}" r="44" fill="{PAPER}"/>'
        f'<g transform="translate({x - 30} {HEIGHT - 100}) scale(1.9)" fill="{KAPOK}">{petals}</g>'
    )


def wrapped(title: str, size: int, room: int) -> list[str]:
    """Return the title in lines that fit; a word longer than a line stands alone."""
    lines: list[str] = []
    for word in SPACES.split(title.strip()):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines += _parts(word, size, room)
    return lines


def _parts(word: str, size: int, room: int) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and _width(parts[-1] + letter, size) > room:
            parts.append("")
        parts[-1] += letter
    return parts


def _room() -> int:
    return SPLIT - 2 * MARGIN


def _width(line: str, size: int) -> float:
    font = "arabic" if ARABIC.search(line) else "serif"
    return _opened(font).getlength(MARKS.sub("", line)) * size / 100


@lru_cache(maxsize=4096)
def _is_drawn(letter: str) -> bool:
    """Return whether any packaged font has the letter: its drawing is not that of "no glyph"."""
    return any(
        bytes(_opened(name).getmask(letter)) != bytes(_opened(name).getmask(NO_GLYPH))
        for name in _fonts()
    )


@lru_cache(maxsize=8)
def _opened(name: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_fonts()[name], 100)


@lru_cache(maxsize=1)
def _fonts() -> dict[str, Path]:
    """Return the upright packaged fonts: serif, sans, Arabic."""
    packages = {
        "serif": "fontpkg_noto_serif",
        "sans": "fontpkg_noto_sans",
        "arabic": "fontpkg_noto_sans_arabic",
    }
    return {name: _font_of(package) for name, package in packages.items()}


def _font_of(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    files = sorted(Path(spec.origin).parent.glob("files/*.ttf"))
    return next(path for path in files if "Italic" not in path.name)
