"""What a visitor types into a letter to the secretariat."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_LETTER = 5000
REQUIRED = {"required": _("Please fill this in.")}


class LetterForm(forms.Form):
    """A letter: who writes, where an answer goes, and the text."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages=REQUIRED,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "name"}),
    )
    address = forms.EmailField(
        label=_("Your mail address"),
        help_text=_("The answer comes to it. The site forgets it once the letter is sent."),
        max_length=254,
        error_messages={
            **REQUIRED,
            "invalid": _("This is no mail address. It looks like name@example.org."),
        },
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "email"}),
    )
    text = forms.CharField(
        label=_("Your letter"),
        max_length=LONGEST_LETTER,
        error_messages=REQUIRED,
        widget=forms.Textarea(attrs={"class": "input", "rows": 8}),
    )
    # People leave a field alone that says so; programs fill in all there are.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.errors if self.is_bound else ():
            if name in self.fields:
                self.fields[name].widget.attrs["aria-invalid"] = "true"

    @property
    def is_from_a_program(self) -> bool:
        return bool(self.data.get("website"))
