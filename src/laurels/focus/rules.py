"""How a FOCUS article is announced, read and signed. Pure: values in, values out."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.utils.html import escape

from laurels.focus.enums import Answer, Signing
from laurels.focus.models import LONGEST_TEASER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from laurels.focus.models import Approval

# What one more of the same takes off a candidate's fitness; a shared theme is worth 2.
SAME_REGION, SAME_EDITION, SAME_CITY = 1.0, 0.7, 4.0
PAUSE_BETWEEN_LETTERS = timedelta(minutes=1)


class Candidate(NamedTuple):
    """An initiative that may be suggested: how well it fits, and where it comes from."""

    key: int
    fitness: float
    region: str
    year: int
    city: str


WORDS_A_MINUTE, CHARACTERS_A_MINUTE = 200, 400
ELLIPSIS = "\u2026"
JOINER = "\u200d"
# Scripts that are written without spaces between words: a cut may fall between any two of
# their characters. Thai to Khmer; CJK signs, kana and ideographs; full-width punctuation.
UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x2E80, 0x312F),
    (0x31A0, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF01, 0xFF0F),
    (0xFF1A, 0xFF20),
    (0xFF5B, 0xFF9F),
    (0x20000, 0x3FFFF),
)
LOOSE_ENDS = " ,;:-\u2013\u2014(\u3001\uff0c\uff1b\uff1a\uff08\u300c\u300a\u00b7"


def teaser(text: str, longest: int = LONGEST_TEASER) -> str:
    """Return the text in at most `longest` characters, white space folded.

    A longer text ends in an ellipsis after a whole word; in scripts without spaces, after a
    whole character with its marks. A first word that does not fit leaves the ellipsis alone.
    Raise ValueError where `longest` has no room for the ellipsis.
    """
    if longest < 1:
        message = f"A teaser of {longest} characters has no room for anything."
        raise ValueError(message)
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    cuts = range(longest - 1, 0, -1)
    cut = next((position for position in cuts if _may_cut(text, position)), 0)
    return text[:cut].rstrip(LOOSE_ENDS) + ELLIPSIS


def reading_minutes(text: str) -> int:
    """Return how long a text takes to read, in whole minutes, at least one; 0 for no text.

    Two hundred words a minute; in scripts without spaces, four hundred characters.
    """
    if not text.strip():
        return 0
    unspaced = sum(map(_is_unspaced, text))
    spaced = "".join(" " if _is_unspaced(letter) else letter for letter in text)
    minutes = len(spaced.split()) / WORDS_A_MINUTE + unspaced / CHARACTERS_A_MINUTE
    return max(1, round(minutes))


def _may_cut(text: str, position: int) -> bool:
    before, after = text[position - 1], text[position]
    if after == " ":
        return True
    if JOINER in (before, after) or unicodedata.category(after).startswith("M"):
        return False
    return _is_unspaced(before) or _is_unspaced(after)


def _is_unspaced(character: str) -> bool:
    code = ord(character)
    return any(first <= code <= last for first, last in UNSPACED)


def may_ask_again(approval: Approval, *, now: datetime) -> bool:
    """Return whether a co-publisher may get another letter about the same version.

    One that approved is not asked again; two clicks of a minute are one.
    """
    if approval.answer == Answer.APPROVED:
        return False
    return approval.answer == Answer.REFUSED or now - approval.asked_at >= PAUSE_BETWEEN_LETTERS


def signing(
    answers: Iterable[Answer], *, asked_before: bool, is_scheduled: bool, is_live: bool
) -> Signing:
    """Return where an article stands; `answers` are those about its newest version.

    `is_live` says that the newest version is the one that is published.
    """
    answers = list(answers)
    if is_live:
        return Signing.LIVE
    if Answer.REFUSED in answers:
        return Signing.REFUSED
    if is_scheduled:
        return Signing.SCHEDULED
    if answers:
        return Signing.ASKED
    return Signing.CHANGED if asked_before else Signing.DRAFT


def opening_blocks(opening: str) -> list[dict[str, str]]:
    """Return what an editor typed before the first initiative as a block of text; none for none."""
    paragraphs = [" ".join(part.split()) for part in opening.split("\n\n") if part.strip()]
    if not paragraphs:
        return []
    return [{"type": "text", "value": "".join(f"<p>{escape(part)}</p>" for part in paragraphs)}]


def moved(chosen: Sequence[int], deed: str, one: int) -> list[int]:
    """Return chosen initiatives after a deed on one: `add`, `remove`, `up` or `down`.

    What cannot be done (up from the first place, a second time added) changes nothing.
    """
    order = list(dict.fromkeys(chosen))
    if deed == "add" and one not in order:
        return [*order, one]
    if one not in order:
        return order
    at = order.index(one)
    if deed == "remove":
        del order[at]
    other = {"up": at - 1, "down": at + 1}.get(deed, at)
    if deed in ("up", "down") and 0 <= other < len(order):
        order[at], order[other] = order[other], order[at]
    return order


def balanced(candidates: Sequence[Candidate], most: int) -> list[Candidate]:
    """Return up to `most` candidates, the fittest first, spread over regions and editions.

    Each further one of a region, an edition or a city that is there already counts for less, so
    that a weaker case from elsewhere comes before the fourth strong one from the same place.
    """
    left = sorted(candidates, key=lambda each: (-each.fitness, each.key))
    found: list[Candidate] = []
    while left and len(found) < most:
        best = max(left, key=lambda each: (each.fitness - _sameness(each, found), -each.key))
        found.append(best)
        left.remove(best)
    return found


def _sameness(candidate: Candidate, found: Sequence[Candidate]) -> float:
    regions = sum(each.region == candidate.region for each in found)
    editions = sum(each.year == candidate.year for each in found)
    cities = sum(each.city == candidate.city for each in found)
    return SAME_REGION * regions + SAME_EDITION * editions + SAME_CITY * cities
