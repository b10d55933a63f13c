"""Initiatives like one: by what they say, their themes, goals and the size of their cities.

A case's strongest lexemes are asked as a question with "or"; names of themes are among them in the
award's language, so that cases in other languages answer too. The same lexemes and choices are the
explanation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from laurels.library.enums import CitySize
from laurels.library.search import words
from laurels.library.search.documents import quoted, rarity_of
from laurels.library.search.facets import BITS, EDITION, SIZE, SIZES
from laurels.library.search.hiding import hidden_pks
from laurels.library.search.statements import searching
from laurels.library.search.tables import SearchTheme

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from laurels.library.search.statements import Statements

MOST_LEXEMES = 14  # of a case that are asked
BROAD = 4000  # cases that the rarer ones of them may hold together
CANDIDATES = 1500
SHORT = 2  # letters
MOST_WORDS = 3  # in the explanation
LEAST = 0.5  # of likeness; below it nothing is called similar
# How much a shared lexeme says by where it stands; places say nothing about likeness.
TELLS = {"A": 2.4, "B": 0.0, "C": 1.6, "D": 1.0}
THEME, GOAL, SAME_SIZE = 1.0, 0.25, 0.35  # what sharing one adds
LEXEME = re.compile(r"'((?:[^']|'')*)':1([A-D]?)")
OWN = """
    select r.head::text, r.bits, r.codes, m.city, m.country,
        (select reltuples::bigint from pg_class where oid = 'library_searchmatch'::regclass)
    from library_searchrank r join library_searchmatch m using (initiative_id)
    where initiative_id = %s
"""
COUNTS = "select lexeme, cases_count from library_searchlexeme where lexeme = any(%s)"
LIKE = """
    select initiative_id, m.city || m.country, {score} as score, r.bits, r.codes,
        tsvector_to_array(r.head)
    from (
        select initiative_id from library_searchrank
        where head @@ %(asked)s::tsquery and initiative_id <> %(own)s limit {candidates}
    ) found
    join library_searchrank r using (initiative_id)
    join library_searchmatch m using (initiative_id)
    where not (m.city = %(city)s and m.country = %(country)s) {hidden}
    order by score desc, (r.codes >> {edition}) desc, initiative_id limit {limit}
