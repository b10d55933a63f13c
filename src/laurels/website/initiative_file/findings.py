"""What is found in a file of initiatives: each thing by its row and column."""

from __future__ import annotations

from dataclasses import dataclass

from laurels.website.award_file.problems import Remark, Report


@dataclass
class Findings(Report):
    """A report whose places are rows as a spreadsheet counts them; row 0 is the whole file."""

    def problem(self, row: int, column: str, sentence: str) -> None:
        self.problems.append(Remark("", place(row, column), sentence))

    def warn(self, row: int, column: str, sentence: str) -> None:
        self.warnings.append(Remark("", place(row, column), sentence))


def place(row: int, column: str = "") -> str:
    return ", ".join(part for part in (f"row {row}" if row else "", column) if part)
