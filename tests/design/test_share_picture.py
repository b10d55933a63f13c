from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from laurels.design.covers import Scene, draw
from laurels.design.share_picture import (
    HEIGHT,
    SPLIT,
    WIDTH,
    ShareText,
    draw_share_picture,
    has_all_letters,
    lines_of,
)

DRAWING = draw(Scene("Wuhan 2018", 30.6, 114.3, ("water-sanitation",), 3))
LONG = "Enhancing traffic safety near schools through a child-friendly approach " * 6


def colours(title, box):
    """Return how many colours a part of the picture of a title has."""
    png = draw_share_picture(ShareText("FOCUS", title), DRAWING)
    picture = Image.open(BytesIO(png))
    assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT))
    return len(picture.convert("RGB").crop(box).getcolors(1 << 20))


# Where the title of one line stands, left of the drawing or, right to left, right of it.
LEFT, RIGHT = (60, 150, SPLIT - 10, 260), (WIDTH - SPLIT + 10, 150, WIDTH - 60, 260)


def test_picture_shows_title_and_drawing():
    assert colours("Let's go green!", LEFT) > 10
    assert colours("Let's go green!", (SPLIT, 0, WIDTH, HEIGHT)) > 10


def test_arabic_title_stands_at_the_right_of_its_drawing():
    assert colours("مدن", RIGHT) > 10
    # One word, set to the right: nothing stands at the left of its half.
    assert colours("مدن", (WIDTH - SPLIT + 10, 150, WIDTH - SPLIT + 200, 260)) == 1


def test_title_that_no_packaged_font_can_set_leaves_the_sheet_to_the_drawing():
    assert not has_all_letters("广州市")
    assert has_all_letters("Let's go: Ÿ, Ж, ω, عربي 2026 \u2013 \u201c\u2026\u201d")
    assert colours("广州市", (0, 0, SPLIT, 100)) > 1


@pytest.mark.parametrize("title", ["Short", LONG, "x" * 300, "&<>"])
def test_lines_of_a_title_fit(title):
    size, lines = lines_of(title)

    assert 1 <= len(lines) <= 8
    assert len(lines) * size <= 400
    assert lines[-1].endswith("…") == (len(title) > 200)
