"""What the ground itself is: ploughed rows, water or a road."""

from __future__ import annotations

from typing import TYPE_CHECKING

from laurels.design.covers.canvas import HEIGHT, HORIZON, WIDTH
from laurels.design.covers.chance import nearest

if TYPE_CHECKING:
    from laurels.design.covers.canvas import Canvas


def rows(canvas: Canvas) -> None:
    vanishing = 120 + canvas.chance.draw(400)
    top = HORIZON + 34
    canvas.path(f"M0 {top}H{WIDTH}V{HEIGHT}H0z", canvas.sky.mid if canvas.is_dark else canvas.soil)
    furrows = "".join(
        f"M{nearest(vanishing + number * 17)} {top}L{nearest(vanishing + number * 118)} {HEIGHT}"
        f"l42 0L{nearest(vanishing + number * 17 + 6)} {top}z"
        for number in range(-13, 14)
    )
    canvas.path(furrows, canvas.sky.near, ' opacity=".72"')


def water(canvas: Canvas) -> None:
    draw = canvas.chance.draw
    surface = canvas.sky.mid if canvas.is_dark else canvas.sky.top
    canvas.path(f"M0 {HORIZON + 30}H{WIDTH}V{HEIGHT}H0z", surface)
    waves = "".join(
        f"M{nearest(draw(WIDTH) - 60)} {nearest(HORIZON + 40 + number * 4.8)}"
        f"h{nearest(draw(150, 24))}"
        for number in range(34)
    )
    canvas.path(waves, rest=f' stroke="{canvas.sky.near}" stroke-width="2" opacity=".45"')
    glitter = "".join(
        f"M{nearest(canvas.sun_x - 8 - draw(26 + number * 2))} "
        f"{nearest(HORIZON + 42 + number * 12)}"
        f"h{nearest(draw(44 + number * 4, 24))}"
        for number in range(13)
    )
    canvas.path(
        glitter,
        rest=f' stroke="{canvas.sky.sun}" stroke-width="4" stroke-linecap="round" opacity=".85"',
    )


def road(canvas: Canvas) -> None:
    draw = canvas.chance.draw
    far, near = 200 + draw(240), 90 + draw(420)
    top = HORIZON + 30
    verge = canvas.sky.near if canvas.is_dark else canvas.soil
    asphalt = canvas.sky.mid if canvas.is_dark else canvas.sky.near
    canvas.path(f"M0 {top}H{WIDTH}V{HEIGHT}H0z", verge)
    canvas.path(
        f"M{nearest(far - 5)} {top}Q{nearest(near - 40)} {HORIZON + 72} {nearest(near - 150)} "
        f"{HEIGHT}H{nearest(near + 150)}Q{nearest(near + 30)} {HORIZON + 72} {nearest(far + 5)} "
        f"{top}z",
        asphalt,
    )
    crossing = "".join(
        f"M{nearest(near - 132 + number * 40)} 384l{nearest(7 - number * 1.6)} -30h21"
        f"l{nearest(5 - number * 1.2)} 30z"
        for number in range(7)
    )
    canvas.path(crossing, canvas.sky.lamp)