"""


class Likeness(NamedTuple):
    """An initiative like another, and what both have: themes, words, goals, a size of city."""

    pk: int
    themes: tuple[str, ...]
    words: tuple[str, ...]
    goals: tuple[int, ...]
    size: str

    @property
    def reasons(self) -> list[str]:
        """What both have, in words; goals only where nothing closer is there."""
        goals = [_("goal %(number)s") % {"number": goal} for goal in self.goals]
        said = [*(_(name).lower() for name in self.themes), *self.words]
        said = said or goals
        return [*said, _said_size(self.size)] if self.size else said


class _Own(NamedTuple):
    """The case that others are compared with."""

    pk: int
    weights: dict[str, float]  # of its lexemes, strongest first
    counts: dict[str, int]
    bits: int
    codes: int
    city: str
    country: str
    cases_count: int


def similar_to(pk: int, texts: Sequence[tuple[str, str]], *, limit: int = 3) -> list[Likeness]:
    """Return the initiatives most like one, each from another city, none from its own.

    `texts` are the case's (text, language) pairs, in whose words the likeness is explained.
    """
    themes = {
        bit: (slug, name)
        for bit, slug, name in SearchTheme.objects.exclude(theme=None).values_list(
            "bit", "theme__slug", "theme__name"
        )
    }
    hidden = hidden_pks()
    with searching() as statements:
        own = _own(statements, pk)
        if own is None or not own.weights:
            return []
        rows = _candidates(statements, own, themes, hidden, limit * 4)
    found: dict[str, Likeness] = {}
    for like, where, score, bits, codes, lexemes in rows:
        shared = {name for name in own.weights if name in set(lexemes)}
        likeness = _explained(own, like, (bits, codes), shared, themes, texts)
        # Without a reason that can be told, nothing is called similar.
        if score >= LEAST and likeness.reasons:
            found.setdefault(where, likeness)
    return list(found.values())[:limit]


def _own(statements: Statements, pk: int) -> _Own | None:
    rows = statements.rows(OWN, [pk])
    if not rows:
        return None
    head, bits, codes, city, country, about = rows[0]
    stands = {name.replace("''", "'"): weight or "D" for name, weight in LEXEME.findall(head)}
    telling = [name for name, weight in stands.items() if TELLS[weight] and _may_tell(name)]
    counts = dict(statements.rows(COUNTS, [telling]))
    cases_count = max(about, 100)
    # What an eighth of all cases say, or this one alone, likens it to nobody.
    used = {name: n for name, n in counts.items() if 1 < n < max(cases_count / 8, 12)}
    weights = {name: TELLS[stands[name]] * rarity_of(n, cases_count) for name, n in used.items()}
    strongest = sorted(weights, key=lambda name: (-weights[name], name))
    return _Own(
        pk,
        {name: weights[name] for name in strongest},
        counts,
        bits,
        codes,
        city,
        country,
        cases_count,
    )


def _may_tell(lexeme: str) -> bool:
    """Numbers and single letters liken nobody; two characters do where they are a pair."""
    return not lexeme[0].isdigit() and (len(lexeme) > SHORT or words.is_paired(lexeme))


def _candidates(
    statements: Statements,
    own: _Own,
    themes: Mapping[int, tuple[str, str]],
    hidden: Collection[int],
    limit: int,
) -> list[tuple[int, str, float, int, int, list[str]]]:
    asked = list(own.weights)[:MOST_LEXEMES]
    ways = [quoted(name) for name in _rarer(asked, own.counts)]
    together = _theme_lexemes(own, themes)
    if together:
        ways.append("(" + "&".join(quoted(name) for name in together) + ")")
    score = "+".join(
        [
            *(
                f"{own.weights[name]:.3f}"
                f"*ts_rank('{{0.5,0.7,0.8,1}}', r.head, %(lexeme{at})s::tsquery)"
                for at, name in enumerate(asked)
            ),
            *(
                f"{THEME * _theme_rarity(own, themes[bit][1]):.3f}*((r.bits >> {bit}) & 1)"
                for bit in _set_bits(own.bits)
                if bit in themes
            ),
            f"{GOAL}*bit_count((r.codes & {own.codes & _mask('goal')})::bit(64))",
            *([f"{SAME_SIZE}*({_size_is(own)})::int"] if _size(own.codes) else []),
        ]
    )
    statement = LIKE.format(
        score=score,
        candidates=CANDIDATES,
        hidden=f"and initiative_id not in ({','.join(map(str, hidden))})" if hidden else "",
        edition=EDITION.first,
        limit=limit,
    )
    values = {f"lexeme{at}": quoted(name) for at, name in enumerate(asked)}
    values |= {"asked": "|".join(ways), "city": own.city, "country": own.country}
    return statements.rows(statement, {**values, "own": own.pk})


def _rarer(asked: Sequence[str], counts: Mapping[str, int]) -> list[str]:
    """Return the rarest lexemes while the cases that hold one of them stay few."""
    some: list[str] = []
    total = 0
    for name in sorted(asked, key=lambda name: counts[name]):
        total += counts[name]
        if len(some) > 1 and total > BROAD:
            break
        some.append(name)
    return some


def _theme_lexemes(own: _Own, themes: Mapping[int, tuple[str, str]]) -> list[str]:
    """Return the lexemes of the names of all its themes: who shares them all is a candidate."""
    names = [themes[bit][1] for bit in _set_bits(own.bits) if bit in themes]
    return sorted({lexeme for name in names for lexeme in words.lexemes(name, "en")})


def _theme_rarity(own: _Own, name: str) -> float:
    counts = [own.counts.get(lexeme, 1) for lexeme in words.lexemes(name, "en")]
    return rarity_of(min(counts, default=1), own.cases_count)


def _explained(
    own: _Own,
    pk: int,
    packed: tuple[int, int],
    shared: set[str],
    themes: Mapping[int, tuple[str, str]],
    texts: Sequence[tuple[str, str]],
) -> Likeness:
    bits, codes = packed
    names = tuple(themes[bit][1] for bit in _set_bits(own.bits & bits) if bit in themes)
    said = {lexeme for name in names for lexeme in words.lexemes(name, "en")}
    both = own.codes & codes & _mask("goal")
    size = _size(own.codes) if _size(own.codes) == _size(codes) else 0
    return Likeness(
        pk=pk,
        themes=names,
        words=tuple(_written(shared - said, own.weights, texts)[:MOST_WORDS]),
        goals=tuple(bit + 1 for bit in _set_bits(both >> BITS["goal"].first)),
        size=SIZES[size - 1] if size else "",
    )


def _written(
    lexemes: set[str], weights: Mapping[str, float], texts: Sequence[tuple[str, str]]
) -> list[str]:
    """Return lexemes as the case writes them, the strongest first."""
    forms: dict[str, str] = {}
    for text, language in texts:
        base = words.base(language)
        for run in words.runs(text):
            if words.is_paired(run):
                forms |= {pair: pair for pair in words.pairs(run) if pair in lexemes}
                continue
            lexeme = words.analysed(run, base).lexeme
            if lexeme in lexemes:
                forms.setdefault(lexeme, run.lower())
    return [forms[name] for name in weights if name in forms]


def _said_size(size: str) -> str:
    return {
        CitySize.SMALL: _("cities under 500,000"),
        CitySize.MEDIUM: _("cities of 500,000 to 1 million"),
        CitySize.LARGE: _("cities of 1 to 5 million"),
        CitySize.VERY_LARGE: _("cities of 5 to 10 million"),
        CitySize.MEGACITY: _("cities of 10 million and more"),
    }[CitySize(size)]


def _size(codes: int) -> int:
    return (codes >> SIZE.first) & SIZE.mask


def _size_is(own: _Own) -> str:
    return f"((r.codes >> {SIZE.first}) & {SIZE.mask}) = {_size(own.codes)}"


def _mask(facet: str) -> int:
    return BITS[facet].mask << BITS[facet].first


def _set_bits(number: int) -> list[int]:
    return [at for at in range(number.bit_length()) if number >> at & 1]
