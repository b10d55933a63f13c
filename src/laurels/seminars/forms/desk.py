"""What the secretariat types at the desk of a seminar."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from laurels.foundation import addresses

if TYPE_CHECKING:
    from laurels.seminars.models import Seminar

TYPED = "%Y-%m-%dT%H:%M"


class HostTimeField(forms.DateTimeField):
    """A time as the host's clocks show it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=[TYPED, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=TYPED),
            **kwargs,
        )

    def to_python(self, value: Any) -> datetime | None:
        # Read without a zone: which zone it is of, the form knows.
        read = forms.DateTimeField.to_python(self, value)
        return None if read is None else read.replace(tzinfo=None)


class SeminarForm(WagtailAdminModelForm):
    """A seminar in the admin; its times are moved elsewhere once people count on them."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        is_moved = {"starts_at", "ends_at"} & set(self.changed_data)
        if is_moved and self.instance.pk and self.instance.registrations.standing().exists():
            raise forms.ValidationError(
                _(
                    "People are registered. Move the seminar on its page below Registrations:"
                    " there all of them are told, and their calendars change."
                )
            )
        return cleaned


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
                "starts": seminar.starts_at.astimezone(seminar.zone).replace(tzinfo=None),
                "ends": seminar.ends_at.astimezone(seminar.zone).replace(tzinfo=None),
            },
        )
        super().__init__(*args, **kwargs)
        self.seminar = seminar

    def clean_starts(self) -> datetime:
        return self._instant("starts")

    def clean_ends(self) -> datetime:
        return self._instant("ends")

    def _instant(self, name: str) -> datetime:
        """Return the instant meant; refuse what the host's clocks never show, or show twice."""
        typed: datetime = self.cleaned_data[name]
        first, second = (typed.replace(tzinfo=self.seminar.zone, fold=fold) for fold in (0, 1))
        if first.utcoffset() != second.utcoffset():
            raise forms.ValidationError(
                _("Clocks are turned in this hour: it comes twice, or not at all. Choose another.")
            )
        return first


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

    def clean_address(self) -> addresses.Address:
        try:
            return addresses.read_address(self.cleaned_data["address"])
        except (addresses.AddressIsNone, addresses.AddressCannotBeReached):
            raise forms.ValidationError(
                _("No mail can reach this address. Type one like name@example.org.")
            ) from None
