"""Initiatives as files: CSV, XLSX, JSON, GeoJSON, BibTeX, and the whole library as a package."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, NamedTuple

from laurels.library.formats.bibtex_file import write_bibtex
from laurels.library.formats.csv_file import write_csv
from laurels.library.formats.data_package import write_package
from laurels.library.formats.json_file import write_geojson, write_json
from laurels.library.formats.rows import Entry, entries_of
from laurels.library.formats.xlsx_file import write_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Format(NamedTuple):
    """A kind of file: how it is written, its media type, what its name ends in."""

    write: Callable[[Iterable[Entry], IO[bytes]], None]
    media_type: str
    ending: str


FORMATS = {
    "csv": Format(write_csv, "text/csv; charset=utf-8; header=present", "csv"),
    "xlsx": Format(
        write_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
    ),
    "json": Format(write_json, "application/json", "json"),
    "geojson": Format(write_geojson, "application/geo+json", "geojson"),
    "bibtex": Format(write_bibtex, "application/x-bibtex; charset=utf-8", "bib"),
}

__all__ = ["FORMATS", "Entry", "Format", "entries_of", "write_package"]
