"""The composition of a cover: sky, sun, two ridges, and what the themes put on the ground."""

from __future__ import annotations

from functools import lru_cache
from math import sin
from typing import TYPE_CHECKING, NamedTuple

from laurels.design.covers import floor, upright
from laurels.design.covers.canvas import HEIGHT, HORIZON, WIDTH, Canvas
from laurels.design.covers.chance import nearest
from laurels.design.sun import hour_angle

if TYPE_CHECKING:
    from collections.abc import Callable

UPRIGHT: dict[str, Callable[[Canvas, float, float], None]] = {
    "towers": upright.towers,
    "houses": upright.houses,
    "arches": upright.arches,
    "awnings": upright.awnings,
    "trees": upright.trees,
}
FLOOR: dict[str, Callable[[Canvas], None]] = {
    "rows": floor.rows,
    "water": floor.water,
    "road": floor.road,
}
THEMES_OF_MOTIF = {
    "towers": ("digital", "governance-sdg", "energy-carbon", "housing-regeneration"),
    "awnings": ("economy-jobs",),
    "houses": ("care-ageing", "inclusion", "gender", "participation"),
    "arches": ("heritage-culture", "education"),
    "water": ("water-sanitation", "climate-resilience"),
    "trees": ("green-public-space", "health"),
    "rows": ("food", "waste-circular"),
    "road": ("mobility", "children-youth"),
}
MOTIF_OF_THEME = {theme: motif for motif, themes in THEMES_OF_MOTIF.items() for theme in themes}
WITHOUT_THEMES = ("houses", "towers", "trees")


class Scene(NamedTuple):
    """What a cover is drawn from: degrees of WGS 84, theme slugs in order, an hour of UTC."""

    name: str
    latitude: float
    longitude: float
    themes: tuple[str, ...]
    hour: float

    @property
    def sun_share(self) -> float:
        """How far from the left the sun stands, as a share of the width."""
        return (WIDTH / 2 + sin(hour_angle(self.longitude, self.hour)) * 215) / WIDTH


@lru_cache(maxsize=256)
def draw(scene: Scene) -> str:
    """Return the cover as SVG, 2 to 7 KB; equal scenes give equal bytes."""
    canvas = Canvas(scene.name, scene.latitude, scene.longitude, scene.hour)
    _draw_sky(canvas)
    _draw_ridge(canvas, HORIZON - 26, 25, canvas.sky.far)
    _draw_ridge(canvas, HORIZON + 2, 11, canvas.sky.mid)
    _draw_ground(canvas, scene.themes)
    marks = "".join(canvas.marks)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{marks}</svg>'


def _draw_sky(canvas: Canvas) -> None:
    canvas.marks.append(f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{canvas.sky.low}"/>')
    for step in range(5):
        canvas.marks.append(
            f'<rect width="{WIDTH}" height="{200 - step * 40}" fill="{canvas.sky.top}" '
            'opacity=".3"/>'
        )
    if canvas.is_dark:
        draw_number = canvas.chance.draw
        stars = "".join(
            f"M{nearest(draw_number(WIDTH))} {nearest(draw_number(HORIZON - 70))}h0"
            for _ in range(46)
        )
        canvas.path(
            stars,
            rest=f' stroke="{canvas.sky.sun}" stroke-width="1.6" stroke-linecap="round" '
            'opacity=".8"',
        )
    radius = canvas.sun_radius
    rings = [(radius, "")]
    if canvas.altitude > 0:
        halo = [(radius * 2, ' opacity=".1"'), (nearest(radius * 1.45), ' opacity=".14"')]
        rings = halo + rings
    for size, rest in rings:
        canvas.marks.append(
            f'<circle cx="{canvas.sun_x}" cy="{canvas.sun_y}" r="{size}" '
            f'fill="{canvas.sky.sun}"{rest}/>'
        )


def _draw_ridge(canvas: Canvas, y: float, height: float, fill: str) -> None:
    number = canvas.chance.draw
    steepness = 1 + abs(canvas.latitude) / 60
    waves = [
        (
            number(height, height * 0.3) / (order + 1),
            number(6.28),
            number(1.6, 0.7) * (order + 1) * steepness,
        )
        for order in range(3)
    ]
    points = "".join(
        f"L{x} {nearest(y - sum(rise * sin(at + pace * x / 105) for rise, at, pace in waves))}"
        for x in range(0, WIDTH + 1, 20)
    )
    canvas.path(f"M0 {HEIGHT}{points}L{WIDTH} {HEIGHT}z", fill)


def _draw_ground(canvas: Canvas, themes: tuple[str, ...]) -> None:
    motifs = list(
        dict.fromkeys(MOTIF_OF_THEME[theme] for theme in themes if theme in MOTIF_OF_THEME)
    )
    floors = [motif for motif in motifs if motif in FLOOR]
    # An aqueduct or a school's arcade mirrors itself in water where no theme says otherwise.
    ground = floors[0] if floors else "water" if motifs[:1] == ["arches"] else None
    standing = [motif for motif in motifs if motif not in FLOOR] or [
        WITHOUT_THEMES[nearest(canvas.chance.draw(2))]
    ]
    second = standing[1] if len(standing) > 1 else None
    if ground:
        UPRIGHT[standing[0]](canvas, HORIZON + 24, 0.8)
        FLOOR[ground](canvas)
        if second == "trees":
            upright.trees(canvas, HEIGHT - 4, 1.5)
        return
    UPRIGHT[second or "towers"](canvas, HORIZON + 20, 0.72)
    canvas.path(_hill(canvas, 26, 4, 34), canvas.sky.mid)
    UPRIGHT[standing[0]](canvas, HORIZON + 92, 1.25)
    canvas.path(_hill(canvas, 104, 84, 110), canvas.dry)


def _hill(canvas: Canvas, left: int, top: int, right: int) -> str:
    return (
        f"M0 {HORIZON + left}Q{nearest(canvas.chance.draw(WIDTH))} {HORIZON + top} "
        f"{WIDTH} {HORIZON + right}V{HEIGHT}H0z"
    )
