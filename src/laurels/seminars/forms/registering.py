"""What somebody types who wants to come to seminars."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from babel import Locale
from django import forms
from django.conf import settings
from django.utils.translation import get_language, get_language_info, to_locale
from django.utils.translation import gettext_lazy as _

from laurels.foundation import addresses
from laurels.seminars import rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from laurels.seminars.models import Seminar


@cache
def zones() -> tuple[str, ...]:
    """Return one zone for each history of clocks since 1970, as the IANA database lists them."""
    table = (resources.files("tzdata") / "zoneinfo" / "zone1970.tab").read_text()
    lines = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return ("UTC", *sorted(parts[2].strip() for parts in lines if len(parts) > 2))  # noqa: PLR2004 -- the third column


def country_code(typed: str) -> str | None:
    """Return the ISO 3166 code of a country's name in the page's language or English, or None."""
    if not typed:
        return ""
    wanted = typed.casefold()
    for language in (get_language() or "en", "en"):
        names = Locale.parse(to_locale(language)).territories
        for code, name in names.items():
            if code.isalpha() and wanted in {name.casefold(), code.casefold()}:
                return str(code)
    return None


class ChoiceForm(forms.Form):
    """Which seminars; zone and language of all that is written."""

    seminars = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={
            "required": _("Choose at least one seminar."),
            "invalid_choice": _(
                "One of these seminars takes no registrations any more. Choose among those shown."
            ),
        },
    )
    zone = forms.CharField(max_length=60)

    def __init__(self, *args: Any, seminars: Sequence[Seminar], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {seminar.number: seminar for seminar in seminars}
        chosen: Any = self.fields["seminars"]
        chosen.choices = [(number, number) for number in self.offered]

    def clean_zone(self) -> str:
        zone: str = self.cleaned_data["zone"]
        if zone not in available_timezones():
            raise forms.ValidationError(_("We do not know this time zone. Choose one of the list."))
        return zone

    @property
    def chosen(self) -> list[Seminar]:
        return [self.offered[number] for number in self.cleaned_data["seminars"]]

    def chosen_numbers(self) -> set[int]:
        """Return what is ticked, whether or not it was sent, for the template."""
        values: Iterable[Any] = self["seminars"].value() or []
        return {int(value) for value in values if str(value).isdecimal()}

    def zone_shown(self) -> str:
        return str(self["zone"].value() or "UTC")


class RegistrationForm(ChoiceForm):
    """A registration without an account."""

    address = forms.CharField(
        max_length=254, error_messages={"required": _("Type your e-mail address.")}
    )
    name = forms.CharField(max_length=200, required=False)
    city = forms.CharField(max_length=120, required=False)
    role = forms.CharField(max_length=120, required=False)
    country = forms.CharField(max_length=120, required=False)
    source = forms.CharField(required=False)
    consent = forms.BooleanField(
        error_messages={"required": _("Tick the box: without it we may not keep your address.")}
    )

    def clean_address(self) -> addresses.Address:
        try:
            read = addresses.read_address(self.cleaned_data["address"])
            if settings.REGISTRAR_CHECKS_DNS:
                addresses.look_up_domain(read.domain)
        except addresses.AddressIsNone:
            raise forms.ValidationError(
                _("This is not an e-mail address. Type one like name@example.org.")
            ) from None
        except addresses.AddressCannotBeReached as error:
            raise forms.ValidationError(
                str(error) or _("No mail can reach this address. Check it, or use another one.")
            ) from None
        return read

    def clean_country(self) -> str:
        code = country_code(self.cleaned_data["country"])
        if code is None:
            raise forms.ValidationError(
                _("We do not know a country of this name. Write it as on a map, or leave it empty.")
            )
        return code

    def clean_source(self) -> str:
        return rules.read_source(self.cleaned_data["source"])


class MineForm(ChoiceForm):
    """A change of what was chosen; nothing ticked gives everything back."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seminars"].required = False

    @staticmethod
    def languages() -> list[tuple[str, str]]:
        return [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES]
