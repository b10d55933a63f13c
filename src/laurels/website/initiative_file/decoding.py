"""Bytes to text: the encoding is recognised, or refused with a sentence. Pure."""

from __future__ import annotations

import codecs
from typing import NamedTuple

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WINDOWS = "cp1252"
SHORTEST = 4  # letters of a word that can be judged
# Dashes, quotes, dots, money, degrees and raised figures.
USUAL = (
    "\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2022\u2026\u20ac"
    "\u00a0\u00a1\u00a3\u00a7\u00ab\u00b0\u00b2\u00b3\u00b7\u00ba\u00bb\u00bf"
)
SHOWN = 3  # of the words that may have been misread


class EncodingIsUnknown(ValueError):  # noqa: N818 -- named for what is wrong
    """A text is in no encoding that can be recognised without guessing."""


class Decoded(NamedTuple):
    """The text, and what the reader should know of how it was read ("" for nothing)."""

    text: str
    note: str = ""


def decode(content: bytes) -> Decoded:
    """Return the text of UTF-8, of UTF-16 with its mark, or of Windows-1252."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return Decoded(_strictly(content, encoding))
    if b"\x00" in content:
        raise EncodingIsUnknown(
            "This looks like UTF-16 without its mark, or like no text at all. Save the file "
            "again as “CSV UTF-8”."
        )
    try:
        return Decoded(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _windows(content)


def _windows(content: bytes) -> Decoded:
    try:
        text = content.decode(WINDOWS)
    except UnicodeDecodeError as fault:
        raise EncodingIsUnknown(
            f"The file is neither UTF-8 nor UTF-16 nor Windows-1252 (byte {fault.start + 1}). "
            f"Save it again as “CSV UTF-8”."
        ) from fault
    words = [word.strip('",;') for word in text.split() if not word.isascii()]
    odd = [word for word in words if _is_odd(word)]
    if odd:
        raise EncodingIsUnknown(
            f"The file is not UTF-8, and read as Windows-1252 it holds {', '.join(odd[:SHOWN])}. "
            f"Save it again as “CSV UTF-8”."
        )
    shown = ", ".join(dict.fromkeys(words[:SHOWN]))
    return Decoded(text, f"The file is not UTF-8; it was read as Windows-1252: {shown}.")


def _is_odd(word: str) -> bool:
    """Return whether a word looks like another eight-bit encoding, read as Windows-1252.

    Cyrillic or Greek turns into words of accented letters alone, others into signs.
    """
    letters = [sign for sign in word if sign.isalpha()]
    accented = sum(not sign.isascii() for sign in letters)
    is_foreign = len(letters) >= SHORTEST and accented * 2 > len(letters)
    return is_foreign or any(not _is_usual(sign) for sign in word)


def _is_usual(sign: str) -> bool:
    """Return whether a sign of Windows-1252 is a letter or a sign of running text."""
    return sign.isascii() or sign.isalpha() or sign in USUAL


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        name = "UTF-8" if encoding.startswith("utf-8") else "UTF-16"
        raise EncodingIsUnknown(
            f"The file says that it is {name} and is not (byte {fault.start + 1}). Save it again "
            f"as “CSV UTF-8”."
        ) from fault
