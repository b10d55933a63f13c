"""Which initiative of the file is which page: a city or title may have been renamed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from laurels.website.award_file.problems import Remark
from laurels.website.award_file.reading import EDITIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from laurels.library.models import InitiativePage
    from laurels.website.actions.ledger import Ledger
    from laurels.website.award_file.shapes import InitiativeShape


@dataclass(frozen=True)
class Pair:
    """An initiative of the file and its page, None where it is new."""

    shape: InitiativeShape
    page: InitiativePage | None


@dataclass(frozen=True)
class Known:
    """A page with what the file last said of it, or what it holds."""

    page: InitiativePage
    city: str
    country_code: str
    title: str | None
    coordinates: tuple[float | None, float | None]


Side = tuple["Callable[[InitiativeShape], Hashable | None]", "Callable[[Known], Hashable | None]"]

# From the surest to the least sure; each pairs only what is single on both sides.
WAYS: tuple[Side, ...] = (
    (lambda shape: shape.address or None, lambda known: known.page.slug),
    (
        lambda shape: (shape.city, shape.country_code, shape.title),
        lambda known: (known.city, known.country_code, known.title),
    ),
    (
        lambda shape: (shape.city, shape.country_code),
        lambda known: (known.city, known.country_code),
    ),
    (
        lambda shape: (shape.country_code, shape.title) if shape.title else None,
        lambda known: (known.country_code, known.title) if known.title else None,
    ),
    (
        lambda shape: _spot(shape.country_code, shape.latitude, shape.longitude),
        lambda known: _spot(known.country_code, *known.coordinates),
    ),
)


def pair_initiatives(
    shapes: Sequence[InitiativeShape], pages: Sequence[InitiativePage], ledger: Ledger
) -> list[Pair]:
    """Pair the initiatives of one edition with its pages, in the file's order.

    Where one is new and another of its country is gone, nobody but a person knows whether it
    was renamed: reported as a problem, since an address is given for life.
    """
    shapes_left = list(shapes)
    known_left = [_known(page, ledger.last(page)) for page in pages]
    page_of: dict[str, InitiativePage] = {}
    for of_shape, of_known in WAYS:
        by_shape, by_known = _singles(shapes_left, of_shape), _singles(known_left, of_known)
        for key in by_shape.keys() & by_known.keys():
            page_of[by_shape[key].place] = by_known[key].page
            shapes_left.remove(by_shape[key])
            known_left.remove(by_known[key])
    _report_the_gone(shapes_left, known_left, ledger)
    return [Pair(shape, page_of.get(shape.place)) for shape in shapes]


def _known(page: InitiativePage, last: dict[str, Any]) -> Known:
    name, code = last.get("city") or (page.city.name, page.city.country_code)
    title = last.get("recorded_title", page.recorded_title)
    return Known(page, name, code, title, (page.city.latitude, page.city.longitude))


def _spot(country_code: str, latitude: float | None, longitude: float | None) -> Hashable | None:
    return None if latitude is None else (country_code, latitude, longitude)


def _singles(items: Sequence[Any], key_of: Callable[[Any], Hashable | None]) -> dict[Any, Any]:
    groups: defaultdict[Any, list[Any]] = defaultdict(list)
    for item in items:
        key = key_of(item)
        if key is not None:
            groups[key].append(item)
    return {key: group[0] for key, group in groups.items() if len(group) == 1}


def _report_the_gone(
    shapes: Sequence[InitiativeShape], known: Sequence[Known], ledger: Ledger
) -> None:
    for shape in shapes:
        gone = [one for one in known if one.country_code == shape.country_code]
        if gone and not shape.address:
            names = ", ".join(f"{one.city} ({one.page.slug})" for one in gone)
            sentence = (
                f"{shape.city} is new while {names} is no longer in the file: if it was renamed, "
                f'add its "address"; if this is another, give it an "address" of its own'
            )
            ledger.report.problems.append(Remark(EDITIONS, shape.place, sentence))
    for one in known:
        sentence = f"{one.page.slug} is no longer in the file; its page stays"
        ledger.report.warnings.append(Remark(EDITIONS, "", sentence))
