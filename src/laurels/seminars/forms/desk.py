"""What the secretariat types at the desk of a seminar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from laurels.foundation import addresses
from laurels.seminars.forms.registering import zones
from laurels.seminars.forms.times import HostTimeField, instant_of, shown

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.seminars.models import Seminar


class MoveForm(forms.Form):
    starts = HostTimeField(label=_("New start"))
    ends = HostTimeField(label=_("New end"))
    said = forms.CharField(
        label=_("A sentence to those who are told"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {
                "starts": shown(seminar.starts_at, seminar.zone),
                "ends": shown(seminar.ends_at, seminar.zone),
            },
        )
        super().__init__(*args, **kwargs)
        self.seminar = seminar

    def clean_starts(self) -> datetime:
        return instant_of(self.cleaned_data["starts"], self.seminar.zone)

    def clean_ends(self) -> datetime:
        return instant_of(self.cleaned_data["ends"], self.seminar.zone)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("It ends before it starts. Check both times."))
        return cleaned


class SaidForm(forms.Form):
    said = forms.CharField(
        label=_("A sentence to those who are told"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AddForm(forms.Form):
    address = forms.CharField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    zone = forms.ChoiceField(label=_("Zone"), required=False)

    def __init__(self, *args: Any, seminar: Seminar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        language.choices = [
            (code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES
        ]
        zone: Any = self.fields["zone"]
        zone.choices = [(name, name) for name in sorted({*zones(), seminar.timezone})]
        zone.initial = seminar.timezone

    def clean_address(self) -> addresses.Address:
        try:
            return addresses.read_address(self.cleaned_data["address"])
        except (addresses.AddressIsNone, addresses.AddressCannotBeReached):
            raise forms.ValidationError(
                _("No mail can reach this address. Type one like name@example.org.")
            ) from None
