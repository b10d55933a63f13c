"""Writes cities: one row for all initiatives of a city, renamed where the file renames it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from laurels.library.actions import settle_city_address
from laurels.library.models import City
from laurels.website.award_file.reading import EDITIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from laurels.website.actions.ledger import Ledger
    from laurels.website.actions.pairing import Pair

CityKey = tuple[str, str]


def load_cities(pairs: Sequence[Pair], ledger: Ledger) -> dict[CityKey, City]:
    """Write every city of the pairs; return the rows by the file's name and country code."""
    rows = _rows_by_key(ledger)
    for key, row in _renamed(pairs, ledger, rows).items():
        rows[key] = row
    shapes = defaultdict(list)
    for pair in pairs:
        shapes[pair.shape.city_key].append(pair.shape)
    found: dict[CityKey, City] = {}
    for key, same in shapes.items():
        name, country_code = key
        # The newest edition comes last and says best; a deserving one has no coordinates.
        spot = next((one for one in reversed(same) if one.latitude is not None), same[-1])
        said = {
            "name": name,
            "country": same[-1].country,
            "country_code": country_code,
            "latitude": spot.latitude,
            "longitude": spot.longitude,
        }
        found[key] = rows.get(key) or City()
        if ledger.save_row(found[key], said, document=EDITIONS, place=same[-1].place):
            settle_city_address(city=found[key])
    return found


def _rows_by_key(ledger: Ledger) -> dict[CityKey, City]:
    """Return cities by what they are called here and by what the file last called them."""
    rows: dict[CityKey, City] = {}
    cities = list(City.objects.all())
    for city in cities:
        rows[city.name, city.country_code] = city
    for city in cities:
        last = ledger.last(city)
        if last:
            rows[last["name"], last["country_code"]] = city
    return rows


def _renamed(
    pairs: Sequence[Pair], ledger: Ledger, rows: dict[CityKey, City]
) -> dict[CityKey, City]:
    """Return cities whose every initiative the file now puts under one new name."""
    names: defaultdict[int, set[CityKey]] = defaultdict(set)
    city_of: dict[int, City] = {}
    for pair in pairs:
        if pair.page is None:
            continue
        last = ledger.last(pair.page).get("city")
        if last is None or rows.get(tuple(last)) != pair.page.city:
            continue
        names[pair.page.city_id].add(pair.shape.city_key)
        city_of[pair.page.city_id] = rows[tuple(last)]
    return {
        key: city_of[city_id]
        for city_id, keys in names.items()
        for key in keys
        if len(keys) == 1 and key not in rows
    }
