"""The public log as files: which addresses there are, and never a path outside its folder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from laurels.ballotbox.box.answers import Answer, Refused

if TYPE_CHECKING:
    from pathlib import Path

# Exactly the names of SPEC section 2: digits, x and dots that mark a partial file.
NAME = re.compile(
    r"checkpoint"
    r"|checkpoints/[0-9]{1,15}"
    r"|tile/(?:entries|[0-9]|[1-5][0-9]|6[0-3])/(?:x[0-9]{3}/){0,4}[0-9]{3}(?:\.p/[0-9]{1,3})?"
)
FOR_EVER = ("cache-control", "public, max-age=31536000, immutable")
FRESH = ("cache-control", "no-cache")


def file_of(logs: Path, slug: str, name: str) -> Answer:
    """A file of an election's published log. Raise Refused `not-found`.

    Tiles and kept checkpoints never change; the newest checkpoint is asked for anew each time.
    """
    if NAME.fullmatch(name) is None:
        raise Refused("not-found")
    path = logs / slug / name
    if not path.is_file():
        raise Refused("not-found")
    is_tile = name.startswith("tile/")
    return Answer(
        200,
        content_type="application/octet-stream" if is_tile else "text/plain; charset=utf-8",
        headers=(FRESH if name == "checkpoint" else FOR_EVER,),
        file=str(path),
    )
