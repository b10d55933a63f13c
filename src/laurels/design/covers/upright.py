"""What stands on the ground: towers, houses, arches, awnings and trees.

Each draws along the base line `y` in the given scale.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from laurels.design.covers.canvas import WIDTH
from laurels.design.covers.chance import nearest
from laurels.design.covers.palette import AWNING

if TYPE_CHECKING:
    from laurels.design.covers.canvas import Canvas

TREES_ARE_TALL_ABOVE = 48  # degrees of latitude
TALL_TREES_ELSEWHERE = 0.22
HALF, DRY_HOUSES, GAPS = 0.5, 0.4, 0.3


def towers(canvas: Canvas, y: float, scale: float) -> None:
    draw = canvas.chance.draw
    x: float = 24
    while x < WIDTH - 24:
        width = draw(46, 20) * scale
        height = draw(112, 26) * scale * (1 - abs(x - 330) / 640)
        fill = canvas.sky.near if draw() < HALF else canvas.sky.mid
        canvas.box(x, y - height, width, height + 12, fill)
        if height > 50 * scale:
            columns, rows = nearest(width / 11), nearest(height / 16)
            canvas.windows(x + 7, y - height + 9, 3.4, columns, rows, 10)
        x += width + draw(9, -2)


def houses(canvas: Canvas, y: float, scale: float) -> None:
    draw = canvas.chance.draw
    x = draw(30)
    while x < WIDTH - 50:
        width, height, roof = draw(62, 38) * scale, draw(42, 22) * scale, draw(26, 14) * scale
        line = (
            f"M{nearest(x)} {nearest(y + 14)}v{nearest(-height - 14)}"
            f"l{nearest(width / 2)} {nearest(-roof)} {nearest(width / 2)} {nearest(roof)}"
            f"v{nearest(height + 14)}z"
        )
        canvas.path(line, canvas.dry if draw() < DRY_HOUSES else canvas.sky.near)
        canvas.windows(x + width * 0.3, y - height + 6, 5, 2, 1, width * 0.34)
        x += width + (draw(46, 16) if draw() < GAPS else -3)


def arches(canvas: Canvas, y: float, scale: float) -> None:
    width, height = 58 * scale, 92 * scale
    x: float = 12
    line = f"M0 {nearest(y + 14)}V{nearest(y - height)}H{WIDTH}V{nearest(y + 14)}z"
    half = nearest(width / 2)
    while x + width < WIDTH + 60:
        line += (
            f"M{nearest(x)} {nearest(y + 14)}V{nearest(y - height + 18 + width / 2)}"
            f"a{half} {half} 0 0 1 {nearest(width)} 0V{nearest(y + 14)}z"
        )
        x += width + 16
    canvas.marks.append(f'<path fill-rule="evenodd" d="{line}" fill="{canvas.sky.near}"/>')
    stroke = canvas.sky.lamp if canvas.is_dark else canvas.soil
    canvas.path(
        f"M0 {nearest(y - height - 5)}H{WIDTH}", rest=f' stroke="{stroke}" stroke-width="5"'
    )


def trees(canvas: Canvas, y: float, scale: float) -> None:
    draw = canvas.chance.draw
    fills = (canvas.sky.near, canvas.sky.mid, canvas.sky.near, canvas.dry)
    number = 0
    x: float = -10
    while x < WIDTH:
        radius, trunk, fill = draw(34, 17) * scale, draw(40, 18) * scale, fills[number % 4]
        is_tall = abs(canvas.latitude) > TREES_ARE_TALL_ABOVE or draw() < TALL_TREES_ELSEWHERE
        if is_tall:
            canvas.marks.append(
                f'<ellipse cx="{nearest(x)}" cy="{nearest(y - trunk)}" '
                f'rx="{nearest(radius * 0.42)}" ry="{nearest(radius * 1.7)}" fill="{fill}"/>'
            )
        else:
            canvas.path(
                f"M{nearest(x)} {nearest(y + 14)}v{nearest(-trunk)}",
                rest=f' stroke="{canvas.sky.near}" stroke-width="4"',
            )
            canvas.marks.append(
                f'<circle cx="{nearest(x)}" cy="{nearest(y - trunk - radius * 0.4)}" '
                f'r="{nearest(radius)}" fill="{fill}"/>'
            )
        number, x = number + 1, x + draw(70, 26)


def awnings(canvas: Canvas, y: float, scale: float) -> None:
    x: float = 18
    while x < WIDTH - 60:
        height, width = (44 + canvas.chance.draw(16)) * scale, 88 * scale
        drop, stripe = nearest(17 * scale), nearest(width / 8)
        canvas.box(x, y - height, width, height + 14, canvas.sky.near)
        canvas.path(
            f"M{nearest(x - 4)} {nearest(y - height + 17 * scale)}l6 {nearest(-17 * scale)}"
            f"h{nearest(width)}l2 {drop}z",
            canvas.sky.lamp,
        )
        stripes = "".join(
            f"M{nearest(x + number * width / 4)} {nearest(y - height)}h{stripe}"
            f"l-3 {drop}h{nearest(-width / 8)}z"
            for number in range(4)
        )
        canvas.path(stripes, AWNING)
        canvas.windows(x + 16, y - 18, 7, 2, 1, width * 0.4)
        x += 104 * scale
