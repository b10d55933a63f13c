"""What the desk types after a seminar: links, minutes, and where each presentation begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laurels.seminars.forms.questions import CleanText

if TYPE_CHECKING:
    from laurels.seminars.models import Seminar

LONGEST_MINUTES = 50_000
CLOCK = re.compile(r"(?:(?P<hours>\d{1,2}):)?(?P<minutes>\d{1,3}):(?P<seconds>[0-5]\d)")


class OffsetField(forms.CharField):
    """A place in a recording, typed as 23:40 or 1:23:40; seconds."""

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        if not typed:
            return None
        found = CLOCK.fullmatch(typed)
        if found is None:
            raise forms.ValidationError(
                _("Write minutes and seconds of the recording, as in 23:40 or 1:23:40.")
            )
        parts = {name: int(number or 0) for name, number in found.groupdict().items()}
        return parts["hours"] * 3600 + parts["minutes"] * 60 + parts["seconds"]


class RemainingForm(forms.Form):
    recording_url = forms.URLField(
        required=False, max_length=1000, assume_scheme="https", label=_("Recording")
    )
    slides_url = forms.URLField(
        required=False, max_length=1000, assume_scheme="https", label=_("Slides")
    )
    minutes = CleanText(longest=LONGEST_MINUTES, required=False, label=_("Minutes"))

    def __init__(self, *arguments: Any, seminar: Seminar, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.cities = {
            f"chapter_{each.initiative_id}": each.initiative_id
            for each in seminar.presentations.all()
        }
        for each in seminar.presentations.all():
            self.fields[f"chapter_{each.initiative_id}"] = OffsetField(
                required=False, label=each.initiative.city.name
            )

    @property
    def chapters(self) -> dict[int, int]:
        read = self.cleaned_data
        return {pk: read[name] for name, pk in self.cities.items() if read.get(name) is not None}


def offset_as_typed(second: int) -> str:
    """Return a second as the form takes it: 5000 gives 1:23:20."""
    hours, rest = divmod(second, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
