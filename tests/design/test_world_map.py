from __future__ import annotations

from itertools import combinations

import pytest

from laurels.design import world_map
from laurels.design.sun import altitude
from laurels.design.world_map import Place, marks, night, project

# Positions that the prototype's map showed, reckoned by another program.
KNOWN = {
    "Antalya": (36.9, 30.7, 549.2, 129.6),
    "Bogotá": (4.71, -74.07, 265.0, 244.5),
    "Cape Town": (-33.92, 18.42, 518.8, 384.5),
    "Gwangju": (35.16, 126.85, 792.2, 135.4),
    "Jakarta": (-6.2, 106.8, 764.4, 285.1),
}


@pytest.mark.parametrize("city", KNOWN)
def test_project_puts_cities_where_the_land_is(city):
    latitude, longitude, x, y = KNOWN[city]

    assert project(latitude, longitude) == pytest.approx((x, y), abs=0.7)


def test_project_cuts_the_world_in_the_bering_strait():
    russia, alaska = project(66, -169.5), project(66, -168.5)

    assert russia[0] > 750
    assert alaska[0] < 250


def test_night_is_where_the_sun_is_below_the_horizon():
    points = [
        tuple(float(number) for number in pair.split(","))
        for pair in night(12).strip("MZ").split("L")
    ]

    assert _contains(points, project(35.16, 126.85))  # Gwangju, 21:00
    assert not _contains(points, project(-33.92, 18.42))  # Cape Town, 14:00
    assert altitude(35.16, 126.85, 12) < 0 < altitude(-33.92, 18.42, 12)


def test_marks_keep_labels_of_neighbours_apart():
    names = ["Antalya", "Halandri", "Ramallah", "Tehran", "Kazan", "Mannheim"]
    positions = [
        (36.9, 30.7),
        (38.02, 23.8),
        (31.9, 35.2),
        (35.69, 51.39),
        (55.8, 49.1),
        (49.5, 8.5),
    ]
    places = [
        Place(name, "", f"/{name}/", *position)
        for name, position in zip(names, positions, strict=True)
    ]

    boxes = [_box(mark) for mark in marks(places)]

    assert [mark.name for mark in marks(places)] == names
    assert not [pair for pair in combinations(boxes, 2) if world_map.overlap(*pair) > 0]


def _box(mark):
    width = len(mark.name) * world_map.LETTER_WIDTH
    left = mark.label_x if mark.anchor == "start" else mark.label_x - width
    return (left, mark.label_y - 12, left + width, mark.label_y + 3)


def _contains(polygon, point):
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in zip(polygon, polygon[1:] + polygon[:1], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside
