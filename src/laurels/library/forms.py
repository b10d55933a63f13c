"""What visitors and cities type: letters, reports, adaptations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, MinLengthValidator
from django.utils.translation import gettext_lazy as _

from laurels.library.models import InitiativePage

LONGEST_MESSAGE = 4000
SHORTEST_MESSAGE = 20
LONGEST_NAME = 120


class TrappedForm(forms.Form):
    """A form with one field that people do not see; what fills it is a program."""

    homepage = forms.CharField(required=False)

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get("homepage"))


def message_field(label: Any, **messages: Any) -> forms.CharField:
    field = forms.CharField(label=label, error_messages=messages)
    short = _("Write at least %(limit_value)d characters, so that it can be answered.")
    long = _("It has %(show_value)d characters and %(limit_value)d fit. Shorten it a little.")
    field.validators += [
        MinLengthValidator(SHORTEST_MESSAGE, short),
        MaxLengthValidator(LONGEST_MESSAGE, long),
    ]
    return field


def name_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST_NAME, error_messages={"required": _("Type your name.")}
    )


def address_field() -> forms.EmailField:
    wrong = _("This is no mail address. It looks like name@example.org.")
    return forms.EmailField(
        label=_("Your mail address"),
        max_length=254,
        error_messages={"required": _("Type the address for the answer."), "invalid": wrong},
    )


class ContactForm(TrappedForm):
    name = name_field(_("Your name"))
    address = address_field()
    message = message_field(_("Your letter"), required=_("Type your letter."))
    consent = forms.BooleanField(
        error_messages={
            "required": _(
                "Without your address nobody can answer. Tick the box if they may have it."
            )
        }
    )


class FollowUpForm(forms.Form):
    told_by = name_field(_("Your name and office"))
    text = message_field(_("What became of it"), required=_("Type what became of it."))


class AdaptationForm(TrappedForm):
    city_name = forms.CharField(
        label=_("City"), max_length=120, error_messages={"required": _("Type your city.")}
    )
    country = forms.CharField(
        label=_("Country"), max_length=120, error_messages={"required": _("Type your country.")}
    )
    adapted_in = forms.CharField(label=_("Its page in this library"), required=False)
    year = forms.IntegerField(
        label=_("Since which year"),
        min_value=1990,
        error_messages={
            "required": _("Type the year as four digits."),
            "invalid": _("Type the year as four digits."),
            "min_value": _("Type a year from 1990 on."),
        },
    )
    scale = forms.CharField(
        label=_("On which scale"),
        max_length=300,
        error_messages={
            "required": _("Type how large it is: two schools, one district, the city.")
        },
    )
    evidence = forms.URLField(
        label=_("Evidence"),
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("This is no web address. It looks like https://example.org.")},
    )
    told_by = name_field(_("Your name and office"))
    told_from = address_field()
    consent = forms.BooleanField(
        error_messages={"required": _("Tick the box if the first city may be asked about it.")}
    )

    def __init__(self, *args: Any, initiative: InitiativePage, this_year: int, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.initiative, self.this_year = initiative, this_year

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if year > self.this_year:
            raise forms.ValidationError(
                _("%(year)d has not come yet. Type the year in which it began."),
                params={"year": year},
            )
        return year

    def clean_adapted_in(self) -> InitiativePage | None:
        """Read the address of a case, whole or only its last part."""
        typed = self.cleaned_data["adapted_in"].strip().rstrip("/").rpartition("/")[2]
        if not typed:
            return None
        found = InitiativePage.objects.live().public().filter(slug=typed).first()
        if found is None or found == self.initiative:
            raise forms.ValidationError(
                _("There is no such page. Copy its address from the library, or leave this empty.")
            )
        return found
