"""The whole library as a Frictionless Data Package: the same bytes for the same data."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any

from laurels.library.enums import Licence
from laurels.library.formats.columns import COLUMNS, URL, Column, Kind
from laurels.library.formats.csv_file import write_csv
from laurels.library.formats.json_file import write_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from laurels.library.formats.rows import Entry

IN_MEMORY = 4 * 1024 * 1024  # bytes of a file; a larger one waits on disk
BLOCK = 1024 * 1024
OLDEST = (1980, 1, 1, 0, 0, 0)  # the first time that a zip file can tell
TYPES = {Kind.WHOLE: "integer", Kind.NUMBER: "number"}
README = """\
# The library of the Guangzhou International Award for Urban Innovation

{count} initiatives of cities, as published at {site} ({changed}).

| file | holds |
|---|---|
| `initiatives.csv` | one initiative to a row, UTF-8 with a byte order mark |
| `initiatives.json` | the same; lists as lists, null for "not recorded" |
| `datapackage.json` | what each column holds (Frictionless Data Package) |
| `SHA256SUMS` | check with `sha256sum -c SHA256SUMS` |

An empty cell means "not recorded", never "none". Figures are kept as the cities gave them, also
where they cannot be right. In the CSV, a text that a spreadsheet would take for a formula has an
apostrophe before it; the JSON has every text as it is. Outcomes of an edition are empty until it
is revealed. Nothing that is not public is in here, and no mail address of anybody.

## Licence and provenance

Each initiative names its licence in the column `licence`: CC BY 4.0
(https://creativecommons.org/licenses/by/4.0/) unless it says otherwise. Name the city, the title
of the initiative, the award and the address in the column `url`. Where each fact comes from is
in `sources` and in the `_source` columns; the texts are told by the cities or put together by the
award from public records.

The files can be read back in: see docs/library.md of Laurels.
"""


def write_package(
    entries: Callable[[], Iterable[Entry]],
    out: IO[bytes],
    *,
    changed_at: datetime | None,
    site: str,
) -> None:
    """Write the zip file. `entries` gives the initiatives anew for each file.

    `changed_at` is when one of them last changed, None for an empty library; the files carry
    that time, so that the same data are the same bytes on any day.
    """
    stamp = changed_at.timetuple()[:6] if changed_at else OLDEST
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        sums: dict[str, tuple[str, int]] = {}
        count = 0
        for name, write in (("initiatives.csv", write_csv), ("initiatives.json", write_json)):
            with SpooledTemporaryFile(IN_MEMORY) as spool:
                counted = _Counted(entries())
                write(counted, spool)
                count = counted.count
                spool.seek(0)
                sums[name] = _add(package, name, spool, stamp)
        changed = changed_at.date().isoformat() if changed_at else "empty"
        texts = {
            "datapackage.json": _descriptor(sums, site, changed),
            "README.md": README.format(count=count, site=site, changed=changed),
        }
        for name, text in texts.items():
            sums[name] = _add(package, name, io.BytesIO(text.encode()), stamp)
        lines = "".join(f"{digest}  {name}\n" for name, (digest, _size) in sorted(sums.items()))
        _add(package, "SHA256SUMS", io.BytesIO(lines.encode()), stamp)


class _Counted:
    """Passes entries on and counts them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries, self.count = entries, 0

    def __iter__(self) -> Any:
        for entry in self.entries:
            self.count += 1
            yield entry


def _add(package: zipfile.ZipFile, name: str, source: IO[bytes], stamp: Any) -> tuple[str, int]:
    """Put a file into the package; return its SHA-256 in hex, and its size in bytes."""
    member = zipfile.ZipInfo(name, date_time=stamp)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 3  # Unix, also where it is made elsewhere
    member.external_attr = 0o644 << 16
    digest, size = hashlib.sha256(), 0
    with package.open(member, "w", force_zip64=False) as target:
        while block := source.read(BLOCK):
            digest.update(block)
            size += len(block)
            target.write(block)
    return digest.hexdigest(), size


def _descriptor(sums: dict[str, tuple[str, int]], site: str, changed: str) -> str:
    licence = Licence.CC_BY
    descriptor = {
        "profile": "data-package",
        "name": "guangzhou-award-library",
        "title": "Library of the Guangzhou International Award for Urban Innovation",
        "homepage": site,
        "version": changed,
        "licenses": [{"name": licence.value, "path": licence.url, "title": "CC BY 4.0"}],
        "sources": [{"title": "The award's record, as published", "path": site}],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "initiatives",
                "path": "initiatives.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                **_size_of(sums["initiatives.csv"]),
                "schema": {
                    "fields": [*map(_field, COLUMNS), _field_of_url()],
                    "primaryKey": "address",
                    "missingValues": [""],
                },
            },
            {
                "profile": "data-resource",
                "name": "initiatives-json",
                "path": "initiatives.json",
                "format": "json",
                "mediatype": "application/json",
                "encoding": "utf-8",
                **_size_of(sums["initiatives.json"]),
            },
        ],
    }
    return json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"


def _size_of(found: tuple[str, int]) -> dict[str, Any]:
    digest, size = found
    return {"bytes": size, "hash": f"sha256:{digest}"}


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.choices and column.kind == Kind.TEXT:
        constraints["enum"] = list(column.choices)
    if column.least is not None:
        constraints |= {"minimum": column.least, "maximum": column.most}
    told = {
        "name": column.name,
        "type": TYPES.get(column.kind, "string"),
        "description": column.about,
    }
    return {**told, "constraints": constraints} if constraints else told


def _field_of_url() -> dict[str, str]:
    return {
        "name": URL,
        "type": "string",
        "format": "uri",
        "description": "Where it can be read.",
    }
