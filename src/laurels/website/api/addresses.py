"""Whole addresses, since a reader of the API is elsewhere."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse


def api_url(name: str, *parts: Any) -> str:
    """Return the address of an endpoint by its name."""
    return site_url(reverse(f"api:{name}", args=parts))


def site_url(path: str) -> str:
    """Return a path of the site as a whole address; a whole one as it is."""
    return f"{settings.SITE_URL}{path}" if path.startswith("/") else path
