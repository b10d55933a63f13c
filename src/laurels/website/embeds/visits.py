"""Which loadings of an embed are visits. Pure: told the headers, keeps none of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROBOTS = re.compile(
    r"bot|crawl|spider|slurp|preview|fetch|scan|monitor|archiv|validator|lighthouse|facebookexternal"
    r"|curl|wget|python|java/|go-http|okhttp|libwww|httpclient|axios|node",
    re.IGNORECASE,
)
FRAMES = {"iframe", "frame", "embed", "object"}


def is_a_visit(headers: Mapping[str, str], *, in_frame: bool) -> bool:
    """Return whether a person's browser loads an embed at another site.

    Browsers say what a request is for (Fetch Metadata); where one does not, its `Accept` and
    its name have to do. What is looked at on our own pages is no visit.
    """
    if ROBOTS.search(headers.get("User-Agent", "") or "curl"):
        return False
    if headers.get("Sec-Fetch-Site") in {"same-origin", "same-site", "none"}:
        return False
    # Speculative loading is not looking.
    if "prefetch" in headers.get("Sec-Purpose", ""):
        return False
    asked_for = headers.get("Sec-Fetch-Dest", "")
    if not in_frame:
        return asked_for in {"", "empty"}
    if asked_for:
        return asked_for in FRAMES
    return "text/html" in headers.get("Accept", "")
