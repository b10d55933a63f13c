"""The one door to what is found: the list, the map, exports, feeds and the API all ask here."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from laurels.library.enums import FindOrder
from laurels.library.search.asking import RARE, Term, known, learn, rarest, respell, terms_of
from laurels.library.search.choices import CATALOGUE, Catalogue, Choice, catalogue
from laurels.library.search.facets import EDITION, Chosen
from laurels.library.search.hiding import hidden_under
from laurels.library.search.statements import Statement, Statements, numbers, searching

if TYPE_CHECKING:
    from collections.abc import Collection

    from laurels.library.search.question import Ignored, LibraryQuestion

ROWS_PER_PAGE = 20
FEW = 5  # so few answers may be due to a misspelt word
BODY_RANKED = 600  # matches by the body alone that are put in order; further ones are not
LEAST = 100  # cases, where nobody has counted them yet
BROAD = 6000  # cases: where only some words are found, no more of them than these hold
WEIGHTS = "{0.06,0.3,0.6,1}"  # of a lexeme in the body, the summary, a place, the title
# What is restricted at this moment, and how many cases there are: the planner's guess will do.
STATE = """
    select (
            select array_agg(path) from wagtailcore_pageviewrestriction r
            join wagtailcore_page p on p.id = r.page_id
        ),
        (select reltuples::bigint from pg_class where oid = 'library_searchmatch'::regclass)
"""
FACETS = """
    select count(*)::int, array_send(array_agg(m.bits)), array_send(array_agg(m.codes))
    from library_searchmatch m where {match}{hidden}
"""
BEST = """
    select r.initiative_id from library_searchrank r
    where r.head @@ %(asked)s::tsquery {conditions}
    order by {score} desc, {tie}, r.initiative_id limit {limit}
"""
BODY = """
    select r.initiative_id from (
        select m.initiative_id from library_searchmatch m
        where {match} {conditions} limit {ranked}
    ) found join library_searchrank r using (initiative_id)
    order by {score} desc, {tie}, r.initiative_id
"""
SORTED = """
    select m.initiative_id from library_searchmatch m
    where {match} {conditions} order by {order} limit {limit}
