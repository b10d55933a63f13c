"""The map of some initiatives at their edition's hour."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from laurels.design.sun import altitude
from laurels.design.world_map import VIEW_BOX, Mark, Place, marks, night
from laurels.library import pictures

if TYPE_CHECKING:
    from laurels.library.models import InitiativePage


class Atlas(NamedTuple):
    """What `components/world_map.html` takes."""

    view_box: str
    night: str
    marks: list[Mark]
    hour: int
    in_daylight_count: int


def atlas_of(initiatives: list[InitiativePage]) -> Atlas | None:
    """Return the map of initiatives of one edition; None where no position is recorded."""
    placed = [each for each in initiatives if each.city.has_coordinates]
    if not placed:
        return None
    hour = pictures.hour(placed[0].edition)
    places = [
        Place(
            each.city.name,
            each.city.country_name,
            each.url,
            each.city.latitude or 0.0,
            each.city.longitude or 0.0,
        )
        for each in placed
    ]
    sunlit = sum(altitude(place.latitude, place.longitude, hour) > 0 for place in places)
    return Atlas(VIEW_BOX, night(hour), marks(places), hour, sunlit)


def west_to_east(initiatives: list[InitiativePage]) -> list[InitiativePage]:
    """Return initiatives by longitude: an order that tells nothing but where they lie."""
    return sorted(initiatives, key=lambda each: (each.city.longitude or 0.0, each.city.name))
