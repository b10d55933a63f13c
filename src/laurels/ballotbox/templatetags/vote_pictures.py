"""The address of the picture that other sites show beside a link to a vote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from laurels.ballotbox import pictures

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.ballotbox.models import Election

register = template.Library()


@register.simple_tag
def vote_picture(election: Election | None, now: datetime) -> str:
    """Return the whole address at an instant of the vote's clock; "" where none is held here."""
    return "" if election is None else pictures.vote_address(election, now)
