"""One cell becomes one value, or a sentence says what to do. Pure."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from laurels.library.formats.cells import (
    CONTROL,
    parts_of_lines,
    parts_of_list,
    rows_of_figures,
)
from laurels.library.formats.columns import Column, Kind
from laurels.library.formats.json_file import FIGURE_PARTS
from laurels.website.award_file.problems import fault_of_text, shown
from laurels.website.initiative_file.workbooks import DateCell, ErrorCell, FormulaCell

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

WHOLE = re.compile(r"[+-]?[0-9]{1,18}(?:\.0*)?")
NUMBER = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,18})?")
FIGURE_LENGTHS = (200, 120, 60, None, 500)  # characters; the fourth is a year
FIRST_YEAR, LAST_YEAR = 1500, 2199
LONGEST_SOURCE = 500
MOST_ITEMS = 100
PATTERNS = {
    "address": (re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*"), "an address part, as in 2023-cape-town"),
    "country_code": (re.compile(r"[A-Z]{2}"), "two capital letters, as in ISO 3166-1"),
    "language": (re.compile(r"[a-z]{2,3}(?:-[a-z]{2,4})?"), "a code as in ISO 639-1: en, zh-hans"),
}


class CellIsWrong(ValueError):  # noqa: N818 -- named for what is wrong
    """A cell cannot be read; the sentence goes on from the column's name."""


def read_value(column: Column, cell: Any, allowed: Collection[str] | None = None) -> Any:
    """Return the value of a cell, None where it is empty; raise CellIsWrong.

    Texts are in Unicode's composed form (NFC), lists sorted. `allowed` are the values that a
    list may have, where the database knows them.
    """
    _refuse_what_excel_made(cell)
    if isinstance(cell, bool):
        raise CellIsWrong(f"is {str(cell).lower()}; write what is meant")
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    value = READERS[column.kind](column, cell, allowed)
    return None if value in ("", []) else value


def _text(column: Column, cell: Any, _allowed: Collection[str] | None) -> str:
    value = text_of(cell, column.longest)
    pattern, hint = PATTERNS.get(column.name, (None, ""))
    if pattern and not pattern.fullmatch(value):
        raise CellIsWrong(f"{shown(value)} is not {hint}")
    if column.choices and value not in column.choices:
        raise CellIsWrong(f"{shown(value)} is not one of: {', '.join(column.choices)}")
    return value


def _whole(column: Column, cell: Any, _allowed: Collection[str] | None) -> int:
    if isinstance(cell, str):
        if not WHOLE.fullmatch(cell.strip()):
            raise CellIsWrong(
                f"{shown(cell)} is not a whole number. Write digits only, without separators"
            )
        cell = float(cell) if "." in cell else int(cell)
    if not isinstance(cell, int | float) or not math.isfinite(cell) or cell != int(cell):
        raise CellIsWrong(f"{shown(cell)} is not a whole number")
    return int(_between(column, cell))


def _number(column: Column, cell: Any, _allowed: Collection[str] | None) -> float:
    if isinstance(cell, str):
        if not NUMBER.fullmatch(cell.strip()):
            raise CellIsWrong(f"{shown(cell)} is not a number. Write digits with a point: -33.92")
        cell = float(cell)
    if not isinstance(cell, int | float) or not math.isfinite(cell):
        raise CellIsWrong(f"{shown(cell)} is not a number")
    return float(_between(column, cell))


def _list(column: Column, cell: Any, allowed: Collection[str] | None) -> list[Any]:
    if isinstance(cell, int | float):
        cell = str(cell)
    parts = parts_of_list(cell) if isinstance(cell, str) else _items(cell)
    texts = sorted({text_of(part, column.longest) for part in parts})
    known = column.choices or allowed
    for text in texts:
        if known is not None and text not in known:
            raise CellIsWrong(f"{shown(text)} is not one of: {', '.join(sorted(known))}")
    return sorted(int(text) for text in texts) if column.name == "goals" else texts


def _lines(_column: Column, cell: Any, _allowed: Collection[str] | None) -> list[str]:
    parts = parts_of_lines(cell) if isinstance(cell, str) else _items(cell)
    return [text_of(part, LONGEST_SOURCE) for part in parts]


def _figures(_column: Column, cell: Any, _allowed: Collection[str] | None) -> list[list[Any]]:
    rows = rows_of_figures(cell) if isinstance(cell, str) else _figure_objects(_items(cell))
    return [_figure(row) for row in rows]


def _figure_objects(items: list[Any]) -> list[list[Any]]:
    if not all(isinstance(item, dict) and set(item) <= set(FIGURE_PARTS) for item in items):
        raise CellIsWrong(f"is not a list of objects with {', '.join(FIGURE_PARTS)}")
    return [[item.get(part) for part in FIGURE_PARTS] for item in items]


def _figure(row: list[Any]) -> list[Any]:
    if len(row) > len(FIGURE_PARTS):
        raise CellIsWrong('has a line with more than five parts. Write "|" in a text as "\\|"')
    parts = [*row, *[""] * (len(FIGURE_PARTS) - len(row))]
    label, value, unit, year, source = (
        "" if part is None or part == "" else text_of(part, longest or 4)
        for part, longest in zip(parts, FIGURE_LENGTHS, strict=True)
    )
    if not label or not value:
        raise CellIsWrong("has a figure without its label or value. Write: label | value | unit")
    if year and not (year.isascii() and year.isdigit() and FIRST_YEAR <= int(year) <= LAST_YEAR):
        raise CellIsWrong(f"{shown(year)} is not a year. Write: label | value | unit | 2023")
    return [label, value, unit, int(year) if year else None, source]


def text_of(cell: Any, longest: int) -> str:
    """Return a cell as text: a number as it was written, a text stripped and composed."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise CellIsWrong(f"{shown(cell)} is not a text")
    text = unicodedata.normalize("NFC", str(cell)).replace("\r\n", "\n").strip()
    control = CONTROL.search(text)
    if control:
        raise CellIsWrong(f"holds a control character (U+{ord(control[0]):04X}). Take it out")
    sentence = fault_of_text(text, longest)
    if sentence:
        raise CellIsWrong(sentence)
    return text


def _items(cell: Any) -> list[Any]:
    if not isinstance(cell, list):
        raise CellIsWrong(f"{shown(cell)} is not a list")
    if len(cell) > MOST_ITEMS:
        raise CellIsWrong(f"has more than {MOST_ITEMS} items")
    return cell


def _between(column: Column, number: float) -> float:
    least = -math.inf if column.least is None else column.least
    most = math.inf if column.most is None else column.most
    if not least <= number <= most:
        raise CellIsWrong(f"{shown(number)} is not between {least:g} and {most:g}")
    return number


def _refuse_what_excel_made(cell: Any) -> None:
    if isinstance(cell, FormulaCell):
        raise CellIsWrong("is a formula. Copy the column and paste it as values")
    if isinstance(cell, ErrorCell):
        raise CellIsWrong(f"holds the error {cell} of a formula. Write what is meant")
    if isinstance(cell, DateCell):
        raise CellIsWrong(f"is a date ({cell}). Format the column as text and write it again")


READERS: dict[Kind, Callable[[Column, Any, Collection[str] | None], Any]] = {
    Kind.TEXT: _text,
    Kind.WHOLE: _whole,
    Kind.NUMBER: _number,
    Kind.LIST: _list,
    Kind.LINES: _lines,
    Kind.FIGURES: _figures,
}
