"""Addresses: an initiative's for life, `2023-cape-town`; a city's by its name, `za-cape-town`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anyascii import anyascii
from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import override

if TYPE_CHECKING:
    from collections.abc import Container

LONGEST_STEM = 180
IN_PARENTHESES = re.compile(r"[(\uff08][^()\uff08\uff09]*[)\uff09]")


def stem(year: int, city_name: str) -> str:
    """Return year and city in plain Latin letters: 2023, "São Paulo" gives `2023-sao-paulo`.

    What stands in parentheses is another name of the city and left out.
    """
    return f"{year}-{_plain(city_name)}"


def city_stem(country_code: str, city_name: str) -> str:
    """Return country and city in plain Latin letters: "ZA", "Cape Town" gives `za-cape-town`."""
    return f"{country_code.lower()}-{_plain(city_name)}"


def free_address(year: int, city_name: str, taken: Container[str]) -> str:
    """Return the stem, or with `-2`, `-3` … the first such address that is not taken."""
    return _free(stem(year, city_name), taken)


def free_city_address(country_code: str, city_name: str, taken: Container[str]) -> str:
    """Return the city's stem, or with `-2`, `-3` … the first such one that is not taken."""
    return _free(city_stem(country_code, city_name), taken)


def lasting_url(address: str) -> str:
    """Return the whole address for life of an initiative, the same in every language."""
    with override(settings.LANGUAGE_CODE):
        path = reverse("wagtail_serve", args=[f"initiatives/{address}/"])
    return f"{settings.SITE_URL}{path}"


def _plain(city_name: str) -> str:
    bare = IN_PARENTHESES.sub(" ", city_name).strip() or city_name
    return slugify(anyascii(bare).replace("_", "-"))[:LONGEST_STEM].strip("-") or "city"


def _free(first: str, taken: Container[str]) -> str:
    if first not in taken:
        return first
    number = 2
    while f"{first}-{number}" in taken:
        number += 1
    return f"{first}-{number}"
