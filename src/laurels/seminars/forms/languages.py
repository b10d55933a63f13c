"""Languages by their names: a city says "русский", not "ru"."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

CODE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
LONGEST = 16


def own_name(code: str) -> str:
    """Return a language's own name, or its code where it has none here."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


@cache
def own_names() -> tuple[tuple[str, str], ...]:
    """Return own and English name of all languages that have them, sorted by the English one."""
    named = [each for code, each in LANG_INFO.items() if each.get("code") == code]
    pairs = [(str(each["name_local"]), str(each["name"])) for each in named]
    return tuple(sorted(pairs, key=lambda pair: pair[1].casefold()))


class LanguageField(forms.CharField):
    """A language by its own name, its English one, that of the page's language, or its code."""

    default_error_messages = {
        "required": _("Say in which language the answer is."),
        "unknown": _(
            "We know no language of this name. Choose one of the list, or write its code in small "
            "letters, as in ru or zh-hans."
        ),
    }

    def clean(self, value: Any) -> str:
        typed = super().clean(value).strip()
        code = _codes().get(typed.casefold()) or _translated(typed) or typed.lower()
        if len(code) > LONGEST or not CODE.fullmatch(code):
            raise forms.ValidationError(self.error_messages["unknown"])
        return code


@cache
def _codes() -> dict[str, str]:
    found = {}
    for code, each in LANG_INFO.items():
        if each.get("code") == code:
            found[str(each["name_local"]).casefold()] = code
            found[str(each["name"]).casefold()] = code
    return found


def _translated(typed: str) -> str:
    """Return the code of a language that is named in the language of the page; "" for none."""
    for code in _codes().values():
        if str(get_language_info(code)["name_translated"]).casefold() == typed.casefold():
            return code
    return ""
