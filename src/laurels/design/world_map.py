"""The world map: positions and night in the Equal Earth projection, reckoned on the server. Pure.

Savric, Patterson and Jenny, "The Equal Earth map projection", 2018. The map is turned by 11
degrees, so that its edge runs through the Bering Strait and cuts no country in two.
"""

from __future__ import annotations

from math import asin, atan, cos, degrees, radians, sin, sqrt, tan
from typing import NamedTuple

from laurels.design.sun import DECLINATION, hour_angle

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
CENTRAL_MERIDIAN = 11
CENTRE = (500.0, 262.05)
SCALE = 184.0
VIEW_BOX = "0 16 1000 492"
STEP = 6  # degrees between two points of an outline
ABOVE, BELOW = -9, 17  # where a label's base line lies, from its city
MIDDLE = 4
LABEL_HEIGHT = 15
LETTER_WIDTH = 7.2


class Mark(NamedTuple):
    """A city on the map: its point, and where its label starts or ends."""

    name: str
    country: str
    url: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str


class Place(NamedTuple):
    """What the map must know of a city; degrees of WGS 84."""

    name: str
    country: str
    url: str
    latitude: float
    longitude: float


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Return the point of the map in the units of `VIEW_BOX`, y downward."""
    turned = (longitude - CENTRAL_MERIDIAN + 180) % 360 - 180
    theta = asin(sqrt(3) / 2 * sin(radians(latitude)))
    square = theta * theta
    sixth = square**3
    spread = 9 * A4 * sixth * square + 7 * A3 * sixth + 3 * A2 * square + A1
    x = 2 * sqrt(3) * radians(turned) * cos(theta) / (3 * spread)
    y = theta * (A4 * square**4 + A3 * sixth + A2 * square + A1)
    return CENTRE[0] + SCALE * x, CENTRE[1] - SCALE * y


def night(hour: float) -> str:
    """Return the outline of the night at that hour of UTC on 1 November, as an SVG path.

    In that season the north pole lies in the dark: the night reaches from the line where the
    sun rises and sets up to the pole, and its sides are the edges of the map.
    """
    west, east = CENTRAL_MERIDIAN - 180, CENTRAL_MERIDIAN + 180
    line = [
        project(_dark_above(longitude, hour), min(longitude, east - 1e-6))
        for longitude in range(west, east + 1, STEP)
    ]
    corner = _dark_above(east, hour)
    rising = [project(latitude, east - 1e-6) for latitude in _steps(corner, 90)]
    falling = [project(latitude, west) for latitude in _steps(90, corner)]
    return "M" + "L".join(f"{x:.0f},{y:.0f}" for x, y in [*line, *rising, *falling]) + "Z"


def marks(places: list[Place]) -> list[Mark]:
    """Return the cities with their labels, set so that no label covers another where it can."""
    taken: list[tuple[float, float, float, float]] = [
        (x - 8, y - 8, x + 8, y + 8)
        for x, y in (project(place.latitude, place.longitude) for place in places)
    ]
    placed = []
    for own, place in enumerate(places):
        x, y = project(place.latitude, place.longitude)
        width = len(place.name) * LETTER_WIDTH
        others = [box for number, box in enumerate(taken) if number != own]
        choice = min(
            _choices(x, y, width),
            key=lambda option: sum(overlap(option[3], box) for box in others),
        )
        label_x, label_y, anchor, box = choice
        taken.append(box)
        placed.append(
            Mark(*place[:3], round(x, 1), round(y, 1), round(label_x), round(label_y), anchor)
        )
    return placed


def _choices(
    x: float, y: float, width: float
) -> list[tuple[float, float, str, tuple[float, float, float, float]]]:
    options = []
    for lift in (MIDDLE, ABOVE, BELOW):
        for anchor, label_x in (("start", x + 10), ("end", x - 10)):
            left = label_x if anchor == "start" else label_x - width
            if left < 0 or left + width > 1000:  # noqa: PLR2004 -- the map's width
                continue
            base = y + lift
            box = (left, base - LABEL_HEIGHT + 3, left + width, base + 3)
            options.append((label_x, base, anchor, box))
    return options


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Return the area that two boxes (left, top, right, bottom) share."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(width, 0) * max(height, 0)


def _dark_above(longitude: float, hour: float) -> float:
    """The latitude at which the sun stands on the horizon, in degrees."""
    return degrees(atan(-cos(hour_angle(longitude, hour)) / tan(DECLINATION)))


def _steps(start: float, end: float) -> list[float]:
    count = max(2, round(abs(end - start) / STEP))
    return [start + (end - start) * number / count for number in range(count + 1)]
