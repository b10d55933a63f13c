"""A workbook for Excel and LibreOffice: one sheet of initiatives, one of the columns."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from laurels.library.formats.cells import as_text
from laurels.library.formats.columns import COLUMNS, URL, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from laurels.library.formats.rows import Entry

SHEET, COLUMNS_SHEET = "initiatives", "columns"
LONGEST_CELL = 32_767  # characters, a limit of Excel
WIDE, USUAL = 48, 16  # characters


def write_xlsx(entries: Iterable[Entry], out: IO[bytes]) -> None:
    book = Workbook(write_only=True)
    sheet = begin_sheet(book, SHEET, [*(column.name for column in COLUMNS), URL])
    for entry in entries:
        sheet.append([*cells_of(sheet, entry.row), text_cell(sheet, entry.row[URL])])
    write_columns(book)
    book.save(out)


def begin_sheet(book: Workbook, title: str, header: list[str]) -> WriteOnlyWorksheet:
    """Return a new sheet with its header, which stays in sight."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, name in enumerate(header):
        letter = get_column_letter(number + 1)
        sheet.column_dimensions[letter].width = WIDE if _is_long(name) else USUAL
    cells = [text_cell(sheet, name) for name in header]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)
    return sheet


def cells_of(sheet: WriteOnlyWorksheet, row: dict[str, Any]) -> list[Any]:
    cells = []
    for column in COLUMNS:
        value = row[column.name]
        is_number = column.kind in {Kind.WHOLE, Kind.NUMBER}
        cells.append(value if is_number else text_cell(sheet, as_text(column.kind, value)))
    return cells


def write_columns(book: Workbook) -> None:
    """Add the sheet that says what each column holds, and which values it may have."""
    sheet = begin_sheet(book, COLUMNS_SHEET, ["column", "holds", "needed", "allowed", "about"])
    for column in COLUMNS:
        needed = "yes" if column.required else ""
        told = (column.name, column.kind.value, needed, ", ".join(column.choices), column.about)
        sheet.append([text_cell(sheet, text) for text in told])


def text_cell(sheet: WriteOnlyWorksheet, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=text[:LONGEST_CELL] or None)
    if text:
        cell.data_type = "s"  # what begins with "=" is a text, not a formula
        cell.alignment = Alignment(vertical="top", wrap_text="\n" in text)
    return cell


def _is_long(name: str) -> bool:
    return name in {"title", "summary", "about", "allowed", "sources", "figures"}
