"""The workbook to fill in: one example row, what each column holds, which values it may have."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from openpyxl import Workbook

from laurels.library.enums import GlobalGoal, HonourKind, Licence, Stage
from laurels.library.formats.columns import COLUMNS, Kind
from laurels.library.formats.xlsx_file import (
    SHEET,
    begin_sheet,
    cells_of,
    text_cell,
    write_columns,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VALUES_SHEET = "allowed values"
EXAMPLE = {
    "year": 2023,
    "city": "Example City (delete this row)",
    "country": "Example Country",
    "country_code": "XX",
    "latitude": -33.92,
    "longitude": 18.42,
    "stage": Stage.ENTERED.value,
    "title": "A title as the city gives it",
    "summary": "What it is, in two or three sentences.",
    "problem": "What was wrong, and for whom.",
    "language": "en",
    "licence": Licence.CC_BY.value,
    "goals": [11, 13],
    "population": 4710000,
    "basic_population": "4.71 million",
    "basic_population_year": 2023,
    "basic_population_source": "Census",
    "figures": [["Trees planted", "12,000", "trees", 2023, "City records"]],
    "sources": ["https://example.org/report", "Interview with the mayor, 2023"],
}


def write_template(out: IO[bytes], words: Mapping[str, Iterable[tuple[str, str]]]) -> None:
    """Write the workbook; `words` are values and names of themes and tags, by column."""
    book = Workbook(write_only=True)
    sheet = begin_sheet(book, SHEET, [column.name for column in COLUMNS])
    empty: dict[str, Any] = {
        column.name: None if column.kind in SINGLE else [] for column in COLUMNS
    }
    sheet.append(cells_of(sheet, {**empty, **EXAMPLE}))
    write_columns(book)
    values = begin_sheet(book, VALUES_SHEET, ["column", "value", "name"])
    for column, value, name in _allowed(words):
        values.append([text_cell(values, text) for text in (column, value, name)])
    book.save(out)


SINGLE = {Kind.TEXT, Kind.WHOLE, Kind.NUMBER}


def _allowed(words: Mapping[str, Iterable[tuple[str, str]]]) -> Iterable[tuple[str, str, str]]:
    fixed: dict[str, Any] = {
        "stage": Stage,
        "licence": Licence,
        "goals": GlobalGoal,
        "honours": HonourKind,
    }
    for column, choices in fixed.items():
        for choice in choices:
            yield column, str(choice.value), str(choice.label)
    for column, pairs in words.items():
        for value, name in pairs:
            yield column, value, name
