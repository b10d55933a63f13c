"""Pages as tests read them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpResponse

TAG = re.compile(r"<[^>]*>")
BEFORE_A_MARK = re.compile(r" (?=[,.])")
BEFORE_THE_END_OF_A_TAG = re.compile(r"\s+(/?>)")


def plain(response: HttpResponse) -> str:
    """Return the page with white space folded, and none before the end of a tag."""
    folded = " ".join(response.content.decode().split())
    return BEFORE_THE_END_OF_A_TAG.sub(r"\1", folded)


def words(response: HttpResponse) -> str:
    """Return what a page says, without its tags, with white space folded."""
    text = " ".join(TAG.sub(" ", response.content.decode()).split())
    return BEFORE_A_MARK.sub("", text)
