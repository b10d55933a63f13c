"""Draws `maps/coast.svg`, the land for the closer views of the library's map.

    python tools/coast.py land-50m.json > src/laurels/design/static/maps/coast.svg

The file is Natural Earth's land at 1:50m (public domain) as TopoJSON, from version 2.0.2 of the
npm package `world-atlas`. Only the standard library is used.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from math import hypot
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from laurels.design.world_map import VIEW_BOX, project

TOLERANCE = 0.12  # units of the map by which the coast may be simplified
SMALLEST = 0.1  # square units: smaller islands are left out
LOWEST = 520  # units: what lies below is Antarctica
FINE = 10  # steps of a unit in which the points are written

Point = tuple[float, float]


def rings(topology: dict) -> list[list[Point]]:
    """Return every ring of the land in degrees (longitude, latitude)."""
    (scale_x, scale_y), (left, bottom) = (
        topology["transform"][key] for key in ("scale", "translate")
    )
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + left, y * scale_y + bottom))
        arcs.append(points)
    found = []
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            for ring in polygon:
                points = []
                for number in ring:
                    points += arcs[number] if number >= 0 else arcs[~number][::-1]
                found.append(points)
    return found


def simplified(points: list[Point]) -> list[Point]:
    """Return fewer points of a line (Douglas and Peucker)."""
    keep, waiting = {0, len(points) - 1}, [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        between = range(first + 1, last)
        farthest = max(
            between, key=lambda n: _off(points[n], points[first], points[last]), default=None
        )
        if farthest and _off(points[farthest], points[first], points[last]) > TOLERANCE:
            keep.add(farthest)
            waiting += [(first, farthest), (farthest, last)]
    return [points[number] for number in sorted(keep)]


def _off(point: Point, start: Point, end: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy)
    if not length:
        return hypot(point[0] - start[0], point[1] - start[1])
    return abs(dx * (start[1] - point[1]) - (start[0] - point[0]) * dy) / length


def area(points: list[Point]) -> float:
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(x * after_y - after_x * y for (x, y), (after_x, after_y) in pairs)) / 2


def path(points: list[Point]) -> str:
    """Return a ring as an SVG path: an absolute start, then relative steps."""
    whole = [(round(x * FINE), round(y * FINE)) for x, y in points]
    steps = [
        (x - before_x, y - before_y)
        for (before_x, before_y), (x, y) in pairwise(whole)
        if (x, y) != (before_x, before_y)
    ]
    lines = " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-")
    return f"M{whole[0][0]} {whole[0][1]}l{lines}z"


def main() -> None:
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    land = []
    for ring in rings(topology):
        projected = [project(latitude, longitude) for longitude, latitude in ring]
        if min(y for _, y in projected) > LOWEST or area(projected) < SMALLEST:
            continue
        # A ring ends where it starts, so that each half is simplified as a line.
        half = len(projected) // 2
        points = simplified(projected[: half + 1])[:-1] + simplified(projected[half:])
        land.append(path(points))
    print(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{VIEW_BOX}"><!-- Land: Natural Earth '
        f"1:50m, public domain. Equal Earth projection; made by tools/coast.py. -->"
        f'<path transform="scale({1 / FINE})" d="{"".join(land)}"/></svg>'
    )


main()
