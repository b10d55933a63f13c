"""A file laid out as rows of named cells. CSV and JSON here; XLSX beside it."""

from __future__ import annotations

import csv
import io
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

from laurels.library.formats.cells import unguarded
from laurels.library.formats.columns import BY_NAME, NEEDED, URL
from laurels.website.award_file.reading import NotAJsonDocument, parse
from laurels.website.initiative_file.decoding import EncodingIsUnknown, decode
from laurels.website.initiative_file.workbooks import FormulaCell, WorkbookIsWrong, rows_of_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable

    from laurels.website.initiative_file.findings import Findings

LARGEST_FILE = 10 * 1024 * 1024  # bytes
MOST_ROWS = 20_000
SEPARATORS = ",;\t"
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ENDINGS = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".xlsx": "xlsx", ".json": "json"}


class Line(NamedTuple):
    """One row: its number as a spreadsheet counts, and its cells by column."""

    number: int
    cells: dict[str, Any]


class FileIsUnreadable(ValueError):  # noqa: N818 -- named for what is wrong
    """The file as a whole cannot be read; the sentence says what to do."""


def read_table(name: str, content: bytes, findings: Findings) -> list[Line]:
    """Return the rows of a file of any of the three kinds; what is wrong goes to `findings`.

    Cells are texts, or numbers and lists where the kind of file has them; empty rows are left
    out. Names of columns are checked here, values later.
    """
    try:
        lines = _read(name, content, findings)
    except (FileIsUnreadable, EncodingIsUnknown, NotAJsonDocument, WorkbookIsWrong) as fault:
        findings.problem(0, "", str(fault))
        return []
    if not lines and not findings.problems:
        findings.problem(0, "", "The file holds no initiative. Fill in at least one row.")
    return lines


def _read(name: str, content: bytes, findings: Findings) -> list[Line]:
    if len(content) > LARGEST_FILE:
        size = LARGEST_FILE // 1024 // 1024
        raise FileIsUnreadable(f"The file is larger than {size} MB. Bring it in by parts.")
    kind = _kind(name, content)
    if kind == "xlsx":
        return _table(rows_of_workbook(content), findings)
    if kind == "json":
        return _objects(parse(content), findings)
    decoded = decode(content)
    if decoded.note:
        findings.warn(0, "", decoded.note)
    return _table(_csv_rows(decoded.text), findings)


def _kind(name: str, content: bytes) -> str:
    if content.startswith(OLD_OFFICE):
        raise FileIsUnreadable(
            "This is an old Excel file (.xls), or one with a password. Save it as .xlsx without "
            "a password."
        )
    if content.startswith(ZIP):
        return "xlsx"
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    kind = ENDINGS.get(ending)
    if kind is None or kind == "xlsx":
        raise FileIsUnreadable("Only CSV, XLSX and JSON can be read. Save the file as one of them.")
    return kind


def _csv_rows(text: str) -> Iterable[list[Any]]:
    first = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=lambda sign: _known_names(first, sign))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            yield [_cell(cell) for cell in cells]
    except csv.Error as fault:
        raise FileIsUnreadable(
            f"Line {reader.line_num} is not CSV: {fault}. A text with quotes needs each of them "
            f"twice, and quotes around it."
        ) from fault


def _cell(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return FormulaCell(text) if text.startswith("=") else unguarded(text)


def _known_names(header: str, separator: str) -> int:
    names = (name.strip().strip('"').lower() for name in header.lstrip("\ufeff").split(separator))
    return sum(name in BY_NAME for name in names)


def _table(rows: Iterable[list[Any]], findings: Findings) -> list[Line]:
    numbered = enumerate(rows, 1)
    header: list[str] = []
    for number, cells in numbered:
        if any(_is_filled(cell) for cell in cells):
            header = [str(cell or "").strip().lower() for cell in cells]
            _check_header(header, number, findings)
            break
    if findings.problems:
        return []
    lines: list[Line] = []
    for number, cells in numbered:
        if not any(_is_filled(cell) for cell in cells):
            continue
        if any(_is_filled(cell) for cell in cells[len(header) :]):
            sentence = f"has more cells than the {len(header)} columns. Look for a separator that "
            findings.problem(number, "", sentence + "stands in a text without quotes around it.")
        named = zip(header, [*cells, *[None] * len(header)], strict=False)
        lines.append(Line(number, {name: cell for name, cell in named if name in BY_NAME}))
        _refuse_too_many(len(lines))
    return lines


def _objects(document: Any, findings: Findings) -> list[Line]:
    if isinstance(document, dict):
        document = document.get("initiatives")
    if not isinstance(document, list):
        raise FileIsUnreadable(
            'The JSON is not a list of initiatives. Write [{…}, {…}] or {"initiatives": […]}.'
        )
    _refuse_too_many(len(document))
    if document and all(isinstance(one, dict) for one in document):
        _check_header(list(dict.fromkeys(key for one in document for key in one)), 0, findings)
    lines = []
    for number, one in enumerate(document, 1):
        if isinstance(one, dict):
            lines.append(Line(number, {key: one[key] for key in one if key in BY_NAME}))
        else:
            findings.problem(number, "", "is not an object. Write {…} with the columns' names.")
    return lines


def _refuse_too_many(count: int) -> None:
    if count > MOST_ROWS:
        raise FileIsUnreadable(f"The file has more than {MOST_ROWS:,} rows. Bring it in by parts.")


def _check_header(header: list[str], number: int, findings: Findings) -> None:
    for name in dict.fromkeys(header):
        if name and header.count(name) > 1:
            findings.problem(number, name, "stands there twice. Keep one of the columns.")
        elif name and name not in BY_NAME and name != URL:
            sentence = "is not a column that Laurels knows; it is not brought in."
            findings.warn(number, name, f"{sentence}{_meant(name)}")
    for name in NEEDED:
        if name not in header:
            findings.problem(number, name, "is missing. Add the column; the template has them all.")


def _meant(name: str) -> str:
    near = get_close_matches(name, BY_NAME, 1)
    return f" Is “{near[0]}” meant?" if near else ""


def _is_filled(cell: Any) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))
