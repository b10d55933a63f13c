"""What may be asked, and what a moderator may do with it. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from laurels.seminars.enums import QuestionState

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from laurels.accounts.models import Person
    from laurels.seminars.models import Seminar

LONGEST_QUESTION = 4_000
LONGEST_NAME = 80
LONGEST_NOTE = 1_000
LONGEST_ANSWER = 20_000
LONGEST_EXCERPT = 600  # of an answer that is told to all who watch a room

MINUTE = timedelta(minutes=1)
# A hall stands behind one network: so more than this costs a second of work, and is not refused.
FREE_PER_MINUTE = 3
MOST_PER_MINUTE = 60
MOST_PER_PERSON = 30  # in one seminar
VOTES_PER_MINUTE = 600  # of one network
PROOF_NUMBERS = 60_000  # half of them are tried on average: about a second of a phone
PROOF_LIVES = timedelta(minutes=10)

ANSWER_WITHIN = timedelta(days=14)
REMIND_BEFORE = timedelta(days=4)
NETWORKS_KEPT = timedelta(days=30)
CITY_ADDRESSES_KEPT = timedelta(days=90)  # after the seminar; the private link goes on working

RUN_SEMINARS = "seminars.run_seminar"

# What becomes what; hiding needs a reason, and merging another question.
STEPS = frozenset(
    {
        (QuestionState.PENDING, QuestionState.LIVE),
        (QuestionState.PENDING, QuestionState.HIDDEN),
        (QuestionState.LIVE, QuestionState.PENDING),
        (QuestionState.LIVE, QuestionState.ANSWERED),
        (QuestionState.LIVE, QuestionState.HIDDEN),
        (QuestionState.ANSWERED, QuestionState.LIVE),
        (QuestionState.ANSWERED, QuestionState.HIDDEN),
        (QuestionState.HIDDEN, QuestionState.PENDING),
    }
)

# Marks that turn the lines around a text; joiners stay, Persian and emoji are written with them.
TURNING = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u202c"
UNSEEN = "\u200b\u2060\ufeff\u00ad\u180e"
JOINERS = "\u200c\u200d\u200e\u200f"
BLANK_LINES = re.compile(r"\n{3,}")
WHOLE_WORDS = re.compile(rf".{{{LONGEST_EXCERPT // 2},{LONGEST_EXCERPT}}}(?=\s)", re.DOTALL)
LETTERS = {
    "ar": ("ARABIC",),
    "fa": ("ARABIC",),
    "ru": ("CYRILLIC",),
    "zh": ("CJK",),
    "ja": ("CJK", "HIRAGANA", "KATAKANA"),
    "ko": ("HANGUL",),
    "hi": ("DEVANAGARI",),
}


def clean_text(typed: str) -> str:
    """Return a text without control characters and marks that nobody sees, in form NFC."""
    text = unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(
        mark
        for mark in text
        if mark == "\n"
        or (mark not in TURNING + UNSEEN and unicodedata.category(mark) not in {"Cc", "Cs", "Co"})
    )
    kept = BLANK_LINES.sub("\n\n", kept).strip()
    return kept if kept.strip(JOINERS + " \n") else ""


def clean_line(typed: str) -> str:
    return " ".join(clean_text(typed).split())


def excerpt(text: str) -> str:
    """Return a text, or its beginning up to the end of a word, with an ellipsis."""
    if len(text) <= LONGEST_EXCERPT:
        return text
    # Chinese has no spaces: there the cut falls between two characters.
    found = WHOLE_WORDS.match(text)
    return f"{found[0] if found else text[:LONGEST_EXCERPT]}…"


def script_of_letters(text: str) -> str:
    """Return the script that most letters of a text are of, as Unicode names it; "" for none."""
    counts = Counter(
        unicodedata.name(mark, "").partition(" ")[0] for mark in text if mark.isalpha()
    )
    return counts.most_common(1)[0][0] if counts else ""


def text_language(text: str, page_language: str) -> str:
    """Return the language that a guest may have written in; "" where the letters speak against it.

    All that is known is the language of the page on which it was typed.
    """
    letters = LETTERS.get(page_language.partition("-")[0], ("LATIN",))
    return page_language if script_of_letters(text) in letters else ""


def needs_proof(asked_this_minute: int) -> bool:
    """Return whether a question costs a proof of work; `asked_this_minute` includes it."""
    return asked_this_minute > FREE_PER_MINUTE


def may_moderate(person: Person | AnonymousUser, *, is_moderator: bool) -> bool:
    """Return whether a person may open a desk: of its own seminar, or of all."""
    return bool(
        person.is_authenticated
        and person.is_active
        and (is_moderator or person.has_perm(RUN_SEMINARS))
    )


def may_become(before: str, after: str) -> bool:
    return (before, after) in STEPS


def answers_due_at(seminar: Seminar) -> datetime:
    """Return until when cities are asked to answer in writing (award clock)."""
    return seminar.ends_at + ANSWER_WITHIN


def reminder_due_at(seminar: Seminar) -> datetime:
    return answers_due_at(seminar) - REMIND_BEFORE


def takes_questions(seminar: Seminar, now: datetime) -> bool:
    """Return whether questions are taken: before, during, and until answers are due."""
    return seminar.cancelled_at is None and now < answers_due_at(seminar)
