"""Translations as wagtail-localize leaves them."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale, Page


def translate(page: Page, language: str = "es", *, publish: bool = True, **words: Any) -> Page:
    """Give a page a translation with the words said, published or a draft."""
    locale = Locale.objects.get(language_code=language)
    translation = page.copy_for_translation(locale)
    for name, value in words.items():
        setattr(translation, name, value)
    revision = translation.save_revision()
    if publish:
        revision.publish()
    translation.refresh_from_db()
    return translation
