"""The one address for life of an initiative: `2023-cape-town`, from year and city."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anyascii import anyascii
from django.utils.text import slugify

if TYPE_CHECKING:
    from collections.abc import Container

LONGEST_STEM = 200
IN_PARENTHESES = re.compile(r"[(\uff08][^()\uff08\uff09]*[)\uff09]")


def stem(year: int, city_name: str) -> str:
    """Return year and city in plain Latin letters: 2023, "São Paulo" gives `2023-sao-paulo`.

    What stands in parentheses is another name of the city and left out.
    """
    bare = IN_PARENTHESES.sub(" ", city_name).strip() or city_name
    city = slugify(anyascii(bare).replace("_", "-"))[:LONGEST_STEM].strip("-") or "city"
    return f"{year}-{city}"


def free_address(year: int, city_name: str, taken: Container[str]) -> str:
    """Return the stem, or with `-2`, `-3` … the first such address that is not taken."""
    first = stem(year, city_name)
    if first not in taken:
        return first
    number = 2
    while f"{first}-{number}" in taken:
        number += 1
    return f"{first}-{number}"
