"""Marks that keep a time or a name whole amid words of the other direction (UAX 9)."""

from __future__ import annotations

from django.utils.translation import get_language_info

from laurels.design.instants.days import words_language

RIGHT_TO_LEFT, BY_ITS_LETTERS, END = (
    "\N{RIGHT-TO-LEFT ISOLATE}",
    "\N{FIRST STRONG ISOLATE}",
    "\u2069",
)


def direction() -> str:
    """Return "rtl" or "ltr": where the words around a time begin."""
    return "rtl" if get_language_info(words_language())["bidi"] else "ltr"


def isolated(text: str) -> str:
    """Return a time, a name or a title for a sentence in plain text.

    Amid Arabic words it stands between marks without which "Guangzhou (07:30-09:00" would be
    shown from the wrong end; elsewhere it is left as it is.
    """
    return f"{BY_ITS_LETTERS}{text}{END}" if direction() == "rtl" else text


def whole(sentence: str) -> str:
    """Return a sentence in plain text that may stand amid others of another direction."""
    return f"{RIGHT_TO_LEFT}{sentence}{END}" if direction() == "rtl" else sentence
