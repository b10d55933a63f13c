from __future__ import annotations

from pathlib import Path

import pytest

from laurels.design.covers import Scene, draw
from laurels.design.covers.chance import Chance, nearest

PICTURES = Path(__file__).parent / "covers"
# Name, latitude, longitude, themes, hour of UTC: night, twilight and three heights of the sun.
SCENES = {
    "2012-vienna": Scene("Vienna 2012", 48.21, 16.37, (), 21),
    "2016-la-paz": Scene(
        "La Paz 2016", -16.5, -68.15, ("mobility", "children-youth", "inclusion"), 3
    ),
    "2021-chongqing": Scene("Chongqing 2021", 29.56, 106.55, (), 9),
    "2023-cape-town": Scene(
        "Cape Town 2023", -33.92, 18.42, ("food", "climate-resilience", "health"), 12
    ),
    "2023-halandri": Scene(
        "Halandri (Chalandri) 2023",
        38.02,
        23.8,
        ("water-sanitation", "heritage-culture", "participation"),
        12,
    ),
    "2023-kazan": Scene("Kazan 2023", 55.8, 49.11, ("health", "green-public-space"), 12),
}


@pytest.mark.parametrize("name", SCENES)
def test_cover_is_the_same_bytes_as_drawn_in_the_browser(name):
    expected = (PICTURES / f"{name}.svg").read_text().strip()

    assert draw(SCENES[name]) == expected


def test_cover_of_the_same_city_in_another_year_is_another_picture():
    scene = SCENES["2023-kazan"]

    assert draw(scene) != draw(scene._replace(name="Kazan 2018"))


@pytest.mark.parametrize("theme", ["digital", "economy-jobs", "education", "food", "mobility"])
@pytest.mark.parametrize("hour", [0, 12])
def test_cover_stays_small(theme, hour):
    svg = draw(Scene("Guangzhou 2023", 23.13, 113.26, (theme,), hour))

    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400">')
    assert len(svg) < 8_000


def test_sun_share_lies_within_the_picture():
    shares = [
        Scene("Anywhere 2023", 0, longitude, (), 12).sun_share for longitude in range(-180, 181)
    ]

    assert 0 < min(shares) < 0.2
    assert 0.8 < max(shares) < 1


@pytest.mark.parametrize(("number", "whole"), [(0.5, 1), (1.5, 2), (2.5, 3), (-0.5, 0), (-1.5, -1)])
def test_nearest_rounds_halves_up_as_browsers_do(number, whole):
    assert nearest(number) == whole


def test_chance_repeats_itself_for_the_same_name():
    first, again, other = Chance("Quito 2021"), Chance("Quito 2021"), Chance("Quito 2023")

    drawn = [first.draw() for _ in range(3)]

    assert drawn == [again.draw() for _ in range(3)]
    assert drawn != [other.draw() for _ in range(3)]
