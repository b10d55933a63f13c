"""Many places on the world map: a window of it, and what lies too close together there. Pure.

Lengths are units of the map (`world_map.VIEW_BOX`) unless "of the view" is said: the view is the
same box, filled by the window.
"""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEFT, TOP, WIDTH, HEIGHT = 0.0, 16.0, 1000.0, 492.0  # as world_map.VIEW_BOX
APART = 58.0  # of the view: on a phone's map of 832 px two marks then lie more than 44 px apart
CLOSEST = 64  # how many times the world is enlarged at most
AROUND = 1.5  # how much wider a window is than what it was opened for
NUMBERS = 3  # of a window: left, top, width
HAIR = 0.01  # what rounding takes from a window's edge; the southernmost place lies on it


class Spot(NamedTuple):
    """A place with its point on the map; `weight` is how much lies there."""

    key: str
    name: str
    x: float
    y: float
    weight: int = 1


class Cluster(NamedTuple):
    """Spots that lie close together, the leading one first: it is where the mark stands."""

    spots: tuple[Spot, ...]

    @property
    def lead(self) -> Spot:
        return self.spots[0]

    @property
    def weight(self) -> int:
        return sum(spot.weight for spot in self.spots)


class Window(NamedTuple):
    """A part of the map, as high as the map's own shape makes it."""

    left: float = LEFT
    top: float = TOP
    width: float = WIDTH

    @classmethod
    def read(cls, typed: str) -> Window:
        """Read "left,top,width"; nonsense is the whole world, too small or outside is mended."""
        try:
            numbers = [float(part) for part in typed.split(",")]
        except ValueError:
            return cls()
        # A comparison with NaN is false, and an infinite width is the whole world.
        if len(numbers) != NUMBERS or not all(abs(number) < WIDTH * 2 for number in numbers):
            return cls()
        left, top, width = numbers
        return cls(left, top, width).inside()

    @property
    def height(self) -> float:
        return self.width * HEIGHT / WIDTH

    @property
    def zoom(self) -> float:
        return WIDTH / self.width

    @property
    def is_whole(self) -> bool:
        return self.width >= WIDTH

    @property
    def text(self) -> str:
        """The window as `read` takes it, "" for the whole world."""
        return "" if self.is_whole else f"{self.left:g},{self.top:g},{self.width:g}"

    def holds(self, spot: Spot) -> bool:
        return (
            self.left - HAIR <= spot.x <= self.left + self.width + HAIR
            and self.top - HAIR <= spot.y <= self.top + self.height + HAIR
        )

    def view(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the map as a point of the view."""
        return (x - self.left) * self.zoom + LEFT, (y - self.top) * self.zoom + TOP

    def wider(self) -> Window:
        """Return the window with twice the width around the same middle."""
        return self._around(self.left + self.width / 2, self.top + self.height / 2, self.width * 2)

    def closer(self, cluster: Cluster) -> Window | None:
        """Return the window that fits a cluster, at least twice as close.

        None where nothing parts its spots: they are one, or the closest window is open already.
        """
        across = [spot.x for spot in cluster.spots]
        down = [spot.y for spot in cluster.spots]
        wide, high = max(across) - min(across), max(down) - min(down)
        if not (wide or high) or self.zoom >= CLOSEST:
            return None
        fitting = max(wide, high * WIDTH / HEIGHT) * AROUND
        return self._around(
            (min(across) + max(across)) / 2,
            (min(down) + max(down)) / 2,
            min(fitting, self.width / 2),
        )

    @classmethod
    def _around(cls, x: float, y: float, width: float) -> Window:
        width = max(width, WIDTH / CLOSEST)
        return cls(x - width / 2, y - width * HEIGHT / WIDTH / 2, width).inside()

    def inside(self) -> Window:
        width = round(min(max(self.width, WIDTH / CLOSEST), WIDTH), 3)
        left = min(max(self.left, LEFT), LEFT + WIDTH - width)
        top = min(max(self.top, TOP), TOP + HEIGHT - width * HEIGHT / WIDTH)
        return Window(round(left, 2), round(top, 2), width)


def gather(spots: Iterable[Spot], window: Window) -> list[Cluster]:
    """Return the clusters of a window, the same for the same spots in any order.

    Leaders are taken from the fullest spot on, each at least `APART` of the view from all
    others, so that no mark covers another; every other spot follows its nearest leader.
    """
    near = APART / window.zoom
    shown = sorted(
        (spot for spot in spots if window.holds(spot)),
        key=lambda spot: (-spot.weight, spot.name, spot.key),
    )
    leaders: list[Spot] = []
    followers: list[list[Spot]] = []
    for spot in shown:
        nearest = _nearest(spot, leaders)
        if nearest is None or _distance(spot, leaders[nearest]) >= near:
            leaders.append(spot)
            followers.append([])
    for spot in shown:
        nearest = _nearest(spot, leaders)
        if nearest is not None and leaders[nearest] is not spot:
            followers[nearest].append(spot)
    return [Cluster((leader, *mine)) for leader, mine in zip(leaders, followers, strict=True)]


def _nearest(spot: Spot, leaders: Sequence[Spot]) -> int | None:
    return min(
        range(len(leaders)), key=lambda number: _distance(spot, leaders[number]), default=None
    )


def _distance(one: Spot, other: Spot) -> float:
    return hypot(one.x - other.x, one.y - other.y)
