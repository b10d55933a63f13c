"""What is wrong with an award's file, each thing named by its place."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

LONGEST_SHOWN = 60


@dataclass(frozen=True)
class Remark:
    """One sentence about one place: `editions.json: editions[5].cities[3].lat: 95 is not …`."""

    document: str
    path: str
    sentence: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.document, self.path, self.sentence) if part)


@dataclass
class Report:
    """All that a reading finds: problems forbid the loading, warnings do not."""

    problems: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)

    def finish(self) -> None:
        """Raise AwardFileIsWrong with every problem found so far, if there is any."""
        if self.problems:
            raise AwardFileIsWrong(self.problems)


class AwardFileIsWrong(ValueError):  # noqa: N818 -- named for what is wrong
    """The award's file cannot be loaded; `problems` names every place, not just the first."""

    def __init__(self, problems: list[Remark]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def shown(value: object) -> str:
    """Return a value of the file as a reader finds it there, shortened."""
    text = json.dumps(value, ensure_ascii=False)
    # Half a character can stand in a JSON text, but cannot be printed.
    text = text.encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "\u2026"


def fault_of_text(value: str, longest: int) -> str:
    """Return what keeps a text out of the database, "" where nothing does."""
    if len(value) > longest:
        return f"is {len(value)} characters long; {longest} is the most"
    if "\x00" in value:
        return "holds a NUL character, which the database cannot keep"
    if any("\ud800" <= character <= "\udfff" for character in value):
        return "holds half a character (a lone surrogate)"
    return ""
