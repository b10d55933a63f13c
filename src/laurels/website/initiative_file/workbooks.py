"""The rows of an XLSX file. It is opened as a zip file first: some are made to fill a disk."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl import Workbook

MOST_PARTS = 500
LARGEST_INSIDE = 100 * 1024 * 1024  # bytes when unpacked
BLOCK = 1024 * 1024
MOST_COLUMNS, MOST_EMPTY = 200, 1000
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
MERGED = re.compile(rb'<mergeCell ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
DECLARED = (b"<!DOCTYPE", b"<!ENTITY")
LONGEST_MERGE = 64  # bytes of such an element, that may lie on the edge of a block


class WorkbookIsWrong(ValueError):  # noqa: N818 -- named for what is wrong
    """The workbook cannot be read as it is; the sentence says what to do."""


class DateCell(str):
    """A date where a text or a number is expected: Excel made it of something else."""

    __slots__ = ()


class FormulaCell(str):
    """A formula, which is never reckoned here."""

    __slots__ = ()


class ErrorCell(str):
    """What Excel shows of a formula that failed: `#N/A`."""

    __slots__ = ()


def rows_of_workbook(content: bytes) -> Iterator[list[Any]]:
    """Yield the rows of the first sheet: texts, whole numbers, floats, booleans, None.

    Formulas, dates and errors come as texts of their own class, to be refused in their place.
    """
    _refuse_bombs(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as fault:
        raise WorkbookIsWrong(
            "The file is damaged or no Excel workbook. Open it and save it again as .xlsx."
        ) from fault
    try:
        yield from _rows(book)
    except (zipfile.BadZipFile, SyntaxError, ValueError, KeyError) as fault:
        if isinstance(fault, WorkbookIsWrong):
            raise
        raise WorkbookIsWrong(
            "The workbook is damaged. Open it and save it again as .xlsx."
        ) from fault
    finally:
        book.close()


def _rows(book: Workbook) -> Iterator[list[Any]]:
    if not book.worksheets:
        raise WorkbookIsWrong(
            "The workbook has no sheet of cells. Put the rows on its first sheet."
        )
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    empty = 0
    for cells in sheet.iter_rows(max_col=MOST_COLUMNS):
        values = [_value(cell) for cell in cells]
        empty = 0 if any(value is not None for value in values) else empty + 1
        if empty > MOST_EMPTY:
            return  # a sheet that somebody coloured down to its last row
        yield values


def _value(cell: Any) -> Any:
    value, kind = cell.value, cell.data_type
    if value is None:
        return None
    if kind == "f":
        return FormulaCell(value)
    if kind == "e":
        return ErrorCell(value)
    if isinstance(value, datetime | date | time | timedelta):
        return DateCell(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


def _refuse_bombs(content: bytes) -> None:
    """Read each part once, up to the limit, before anything parses it."""
    left = LARGEST_INSIDE
    merged: list[str] = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS:
                raise WorkbookIsWrong(
                    "The workbook has too many parts. Save the rows by themselves."
                )
            for part in parts:
                left -= _look_through(package, part, left, merged)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError) as fault:
        raise WorkbookIsWrong(
            "The file is damaged or no Excel workbook. Open it and save it again as .xlsx."
        ) from fault
    if merged:
        raise WorkbookIsWrong(
            f"Cells are merged ({', '.join(merged[:3])}). Unmerge them: each row needs its own."
        )


def _look_through(
    package: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, merged: list[str]
) -> int:
    """Return how many bytes a part unpacks to; note its merged cells."""
    size, tail = 0, b""
    with package.open(part) as source:
        while block := source.read(BLOCK):
            size += len(block)
            if size > left:
                most = LARGEST_INSIDE // 1024 // 1024
                raise WorkbookIsWrong(
                    f"The workbook unpacks to more than {most} MB. Make it smaller."
                )
            seen = tail + block
            if any(word in seen for word in DECLARED):
                raise WorkbookIsWrong("The workbook declares entities, which none needs to.")
            if SHEET.fullmatch(part.filename):
                merged += [found.decode() for found in MERGED.findall(seen)]
            tail = block[-LONGEST_MERGE:]
    return size
