"""What is typed in: the number of a receipt."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

# Crockford's base 32 leaves out letters that people take for digits, and reads them as such.
READ_AS_DIGITS = str.maketrans("OIL", "011")
NUMBER = re.compile(r"[0-9A-HJKMNP-TV-Z]{8}")
LEAF_HASH = re.compile(r"[0-9a-f]{64}")


class ReceiptForm(forms.Form):
    """A receipt's number in any spelling, as `XXXX-XXXX`, or a whole leaf hash in hex."""

    n = forms.CharField(
        label=_("Receipt"),
        max_length=40,
        required=False,
        error_messages={
            "max_length": _("A receipt has eight letters and digits. Type only those, please.")
        },
    )
    leaf = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def clean_n(self) -> str:
        typed = re.sub(r"[\s\-\u2010-\u2015]", "", self.cleaned_data["n"]).upper()
        if not typed:
            return ""
        number = typed.translate(READ_AS_DIGITS)
        if not NUMBER.fullmatch(number):
            raise forms.ValidationError(
                _(
                    "A receipt has eight letters and digits, such as K7QF-2M9D. "
                    "Compare it with the one you saved and type it again."
                )
            )
        return f"{number[:4]}-{number[4:]}"

    def clean_leaf(self) -> str:
        typed: str = self.cleaned_data["leaf"].lower()
        if typed and not LEAF_HASH.fullmatch(typed):
            raise forms.ValidationError(_("A leaf hash has 64 digits and letters a to f."))
        return typed
