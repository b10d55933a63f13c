"""The map of a search: marks for its places, each a link to a case, a list or a closer look."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import ngettext

from laurels.design.clusters import HEIGHT, TOP, WIDTH, Cluster, Spot, Window, gather
from laurels.design.instants import isolated
from laurels.design.templatetags.words import comma
from laurels.design.world_map import VIEW_BOX, overlap, project

if TYPE_CHECKING:
    from collections.abc import Iterable

    from laurels.library.queries import CityRow

SMALLEST, LARGEST, GROWTH = 6.5, 25.0, 2.6  # radius of a mark: of one case, at most, per root
LETTER, LABEL_HEIGHT, DROP, SPACE = 7.4, 16.0, 4.5, 5.0
NAMED = 40  # marks up to which single cities are named on the map

Box = tuple[float, float, float, float]


class Label(NamedTuple):
    text: str
    x: float
    y: float
    anchor: str


class Mark(NamedTuple):
    """One mark and its line in the list: `x`, `y` and `radius` in the units of the view."""

    url: str
    name: str
    cases: str
    case_count: int
    x: float
    y: float
    radius: float
    label: Label | None


class LibraryAtlas(NamedTuple):
    """What `library/map.html` draws. `land` is where the picture of the whole world lies."""

    view_box: str
    land: Box
    marks: list[Mark]
    wider: str
    world: str
    opened_ids: list[int]
    opened_name: str
    placed_count: int


def draw(rows: Iterable[CityRow], *, window: Window, place: str, query: str) -> LibraryAtlas:
    """Return the map of the cities; `place` is the leading city of the mark that is open."""
    cities = {row.address: row for row in rows}
    clusters = gather([_spot(row) for row in cities.values()], window)
    marks = [_mark(cluster, cities, window, query) for cluster in clusters]
    opened = next((one for one in clusters if one.lead.key == place), None)
    left, top = window.view(0, TOP)
    return LibraryAtlas(
        view_box=VIEW_BOX,
        land=(left, top, WIDTH * window.zoom, HEIGHT * window.zoom),
        marks=sorted(_labelled(marks), key=lambda mark: mark.name.casefold()),
        wider="" if window.is_whole else _address(query, window.wider()),
        world=_address(query, Window()),
        opened_ids=[cities[spot.key].pk for spot in opened.spots] if opened else [],
        opened_name=_name(opened, cities) if opened else "",
        placed_count=sum(row.case_count for row in cities.values()),
    )


def _spot(row: CityRow) -> Spot:
    return Spot(row.address, row.name, *project(row.latitude, row.longitude), row.case_count)


def _mark(cluster: Cluster, cities: dict[str, CityRow], window: Window, query: str) -> Mark:
    x, y = window.view(cluster.lead.x, cluster.lead.y)
    count = cluster.weight
    return Mark(
        url=_target(cluster, cities, window, query),
        name=_name(cluster, cities),
        cases=ngettext("%(count)s initiative", "%(count)s initiatives", count) % {"count": count},
        case_count=count,
        x=round(x, 1),
        y=round(y, 1),
        radius=round(min(SMALLEST + GROWTH * sqrt(count - 1), LARGEST), 1),
        label=Label(cluster.lead.name, 0, 0, "") if len(cluster.spots) == 1 else None,
    )


def _target(cluster: Cluster, cities: dict[str, CityRow], window: Window, query: str) -> str:
    """Return where a mark leads: to the one case, closer, or to the list of the place."""
    if cluster.weight == 1:
        return reverse("wagtail_serve", args=[cities[cluster.lead.key].path])
    closer = window.closer(cluster)
    if closer is not None:
        return _address(query, closer)
    return f"{_address(query, window, place=cluster.lead.key)}#here"


def _address(query: str, window: Window, **more: str) -> str:
    fields = {"window": window.text, **more}
    own = urlencode({name: value for name, value in fields.items() if value}, safe=",")
    whole = "&".join(part for part in (query, own) if part)
    return reverse("library:map") + (f"?{whole}" if whole else "")


def _name(cluster: Cluster, cities: dict[str, CityRow]) -> str:
    lead, others = cities[cluster.lead.key], len(cluster.spots) - 1
    if not others:
        return comma().join([isolated(lead.name), isolated(lead.country)])
    sentence = ngettext(
        "%(city)s and %(count)s more place", "%(city)s and %(count)s more places", others
    )
    return sentence % {"city": isolated(lead.name), "count": others}


def _labelled(marks: list[Mark]) -> list[Mark]:
    """Return the marks with the labels that fit; one that would cover another is left out."""
    if len(marks) > NAMED:
        return [mark._replace(label=None) for mark in marks]
    taken: list[Box] = [
        (mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius)
        for mark in marks
    ]
    done = []
    for mark in marks:
        label, box = _place_label(mark, taken)
        if box is not None:
            taken.append(box)
        done.append(mark._replace(label=label))
    return done


def _place_label(mark: Mark, taken: list[Box]) -> tuple[Label | None, Box | None]:
    if mark.label is None:
        return None, None
    width, away = len(mark.label.text) * LETTER, mark.radius + SPACE
    base = mark.y + DROP
    for anchor, x in (("start", mark.x + away), ("end", mark.x - away)):
        left = x if anchor == "start" else x - width
        box = (left, base - LABEL_HEIGHT + 3, left + width, base + 3)
        if left >= 0 and left + width <= WIDTH and not any(overlap(box, one) for one in taken):
            return Label(mark.label.text, round(x, 1), round(base, 1), anchor), box
    return None, None
