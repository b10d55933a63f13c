"""The one place that reads the process environment: typed, and complete in its complaints."""

import os
from collections.abc import Mapping
from pathlib import Path

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})


class EnvironmentIsIncompleteError(Exception):
    """Says in one sentence each what is missing or wrong in the environment."""


class Environment:
    """Read variables by type, gather every problem, and report them together.

    A reader returns a harmless value where a variable is missing or wrong, so that `finish`
    can name all problems at once instead of one a start.
    """

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self.values = os.environ if values is None else values
        self.problems: list[str] = []

    def text(self, name: str, default: str | None = None) -> str:
        value = self.values.get(name, "").strip() or default
        if value is None:
            self.problems.append(f"{name} is not set.")
            return ""
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.values.get(name)
        if value is None:
            return default
        if value.lower() in TRUE | FALSE:
            return value.lower() in TRUE
        self.problems.append(f"{name} is {value!r}; write 1 or 0.")
        return default

    def number(self, name: str, default: int) -> int:
        value = self.text(name, str(default))
        if value.isascii() and value.isdigit():
            return int(value)
        self.problems.append(f"{name} is {value!r}; write a whole number.")
        return default

    def path(self, name: str, default: Path) -> Path:
        return Path(self.text(name, str(default))).absolute()

    def words(self, name: str, default: str = "") -> list[str]:
        """Return the comma-separated words of a variable."""
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]

    def finish(self) -> None:
        """Raise EnvironmentIsIncompleteError with every problem found so far."""
        if self.problems:
            raise EnvironmentIsIncompleteError(
                "Laurels cannot start:\n  "
                + "\n  ".join(dict.fromkeys(self.problems))
                + "\ndocs/operate.md lists every variable."
            )
