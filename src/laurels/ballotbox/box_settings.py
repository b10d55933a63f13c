"""What the box reads from its environment; it imports no Django, so it starts in an instant."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

TRUE = frozenset({"1", "true", "yes", "on"})


class BoxSettingsAreIncomplete(Exception):  # noqa: N818 -- named for what is wrong
    """A variable that the box cannot do without is not set."""


@dataclass(frozen=True)
class BoxSettings:
    """`keys` and `logs` hold one folder per election; `site_url` is the one origin of CORS.

    `group` is the most ballots that one transaction takes, `waiting` how many may wait before
    the box answers `busy`, `committers` how many threads verify and commit.
    """

    database_url: str
    keys: Path
    logs: Path
    site_url: str
    is_demo: bool
    committers: int = 2
    group: int = 64
    waiting: int = 4_000


def read_settings(environment: Mapping[str, str] = os.environ) -> BoxSettings:
    """Raise BoxSettingsAreIncomplete with a sentence that names every missing variable."""
    names = ("DATABASE_URL", "LAURELS_DATA", "LAURELS_SITE_URL")
    missing = [name for name in names if not environment.get(name, "").strip()]
    if missing:
        message = f"The ballot box cannot start: set {', '.join(missing)} (docs/operate.md)."
        raise BoxSettingsAreIncomplete(message)
    data = Path(environment["LAURELS_DATA"]).absolute()
    return BoxSettings(
        database_url=environment["DATABASE_URL"],
        keys=data / "keys",
        logs=data / "logs",
        site_url=environment["LAURELS_SITE_URL"].rstrip("/"),
        is_demo=environment.get("LAURELS_DEMO", "").lower() in TRUE,
    )
