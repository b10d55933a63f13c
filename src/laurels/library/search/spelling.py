"""Words near to a misspelt one: the SymSpell idea, as numbers in a plain index of PostgreSQL.

A word is known by the hashes of its first letters with up to two of them left out. Words at most
two edits apart share one, whatever their script; how far apart they are is reckoned then.
"""

from __future__ import annotations

import zlib

from rapidfuzz.distance import OSA

LEADING = 7  # letters
SHORTEST, LONGEST = 4, 30  # letters of a word whose spelling is looked at
ONE_EDIT_BELOW = 5  # letters: shorter words may differ by one edit only


def is_spelt(form: str) -> bool:
    """Whether a word has a spelling: no numbers, nothing very short or very long."""
    return SHORTEST - 1 <= len(form) <= LONGEST and form.isalpha()


def deletes(form: str) -> list[int]:
    """Return the hashes by which a word and its misspellings meet, as positive 31-bit numbers."""
    level = {form[:LEADING]}
    found = set(level)
    for _edit in range(_edits(form)):
        level = {
            word[:at] + word[at + 1 :]
            for word in level
            if len(word) >= SHORTEST - 1
            for at in range(len(word))
        }
        found |= level
    return sorted(zlib.crc32(word.encode()) & 0x7FFFFFFF for word in found)


def distance(typed: str, known: str) -> int | None:
    """Return the edits between two words, a swap of neighbours being one; None if too many."""
    most = _edits(typed)
    found = OSA.distance(typed, known, score_cutoff=most)
    return int(found) if found <= most else None


def _edits(form: str) -> int:
    return 1 if len(form) < ONE_EDIT_BELOW else 2
