"""Times as the host's clocks show them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import tzinfo

TYPED = "%Y-%m-%dT%H:%M"


class HostTimeField(forms.DateTimeField):
    """A time without a zone; which zone it is of, the form knows."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=[TYPED, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=TYPED),
            **kwargs,
        )

    def to_python(self, value: Any) -> datetime | None:
        read = forms.DateTimeField.to_python(self, value)
        return None if read is None else read.replace(tzinfo=None)


def shown(instant: datetime, zone: tzinfo) -> datetime:
    """Return what the host's clocks show at an instant, without a zone."""
    return instant.astimezone(zone).replace(tzinfo=None)


def instant_of(typed: datetime, zone: tzinfo) -> datetime:
    """Return the instant meant; refuse what the host's clocks never show, or show twice."""
    first, second = (typed.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        raise forms.ValidationError(
            _("Clocks are turned in this hour: it comes twice, or not at all. Choose another.")
        )
    return first
