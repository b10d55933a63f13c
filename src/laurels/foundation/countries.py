"""Names of countries in the languages of the interface, from the CLDR by way of Babel."""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils.translation import get_language, pgettext_lazy, to_locale

# Where the award's own word is another than the CLDR's.
OWN_NAMES = {"PS": pgettext_lazy("a country", "Palestine")}


def country_name(code: str, recorded: str = "") -> str:
    """Return the name of an ISO 3166-1 code in the active language.

    In the language of the originals the award's own spelling, `recorded`, stands; so it does
    where the CLDR has no name, and without both the code.
    """
    language = get_language() or settings.LANGUAGE_CODE
    if recorded and language == settings.LANGUAGE_CODE:
        return recorded
    if code in OWN_NAMES:
        return str(OWN_NAMES[code])
    return _names(language).get(code) or recorded or code


@cache
def _names(language: str) -> dict[str, str]:
    try:
        names = Locale.parse(to_locale(language)).territories
    except (ValueError, UnknownLocaleError):
        names = Locale("en").territories
    return {str(code): str(name) for code, name in names.items()}
