"""The rows of a file, read in bunches so that a library of any size fits into memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from laurels.library.formats.columns import COLUMNS, URL, value_of
from laurels.library.models import InitiativePage

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

AT_ONCE = 200


class Entry(NamedTuple):
    """An initiative with its row: the values of `COLUMNS` by name, and its `url`."""

    page: InitiativePage
    row: dict[str, Any]


def entries_of(
    pks: Sequence[int], *, told: Collection[int], url_of: Callable[[str], str]
) -> Iterator[Entry]:
    """Yield the public initiatives of these keys in their order.

    `told` holds the keys of the editions whose outcomes may be shown; `url_of` makes the whole
    address of an initiative of its address part.
    """
    public = InitiativePage.objects.live().public().with_every_fact()
    for start in range(0, len(pks), AT_ONCE):
        bunch = pks[start : start + AT_ONCE]
        found = public.in_bulk(list(bunch))
        for pk in bunch:
            if pk in found:
                yield Entry(found[pk], row_of(found[pk], told=told, url=url_of(found[pk].slug)))


def row_of(page: InitiativePage, *, told: Collection[int], url: str) -> dict[str, Any]:
    return {URL: url, **{column.name: value_of(column, page, told) for column in COLUMNS}}
