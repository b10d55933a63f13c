"""Who sends a form of a room: known by what its browser keeps, and by its network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from laurels.foundation.clients import client_of, network_of
from laurels.foundation.ids import fingerprint
from laurels.seminars.actions import Guest, network_key

if TYPE_CHECKING:
    from django.http import HttpRequest

SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


def me_of(request: HttpRequest) -> str:
    """Return what the browser says that it is, "" where it says nothing of the right form."""
    said = request.POST.get("me") or request.GET.get("me") or ""
    return said if SECRET.fullmatch(said) else ""


def guest_of(request: HttpRequest) -> Guest:
    """Return who sends a form; without a secret of its own, everybody of a network is one."""
    network = network_of(client_of(request))
    return Guest(fingerprint(me_of(request) or f"of {network}"), network_key(network))


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Return whether another site's page sent this form (Fetch Metadata, 2.4)."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
