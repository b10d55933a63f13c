"""The found words in a text: marked, in the passage that holds most of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from laurels.library.search import words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

LONGEST = 220  # characters of an extract
BEFORE = 60  # of them before its first found word
RUN = re.compile(f"(?:{words.RUN.pattern})(?:(?:{words.RUN.pattern})|{words.UNSEEN.pattern})*")


class Piece(NamedTuple):
    """A stretch of text, found or not."""

    text: str
    is_found: bool


def marked(text: str, lexemes: Collection[str], language: str) -> list[Piece]:
    """Return the text in pieces; joined, they are the text."""
    spans = _spans(text, lexemes, words.base(language)) if lexemes else []
    pieces: list[Piece] = []
    at = 0
    for start, end in spans:
        if start > at:
            pieces.append(Piece(text[at:start], is_found=False))
        pieces.append(Piece(text[start:end], is_found=True))
        at = end
    return [*pieces, Piece(text[at:], is_found=False)] if at < len(text) else pieces


def extract(
    texts: Sequence[str], lexemes: Collection[str], language: str, longest: int = LONGEST
) -> list[Piece]:
    """Return a passage of the first text that holds most of what was looked for.

    Where none holds any of it, the beginning of the first. Cut between words, with an ellipsis.
    """
    told = [" ".join(text.split()) for text in texts if text.strip()]
    if not told:
        return []
    base = words.base(language)
    spans = [_spans(text, lexemes, base) if lexemes else [] for text in told]
    best = max(range(len(told)), key=lambda at: (_kinds(told[at], spans[at]), -at))
    return marked(_passage(told[best], spans[best], longest), lexemes, language)


def _kinds(text: str, spans: Sequence[tuple[int, int]]) -> int:
    return len({words.fold(text[start:end]) for start, end in spans})


def _passage(text: str, spans: Sequence[tuple[int, int]], longest: int) -> str:
    if len(text) <= longest:
        return text
    first = spans[0][0] if spans else 0
    start = 0 if first <= longest // 2 else text.rfind(" ", 0, first - BEFORE) + 1
    start = start if start or first <= longest // 2 else first - BEFORE
    end = start + longest
    if end < len(text):
        cut = text.rfind(" ", start + longest // 2, end)
        end = cut if cut > 0 else end
    passage = text[start:end].rstrip(" ,;:")
    return f"{'… ' if start else ''}{passage}{' …' if end < len(text) else ''}"


def _spans(text: str, lexemes: Collection[str], language: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for match in RUN.finditer(text):
        run = match.group()
        if words.is_paired(run):
            found += _paired_spans(run, match.start(), lexemes)
        elif _is_found(run, lexemes, language):
            found.append(match.span())
    return found


def _is_found(run: str, lexemes: Collection[str], language: str) -> bool:
    for written in words.runs(run):
        word = words.analysed(written, language)
        if word.lexeme in lexemes or word.form in lexemes:
            return True
    return False


def _paired_spans(run: str, start: int, lexemes: Collection[str]) -> list[tuple[int, int]]:
    """Return the stretches of a run that found pairs cover."""
    plain = run.translate(words.simplified())
    covered = [char in lexemes for char in plain]
    for at in range(len(plain) - 1):
        if plain[at : at + 2] in lexemes:
            covered[at] = covered[at + 1] = True
    spans: list[tuple[int, int]] = []
    for at, is_covered in enumerate(covered):
        if is_covered and spans and spans[-1][1] == start + at:
            spans[-1] = (spans[-1][0], start + at + 1)
        elif is_covered:
            spans.append((start + at, start + at + 1))
    return spans
