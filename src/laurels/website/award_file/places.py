"""A place in a JSON document: reads a value, checks it, and names the place where it is wrong."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from laurels.website.award_file.problems import Remark, Report, fault_of_text, shown

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST_TEXT = 5000
LARGEST_COUNT = 2**31 - 1
LARGEST_VOTES = 2**53 - 1


class Fields:
    """The fields of one JSON object. A missing field reads like null; `done` warns of unread ones.

    Every reader returns a value of its type or the empty one, so that reading goes on and finds
    the other problems too.
    """

    def __init__(self, value: Any, *, document: str, path: str, report: Report) -> None:
        self.document = document
        self.path = path
        self.report = report
        self._read: set[str] = set()
        self._value: dict[str, Any] = value if isinstance(value, dict) else {}
        self._is_object = isinstance(value, dict)
        if not self._is_object:
            self.problem("", f"{shown(value)} is not an object")

    def at(self, key: str) -> str:
        """Return the path of a field."""
        return f"{self.path}.{key}" if self.path and key else self.path or key

    def problem(self, key: str, sentence: str) -> None:
        self.report.problems.append(Remark(self.document, self.at(key), sentence))

    def warn(self, key: str, sentence: str) -> None:
        self.report.warnings.append(Remark(self.document, self.at(key), sentence))

    def has(self, key: str) -> bool:
        """Return whether the field is there and not null."""
        self._read.add(key)
        return self._value.get(key) is not None

    def text(
        self,
        key: str,
        *,
        longest: int = LONGEST_TEXT,
        required: bool = False,
        pattern: str = "",
        hint: str = "",
    ) -> str:
        """Return a text, "" for null. `pattern` must match all of it; `hint` says how."""
        value = self._take(key, required=required)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.problem(key, f"{shown(value)} is not a text")
            return ""
        sentence = fault_of_text(value, longest)
        if not sentence and required and not value.strip():
            sentence = "is empty"
        if not sentence and pattern and value and not re.fullmatch(pattern, value):
            sentence = f"{shown(value)} is not {hint}"
        if sentence:
            self.problem(key, sentence)
            return ""
        return value.strip()

    def choice(self, key: str, choices: Collection[str], *, required: bool = False) -> str:
        """Return one of the choices, "" for null."""
        value = self.text(key, required=required)
        if value and value not in choices:
            self.problem(key, f"{shown(value)} is not one of: {', '.join(choices)}")
            return ""
        return value

    def whole(
        self, key: str, *, least: int = 0, most: int = LARGEST_COUNT, required: bool = False
    ) -> int | None:
        """Return a whole number from `least` to `most`, or None for null."""
        value = self._take(key, required=required)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.problem(key, f"{shown(value)} is not a whole number")
            return None
        return value if self._is_between(key, value, least, most) else None

    def number(self, key: str, *, least: float, most: float) -> float | None:
        """Return a number from `least` to `most`, or None for null."""
        value = self._take(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.problem(key, f"{shown(value)} is not a number")
            return None
        return float(value) if self._is_between(key, value, least, most) else None

    def flag(self, key: str) -> bool:
        """Return true or false; false for null."""
        value = self._take(key)
        if value is not None and not isinstance(value, bool):
            self.problem(key, f"{shown(value)} is neither true nor false")
        return value is True

    def texts(
        self,
        key: str,
        *,
        choices: Collection[str] | None = None,
        longest: int = LONGEST_TEXT,
    ) -> tuple[str, ...]:
        """Return a list of texts, each once; () for null."""
        found: list[str] = []
        for position, value in enumerate(self._list(key)):
            sentence = ""
            if not isinstance(value, str) or not value.strip():
                sentence = f"{shown(value)} is not a text"
            elif choices is not None and value not in choices:
                sentence = f"{shown(value)} is not one of: {', '.join(choices)}"
            elif value in found:
                sentence = f"{shown(value)} stands there twice"
            else:
                sentence = fault_of_text(value, longest)
            if sentence:
                self.problem(f"{key}[{position}]", sentence)
            else:
                found.append(value)
        return tuple(found)

    def wholes(self, key: str, *, least: int, most: int) -> tuple[int, ...]:
        """Return a list of whole numbers, each once; () for null."""
        found: list[int] = []
        for position, value in enumerate(self._list(key)):
            place = f"{key}[{position}]"
            if isinstance(value, bool) or not isinstance(value, int):
                self.problem(place, f"{shown(value)} is not a whole number")
            elif value in found:
                self.problem(place, f"{value} stands there twice")
            elif self._is_between(place, value, least, most):
                found.append(value)
        return tuple(found)

    def each(self, key: str, *, required: bool = False) -> list[Fields]:
        """Return the objects of a list; [] for null."""
        if required and not self.has(key):
            self._take(key, required=True)
            return []
        return [
            self._inside(value, f"{key}[{position}]")
            for position, value in enumerate(self._list(key))
        ]

    def child(self, key: str) -> Fields:
        """Return the object in a field; one without fields for null."""
        value = self._take(key)
        return self._inside({} if value is None else value, key)

    def keys(self) -> list[str]:
        """Return the names of the fields, all of them now read."""
        self._read.update(self._value)
        return list(self._value)

    def check_key(self, key: str, *, pattern: str, hint: str) -> None:
        """Report a field whose very name is wrong."""
        if not re.fullmatch(pattern, key):
            self.problem(key, f"{shown(key)} is not {hint}")

    def done(self, *known: str) -> None:
        """Warn of each field that nothing has read; `known` ones are left aside on purpose."""
        for key in self._value:
            if key not in self._read and key not in known:
                self.warn(key, "is not a field that Laurels knows; it is not loaded")

    def _inside(self, value: Any, key: str) -> Fields:
        return Fields(value, document=self.document, path=self.at(key), report=self.report)

    def _take(self, key: str, *, required: bool = False) -> Any:
        self._read.add(key)
        value = self._value.get(key)
        if value is None and required and self._is_object:
            self.problem(key, "is missing")
        return value

    def _list(self, key: str) -> list[Any]:
        value = self._take(key)
        if value is not None and not isinstance(value, list):
            self.problem(key, f"{shown(value)} is not a list")
        return value if isinstance(value, list) else []

    def _is_between(self, key: str, value: float, least: float, most: float) -> bool:
        # A comparison with NaN is false, so that it falls out here too.
        if least <= value <= most and math.isfinite(value):
            return True
        self.problem(key, f"{shown(value)} is not between {least:g} and {most:g}")
        return False
