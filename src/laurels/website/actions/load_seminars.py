"""Writes the seminars of editions and the cities in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from laurels.library.enums import Stage
from laurels.seminars.models import Presentation, Seminar
from laurels.website.award_file.reading import EDITIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from laurels.library.models import InitiativePage
    from laurels.website.actions.ledger import Ledger
    from laurels.website.actions.load_editions import LoadedEdition
    from laurels.website.award_file.shapes import SeminarShape


def load_seminars(
    editions: Sequence[LoadedEdition],
    pages: Mapping[tuple[int, str], InitiativePage],
    ledger: Ledger,
) -> None:
    """Write the seminars of every edition whose shortlist is known."""
    rows = {(row.edition_id, row.number): row for row in Seminar.objects.all()}
    cities: dict[int, list[int]] = {}
    for seminar_id, page_id in Presentation.objects.order_by("order").values_list(
        "seminar_id", "initiative_id"
    ):
        cities.setdefault(seminar_id, []).append(page_id)
    for edition in editions:
        if not edition.is_shortlist_known:
            continue
        page_of = _pages_by_city(edition, pages)
        for number, shape in enumerate(edition.shape.seminars):
            row = rows.get((edition.row.pk, shape.number)) or Seminar(
                edition=edition.row, number=shape.number
            )
            said = _said(shape, page_of)
            if edition.is_revealed:
                said["note"] = shape.note
            current = {name: getattr(row, name) for name in said if name != "cities"}
            ledger.save(
                row,
                said,
                current={**current, "cities": cities.get(row.pk or 0, [])},
                write=_Writing(row),
                document=EDITIONS,
                place=f"{edition.shape.place}.seminars[{number}]",
            )


def _pages_by_city(
    edition: LoadedEdition, pages: Mapping[tuple[int, str], InitiativePage]
) -> dict[str, InitiativePage]:
    """Return the edition's pages by the file's name of the city; the shortlisted one first."""
    found: dict[str, InitiativePage] = {}
    shapes = sorted(edition.shape.initiatives, key=lambda one: one.stage == Stage.SHORTLISTED)
    for shape in shapes:
        page = pages.get((edition.row.pk, shape.place))
        if page is not None:
            found[shape.city] = page
    return found


def _said(shape: SeminarShape, page_of: Mapping[str, InitiativePage]) -> dict[str, Any]:
    return {
        "title": shape.title,
        "subtitle": shape.subtitle,
        "starts_at": shape.starts_at,
        "ends_at": shape.ends_at,
        "cities_complete": shape.cities_complete,
        "announced_moderators": shape.moderators,
        "cities": [page_of[name].pk for name in shape.cities if name in page_of],
    }


class _Writing:
    """Writes a seminar's own fields and its cities."""

    def __init__(self, row: Seminar) -> None:
        self.row = row

    def __call__(self, changes: dict[str, Any]) -> None:
        cities = changes.pop("cities", None)
        for name, value in changes.items():
            setattr(self.row, name, value)
        self.row.save()
        if cities is not None:
            self._present(cities)

    def _present(self, page_ids: list[int]) -> None:
        """Leave exactly these initiatives, in this order; who stays keeps speakers and minutes."""
        kept = {one.initiative_id: one for one in self.row.presentations.all()}
        gone = [one.pk for page_id, one in kept.items() if page_id not in page_ids]
        Presentation.objects.filter(pk__in=gone).delete()
        for order, page_id in enumerate(page_ids, start=1):
            place = kept.get(page_id) or Presentation(seminar=self.row, initiative_id=page_id)
            place.order = order
            place.save()
