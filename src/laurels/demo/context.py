"""What every page needs for the strip at its top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from laurels.demo import queries

if TYPE_CHECKING:
    from django.http import HttpRequest


def strip(_request: HttpRequest) -> dict[str, Any]:
    """Give templates `demo_strip`: what the award's clock shows, and the host's zone."""
    return {"demo_strip": queries.Strip()}
