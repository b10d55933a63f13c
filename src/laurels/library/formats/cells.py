"""Values as the text of one cell, and back. Pure.

A cell that a spreadsheet would take for a formula gets an apostrophe before it; reading takes it
off again. What begins with an apostrophe and such a sign gets one more, so that nothing is lost.
"""

from __future__ import annotations

import re
from typing import Any

from laurels.library.formats.columns import Kind

# Signs that begin a formula in one spreadsheet or another, in half and in full width.
FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
GUARDED = re.compile(r"'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
ESCAPES = {"\\": "\\\\", "|": "\\|", "\n": "\\n"}
ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def guarded(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    return text[1:] if GUARDED.match(text) else text


def printable(text: str) -> str:
    """Return the text with each control character, which no file may hold, as U+FFFD."""
    return CONTROL.sub("\ufffd", text)


def as_text(kind: Kind, value: Any) -> str:
    """Return a value as the text of a cell, "" for what is not recorded."""
    if value is None:
        return ""
    if kind == Kind.LIST:
        return "; ".join(str(one) for one in value)
    if kind == Kind.LINES:
        return "\n".join(_escaped(str(one), "\\\n") for one in value)
    if kind == Kind.FIGURES:
        return "\n".join(
            " | ".join(_escaped("" if part is None else str(part)) for part in row) for row in value
        )
    return printable(str(value))


def parts_of_list(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]


def parts_of_lines(text: str) -> list[str]:
    return [_unescaped(line.strip()) for line in text.split("\n") if line.strip()]


def rows_of_figures(text: str) -> list[list[str]]:
    """Return the rows of a cell of figures, each a list of its parts."""
    return [
        [_unescaped(part.strip()) for part in _split(line)]
        for line in text.split("\n")
        if line.strip()
    ]


def _split(line: str) -> list[str]:
    parts, start = [], 0
    for found in re.finditer(r"\\.|\|", line):
        if found.group() == "|":
            parts.append(line[start : found.start()])
            start = found.end()
    return [*parts, line[start:]]


def _escaped(text: str, signs: str = "\\|\n") -> str:
    return "".join(ESCAPES[sign] if sign in signs else sign for sign in printable(text))


def _unescaped(text: str) -> str:
    return ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text)
