"""What the command says to people."""

from typing import Any

from ballotlog.errors import LogError
from ballotlog.manifest import Manifest


def explain_failure(error: LogError) -> str:
    return f"{error}\n"


def explain_success(report: dict[str, Any], manifest: Manifest, *, totals_only: bool) -> str:
    return ""
