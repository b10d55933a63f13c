"""What an editor types into the builder."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laurels.focus.days import calendar
from laurels.focus.models import LONGEST_TEASER
from laurels.library.models import Theme
from laurels.partners.models import Partner

if TYPE_CHECKING:
    from datetime import datetime

LONGEST_WORDS = 200
MOST_CHOSEN = 20


class SubjectForm(forms.Form):
    """What the article is about; nothing of it is needed alone."""

    day = forms.ChoiceField(label=_("Day"), required=False)
    theme = forms.ModelMultipleChoiceField(
        Theme.objects.all(),
        to_field_name="slug",
        required=False,
        label=_("Themes"),
        widget=forms.CheckboxSelectMultiple,
    )
    q = forms.CharField(label=_("Words"), required=False, max_length=LONGEST_WORDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [(day.key, day.name) for day in calendar().values()]
        self.fields["day"].choices = [("", _("No day")), *days]  # type: ignore[attr-defined] # a ChoiceField


class DraftForm(forms.Form):
    """What is said of the initiatives chosen."""

    title = forms.CharField(label=_("Title"), max_length=255)
    teaser = forms.CharField(
        label=_("Teaser"),
        required=False,
        max_length=LONGEST_TEASER,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One or two sentences for lists; 250 characters at most."),
    )
    opening = forms.CharField(
        label=_("Opening"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What the initiatives have in common. More text goes between them later."),
    )
    co_publishers = forms.ModelMultipleChoiceField(
        Partner.objects.all(),
        required=False,
        label=_("Co-publishers"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each of them approves before anything is published."),
    )
    go_live_at = forms.DateTimeField(
        label=_("Publish on (UTC)"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Left empty, it is published when the last co-publisher approves."),
    )

    def clean_go_live_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["go_live_at"]
        return at.astimezone(UTC) if at else None


def chosen_of(typed: Any) -> list[int]:
    """Read the initiatives chosen, in their order, from a query or a post; nonsense is nothing."""
    keys = [int(each) for each in typed.getlist("chosen") if each.isdecimal() and len(each) < 10]  # noqa: PLR2004 -- digits of a 32-bit key
    return list(dict.fromkeys(keys))[:MOST_CHOSEN]
