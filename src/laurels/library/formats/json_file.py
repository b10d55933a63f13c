"""JSON (RFC 8259), and GeoJSON (RFC 7946) for maps."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any

from laurels.library.formats.columns import COLUMNS, URL, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from laurels.library.formats.rows import Entry

FIGURE_PARTS = ("label", "value", "unit", "year", "source")


def write_json(entries: Iterable[Entry], out: IO[bytes]) -> None:
    """Write `{"initiatives": [...]}`, one initiative to a line; null is "not recorded"."""
    _write_list(out, '{"initiatives": [', (plain(entry.row) for entry in entries), "]}")


def write_geojson(entries: Iterable[Entry], out: IO[bytes]) -> None:
    """Write a FeatureCollection; a case without a recorded place has the geometry null."""
    head = '{"type": "FeatureCollection", "features": ['
    _write_list(out, head, (_feature(entry.row) for entry in entries), "]}")


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row as JSON holds it: figures as objects."""
    told = {column.name: _value(column.kind, row[column.name]) for column in COLUMNS}
    return {**told, URL: row[URL]}


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    properties = plain(row)
    latitude, longitude = properties.pop("latitude"), properties.pop("longitude")
    geometry = None
    if latitude is not None and longitude is not None:
        geometry = {"type": "Point", "coordinates": [longitude, latitude]}
    return {
        "type": "Feature",
        "id": row["address"],
        "geometry": geometry,
        "properties": properties,
    }


def _value(kind: Kind, value: Any) -> Any:
    if kind == Kind.FIGURES:
        return [dict(zip(FIGURE_PARTS, figure, strict=True)) for figure in value]
    return value


def _write_list(out: IO[bytes], head: str, values: Iterable[Any], tail: str) -> None:
    out.write(f"{head}\n".encode())
    between = b""
    for value in values:
        out.write(between + json.dumps(value, ensure_ascii=False).encode())
        between = b",\n"
    out.write(f"\n{tail}\n".encode())
