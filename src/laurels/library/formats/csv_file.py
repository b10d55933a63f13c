"""CSV (RFC 4180) in UTF-8 with a byte order mark, without which Excel reads another encoding."""

from __future__ import annotations

import csv
import io
from typing import IO, TYPE_CHECKING, Any

from laurels.library.formats.cells import as_text, guarded
from laurels.library.formats.columns import COLUMNS, URL, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from laurels.library.formats.rows import Entry

HEADER = [*(column.name for column in COLUMNS), URL]


def write_csv(entries: Iterable[Entry], out: IO[bytes]) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADER)
    for entry in entries:
        writer.writerow(_line(entry.row))
    text.flush()
    text.detach()  # `out` is the caller's to close


def _line(row: dict[str, Any]) -> list[str]:
    cells = []
    for column in COLUMNS:
        text = as_text(column.kind, row[column.name])
        # Our own numbers may be negative; whatever people wrote may be a formula.
        cells.append(text if column.kind in {Kind.WHOLE, Kind.NUMBER} else guarded(text))
    return [*cells, row[URL]]
