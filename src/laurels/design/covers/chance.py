"""Chance that is the same on every machine: a name always draws the same picture."""

from __future__ import annotations

from math import floor

WORD = 0xFFFFFFFF
FNV_OFFSET, FNV_PRIME = 2166136261, 16777619
LCG_FACTOR, LCG_STEP = 1664525, 1013904223


def nearest(number: float) -> int:
    """Round as ECMAScript's Math.round does; Python's round() goes to the even neighbour."""
    return floor(number + 0.5)


class Chance:
    """A linear congruential generator seeded with FNV-1a (32 bits) of a text."""

    def __init__(self, text: str) -> None:
        self._state = FNV_OFFSET
        for character in text:
            self._state = ((self._state ^ ord(character)) * FNV_PRIME) & WORD

    def draw(self, high: float = 1, low: float = 0) -> float:
        """Return the next number from `low` up to, without, `high`."""
        self._state = (self._state * LCG_FACTOR + LCG_STEP) & WORD
        return low + (high - low) * (self._state / (WORD + 1))