"""
ORDERS = {
    FindOrder.BEST: "m.year desc, m.city, m.initiative_id",
    FindOrder.NEWEST: "m.year desc, m.city, m.initiative_id",
    FindOrder.OLDEST: "m.year, m.city, m.initiative_id",
    FindOrder.CITY: "m.city, m.year desc, m.initiative_id",
    FindOrder.COUNTRY: "m.country, m.city, m.year desc, m.initiative_id",
}


TIE = f"((r.codes >> {EDITION.first}) & {EDITION.mask}) desc"  # the newer edition first


class Respelt(NamedTuple):
    """A word that few or none use, and those that were looked for beside it."""

    typed: str
    spellings: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """What answers a question: one page of keys, how many there are, and every facet's counts.

    `asked` is the question without choices that mean nothing, which are `ignored`. `some_words` is
    true where no case holds all of the words, so that these hold some of them. `lexemes` are what
    was looked for, to mark it in texts.
    """

    asked: LibraryQuestion
    pks: list[int]
    count: int
    facets: dict[str, list[Choice]]
    page: int = 1
    pages_count: int = 1
    ignored: tuple[Ignored, ...] = ()
    respelt: tuple[Respelt, ...] = ()
    some_words: bool = False
    words_count: int = 0  # answers to the words alone, whatever was chosen
    lexemes: frozenset[str] = field(default_factory=frozenset)


def find(
    asked: LibraryQuestion,
    *,
    told: Collection[int],
    page: int = 1,
    rows: int = ROWS_PER_PAGE,
) -> Found:
    """Return one page of what answers a question, with the counts of all facets.

    `told` holds the keys of the editions whose outcomes may be shown: honours of others are not
    counted and find nobody. A page beyond the last is the last.
    """
    with searching() as statements:
        search = _Search(statements, asked, told)
        answer = search.answer(leading=rows if page <= 1 else 0)
        pages_count = max(1, math.ceil(answer.counts.total / rows))
        page = min(max(page, 1), pages_count)
        keys = answer.keys(first=(page - 1) * rows, limit=rows)
    return Found(
        asked=search.asked,
        pks=keys,
        count=answer.counts.total,
        facets=search.catalogue.choices(search.asked, answer.counts),
        page=page,
        pages_count=pages_count,
        ignored=search.ignored,
        respelt=answer.respelt,
        some_words=answer.some_words,
        words_count=answer.words_count,
        lexemes=answer.lexemes,
    )


def find_all(asked: LibraryQuestion, *, told: Collection[int]) -> list[int]:
    """Return the keys of everything that answers a question, in its order, as `find` does."""
    with searching() as statements:
        answer = _Search(statements, asked, told).answer()
        return answer.keys(first=0, limit=max(answer.counts.total, 1))


class _Search:
    """A question made ready: its choices as numbers, its words as terms."""

    def __init__(
        self, statements: Statements, asked: LibraryQuestion, told: Collection[int]
    ) -> None:
        self.statements = statements
        self.terms = terms_of(asked.words)
        choices, state, rows = statements.together(
            Statement(CATALOGUE), Statement(STATE), known(self.terms)
        )
        self.catalogue: Catalogue = catalogue(*choices[0], told=told)
        paths, about = state[0]
        self.hidden = hidden_under(paths)
        self.cases_count = max(about, LEAST)
        learn(self.terms, rows)
        self.asked, unknown = self.catalogue.known(asked)
        self.ignored = (*asked.ignored, *unknown)
        self.chosen = Chosen(self.catalogue.numbers(self.asked), self.catalogue.told_years)

    def answer(self, *, leading: int = 0) -> _Answer:
        """Return what answers, with so many of the first keys in the same go."""
        respell(self.statements, [term for term in self.terms if term.cases_count < RARE])
        terms = rarest(self.terms)
        answer = _Answer(self, terms, leading=leading)
        if answer.words_count < FEW and respell(self.statements, terms):
            answer = _Answer(self, terms, leading=leading)
        if answer.words_count == 0 and len(terms) > 1:
            answer = _Answer(self, _some(terms), some_words=True, leading=leading)
        return answer

    def conditions(self, table: str) -> str:
        return self.chosen.conditions(table) + self.hidden_condition(table)

    def hidden_condition(self, table: str) -> str:
        if not self.hidden:
            return ""
        return f" and {table}.initiative_id not in ({','.join(map(str, self.hidden))})"


class _Answer:
    """The matches of some terms: counted, and to be put in order."""

    def __init__(
        self, search: _Search, terms: list[Term], *, leading: int, some_words: bool = False
    ) -> None:
        self.search = search
        self.terms = terms
        self.some_words = some_words
        self.query = ("|" if some_words else "&").join(term.query for term in terms)
        self.match = "m.lexemes @@ %(asked)s::tsquery" if terms else "true"
        self.is_ranked = bool(terms) and search.asked.order == FindOrder.BEST
        self._count(leading)

    def _count(self, leading: int) -> None:
        facets = FACETS.format(match=self.match, hidden=self.search.hidden_condition("m"))
        asked = [Statement(facets, {"asked": self.query})]
        if leading:
            asked.append(self._first(leading))
        counted, *first = self.search.statements.together(*asked)
        self.words_count, bits, codes = counted[0]
        self.counts = self.search.chosen.counted(numbers(bits), numbers(codes))
        self.leading = [pk for (pk,) in first[0]] if first else None

    @property
    def respelt(self) -> tuple[Respelt, ...]:
        return tuple(
            Respelt(term.form, tuple(term.spellings)) for term in self.terms if term.spellings
        )

    @property
    def lexemes(self) -> frozenset[str]:
        return frozenset(lexeme for term in self.terms for lexeme in term.lexemes)

    def keys(self, *, first: int, limit: int) -> list[int]:
        """Return the keys from `first` on, in the order of the question."""
        last = min(first + limit, self.counts.total)
        if first >= last:
            return []
        found = self.leading
        if found is None:
            found = self._pks(self._first(last))
        if len(found) < last and self.is_ranked:
            found += self._others(self._pks(self._in_body()), found)
        if len(found) < last:
            found += self._others(self._pks(self._sorted(last)), found)
        return found[first:last]

    def _pks(self, statement: Statement) -> list[int]:
        return [pk for (pk,) in self.search.statements.rows(*statement)]

    def _first(self, limit: int) -> Statement:
        return self._best(limit) if self.is_ranked else self._sorted(limit)

    def _sorted(self, limit: int) -> Statement:
        statement = SORTED.format(
            match=self.match,
            conditions=self.search.conditions("m"),
            order=ORDERS[self.search.asked.order],
            limit=limit,
        )
        return Statement(statement, {"asked": self.query})

    def _best(self, limit: int) -> Statement:
        """Return what finds the words where they tell most: title, place, summary."""
        statement = BEST.format(
            score=self._score, tie=TIE, conditions=self.search.conditions("r"), limit=limit
        )
        return Statement(statement, self._values)

    def _in_body(self) -> Statement:
        statement = BODY.format(
            score=self._score,
            tie=TIE,
            match=self.match,
            conditions=self.search.conditions("m"),
            ranked=BODY_RANKED,
        )
        return Statement(statement, self._values)

    @property
    def _values(self) -> dict[str, str]:
        return {
            "asked": self.query,
            **{f"term{at}": term.query for at, term in enumerate(self.terms)},
        }

    @property
    def _score(self) -> str:
        """The sum over terms of how much each tells and where it stands."""
        return "+".join(
            f"{math.log(1 + self.search.cases_count / (term.cases_count + 1)) + 0.01:.3f}"
            f"*ts_rank('{WEIGHTS}', r.head, %(term{at})s::tsquery)"
            for at, term in enumerate(self.terms)
        )

    @staticmethod
    def _others(more: list[int], found: list[int]) -> list[int]:
        known = set(found)
        return [pk for pk in more if pk not in known]


def _some(terms: list[Term]) -> list[Term]:
    """Return the rarest terms that anybody uses, while they are not held by too many."""
    used = [term for term in terms if term.cases_count] or terms
    some, total = used[:1], used[0].cases_count
    for term in used[1:]:
        total += term.cases_count
        if total > BROAD:
            break
        some.append(term)
    return some
