"""The picture of what has an hour: its words in the drawing, then its pixels."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from laurels.design.hours_picture import HoursText, Row, draw_hours_picture, is_drawn_whole, sheet

TEXT = HoursText(
    above="Seminar 1",
    title="Resilient <for> all",
    detail="Lyon & Wuhan",
    host="Monday 6 November 2023, 20:30 in Guangzhou",
    heading="Elsewhere",
    rows=(Row("Bogotá", "07:30"), Row("Auckland", "01:30", "already Tuesday")),
)
ARABIC = TEXT._replace(title="مدن آمنة", direction="rtl")
LONG = "Enhancing traffic safety near schools through a child-friendly approach " * 6


def lines(text):
    """Return what stands in the picture, line by line: where it is held, and the words."""
    found = re.findall(
        r'<text x="(\d+)" y="(\d+)" text-anchor="(\w+)"[^>]*>([^<]*)</text>', sheet(text)
    )
    return [(int(x), int(y), anchor, words) for x, y, anchor, words in found]


def pixels(text):
    picture = Image.open(BytesIO(draw_hours_picture(text)))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    return picture.convert("RGB")


def colours(picture, box):
    return len(picture.crop(box).getcolors(1 << 20))


def test_picture_says_all_of_it():
    assert [words for *_, words in lines(TEXT)] == [
        "Seminar 1",
        "Resilient &lt;for&gt; all",
        "Lyon &amp; Wuhan",
        "Monday 6 November 2023, 20:30 in",
        "Guangzhou",
        "Elsewhere",
        "Bogotá",
        "07:30",
        "Auckland",
        "01:30",
        "already Tuesday",
    ]


def test_left_half_holds_the_words_and_right_half_the_cities():
    picture = pixels(TEXT)

    assert colours(picture, (60, 130, 640, 220)) > 10
    assert colours(picture, (760, 120, 1140, 300)) > 10
    assert colours(picture, (0, 0, 60, 630)) == 1


def test_arabic_words_begin_at_the_right():
    assert {anchor for x, _y, anchor, _words in lines(ARABIC) if x == 1136} == {"end"}
    assert colours(pixels(ARABIC), (900, 130, 1140, 220)) > 10
    assert colours(pixels(ARABIC), (1140, 0, 1200, 630)) == 1


@pytest.mark.parametrize(
    "text",
    [
        TEXT._replace(title=LONG, detail=LONG, state="This seminar is over."),
        TEXT._replace(title="x" * 200, detail="y" * 300),
        TEXT._replace(title=LONG, rows=()),
    ],
)
def test_long_words_stay_inside_and_apart(text):
    said = [(y, words) for x, y, _anchor, words in lines(text) if x == 64]
    heights = [y for y, _words in said]

    assert heights == sorted(heights)
    assert all(below - above >= 28 for above, below in pairwise(heights))
    assert heights[-1] <= 600
    gap = (715, 120, 750, 600) if text.rows else (1145, 0, 1200, 500)
    assert colours(pixels(text), gap) == 1


def test_letters_that_no_font_has_are_known():
    assert is_drawn_whole(TEXT._replace(title="城市"))
    assert not is_drawn_whole(TEXT._replace(host="2023年11月6日 20:30"))
