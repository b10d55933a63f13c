"""The addresses of the pictures that other sites show beside a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from laurels.seminars import pictures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from laurels.editions.models import Edition
    from laurels.seminars.models import Seminar

register = template.Library()


@register.simple_tag
def seminar_picture(seminar: Seminar) -> str:
    return pictures.seminar_address(seminar)


@register.simple_tag
def series_picture(editions: Sequence[tuple[Edition, Sequence[Seminar]]]) -> str:
    """Return the address of the newest series' picture; "" where none is announced."""
    return pictures.series_address(*editions[0]) if editions else ""
