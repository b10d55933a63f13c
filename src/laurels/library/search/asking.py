"""What is typed becomes terms: the lexemes that a word may be, in other spellings if need be."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from laurels.library.search import words
from laurels.library.search.documents import quoted
from laurels.library.search.spelling import deletes as deletes_of
from laurels.library.search.spelling import distance, is_spelt
from laurels.library.search.statements import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from laurels.library.search.statements import Statements

MOST_TERMS = 10  # looked for together; of more, the rarest
MOST_READ = 40  # terms of a question that are looked at
MOST_RESPELT = 5
MOST_LEXEMES = 8  # of one term
MOST_SPELLINGS = 3
SHORTEST_RESPELT = 4  # letters
RARE = 4  # cases: a word in fewer may be meant otherwise
KNOWN = """
    select form, lexeme, cases_count from library_searchword
    join library_searchlexeme using (lexeme) where form = any(%s)
    union all select null, lexeme, cases_count from library_searchlexeme where lexeme = any(%s)
"""
NEAR = """
    select form, lexeme, cases_count from library_searchword
    join library_searchlexeme using (lexeme) where deletes && %s::integer[]
"""


@dataclass
class Term:
    """One thing looked for: any of its lexemes, or one that begins with it."""

    form: str
    lexemes: list[str]
    cases_count: int = 0
    is_prefix: bool = False
    spellings: list[str] = field(default_factory=list)  # put beside it, nearest first

    @property
    def query(self) -> str:
        """The term as a `tsquery`."""
        ending = ":*" if self.is_prefix else ""
        return "(" + "|".join(quoted(lexeme) + ending for lexeme in self.lexemes) + ")"


class Near(NamedTuple):
    """A known word near to a typed one: the smaller `cost`, the better."""

    cost: float
    form: str
    lexeme: str
    cases_count: int


def terms_of(question: str) -> list[Term]:
    """Return what a question looks for; its stop words only where it is nothing else."""
    asked: list[Term] = []
    paired: list[Term] = []
    for run in words.runs(question):
        if words.is_paired(run):
            paired += [Term(pair, [pair], is_prefix=len(pair) == 1) for pair in words.pairs(run)]
        elif lexemes := words.guesses(run):
            asked.append(Term(lexemes[0], lexemes))
    telling = [term for term in asked if term.form not in words.EVERY_STOP] + paired
    by_form = {term.form: term for term in reversed(telling or asked)}
    return list(reversed(by_form.values()))[:MOST_READ]


def known(terms: list[Term]) -> Statement:
    """Return what asks for the lexemes of written words, and in how many cases each stands."""
    forms = [term.form for term in terms if not words.is_paired(term.form)]
    return Statement(KNOWN, [forms, [lexeme for term in terms for lexeme in term.lexemes]])


def learn(terms: list[Term], rows: Iterable[tuple[str | None, str, int]]) -> None:
    """Give the terms what the rows of `known` tell."""
    written: dict[str, list[str]] = {}
    counts: dict[str, int] = {}
    for form, lexeme, count in rows:
        counts[lexeme] = count
        if form is not None:
            written.setdefault(form, []).append(lexeme)
    for term in terms:
        together = [*term.lexemes, *written.get(term.form, [])]
        term.lexemes = list(dict.fromkeys(together))[:MOST_LEXEMES]
        term.cases_count = max((counts.get(lexeme, 0) for lexeme in term.lexemes), default=0)
        if term.cases_count:
            term.lexemes = [lexeme for lexeme in term.lexemes if lexeme in counts]


def rarest(terms: list[Term]) -> list[Term]:
    """Return the rarest terms, rarest first."""
    return sorted(terms, key=lambda term: term.cases_count)[:MOST_TERMS]


def respell(statements: Statements, terms: list[Term]) -> bool:
    """Put up to three near and more frequent words beside each term; tell whether any was.

    Never for pairs, numbers, very short or very long words.
    """
    odd = [term for term in terms if _may_be_respelt(term)][:MOST_RESPELT]
    if not odd:
        return False
    hashes = sorted({number for term in odd for number in deletes_of(term.form)})
    candidates = statements.rows(NEAR, [hashes])
    for term in odd:
        _put_beside(term, sorted(_near(term, candidates)))
    return any(term.spellings for term in odd)


def _may_be_respelt(term: Term) -> bool:
    return (
        len(term.form) >= SHORTEST_RESPELT
        and is_spelt(term.form)
        and not term.spellings
        and not words.is_paired(term.form)
    )


def _near(term: Term, candidates: list[tuple[str, str, int]]) -> list[Near]:
    found = []
    for form, lexeme, count in candidates:
        if form == term.form or count <= 2 * term.cases_count:
            continue
        edits = distance(term.form, form)
        if edits is not None:
            # A first letter is seldom wrong; a frequent word is more often meant.
            other_first = 0.5 * (form[0] != term.form[0])
            known_by_many = 0.2 * min(math.log10(count + 1), 4)
            found.append(Near(edits + other_first - known_by_many, form, lexeme, count))
    return found


def _put_beside(term: Term, near: list[Near]) -> None:
    """Take the nearest word, and others that are nearly as near."""
    for word in near:
        if word.cost > near[0].cost + 0.6:
            break
        if word.form not in term.spellings:
            if len(term.spellings) == MOST_SPELLINGS:
                break
            term.spellings.append(word.form)
        if word.lexeme not in term.lexemes:
            term.lexemes.append(word.lexeme)
            term.cases_count += word.cases_count
