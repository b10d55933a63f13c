"""The sheet a cover is drawn on: its measures, its light and the marks of a pen."""

from __future__ import annotations

from math import sin

from laurels.design.covers.chance import Chance, nearest
from laurels.design.covers.palette import NIGHT, TWILIGHT, sky_at, soil_at
from laurels.design.sun import altitude, hour_angle

WIDTH, HEIGHT, HORIZON = 640, 400, 236


class Canvas:
    """Marks of the drawing in order, and the colours of the city's light at that hour."""

    def __init__(self, name: str, latitude: float, longitude: float, hour: float) -> None:
        self.chance = Chance(name)
        self.latitude = latitude
        self.altitude = altitude(latitude, longitude, hour)
        self.sky = sky_at(self.altitude)
        self.is_dark = self.sky in (NIGHT, TWILIGHT)
        self.soil, earth = soil_at(latitude)
        self.dry = self.sky.near if self.is_dark else earth
        height = self.altitude
        self.sun_x = nearest(WIDTH / 2 + sin(hour_angle(longitude, hour)) * 215)
        self.sun_y = nearest(
            HORIZON - 14 - height * 2.35 if height > 0 else 92 + (height + 90) * 0.35
        )
        self.sun_radius = nearest(25 if self.is_dark else 58 - height * 0.32)
        self.marks: list[str] = []

    def path(self, line: str, fill: str = "", rest: str = "") -> None:
        colour = f' fill="{fill}"' if fill else ""
        self.marks.append(f'<path d="{line}"{colour}{rest}/>')

    def box(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        self.marks.append(
            f'<rect x="{nearest(x)}" y="{nearest(y)}" width="{nearest(width)}" '
            f'height="{nearest(height)}" fill="{fill}"/>'
        )

    def windows(self, x: float, y: float, pen: float, columns: int, rows: int, gap: float) -> None:
        """Light some windows of a grid: more of them at night."""
        lit = 0.55 if self.is_dark else 0.32
        line = "".join(
            f"M{nearest(x + column * gap)} {nearest(y + row * gap * 1.3)}v{nearest(gap * 0.6)}"
            for column in range(columns)
            for row in range(rows)
            if self.chance.draw() < lit
        )
        if line:
            self.path(line, rest=f' stroke="{self.sky.lamp}" stroke-width="{pen}" opacity=".9"')
