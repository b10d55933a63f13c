"""Keeps the index: a case is indexed in the transaction that saves it, and gone with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connection, transaction

from laurels.library.search.documents import Analysed, Document, analyse, rarity_of, row
from laurels.library.search.reading import hold_index, read_documents
from laurels.library.search.spelling import deletes, is_spelt

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from laurels.library.search.documents import Row

MATCH = """
    insert into library_searchmatch
        (initiative_id, bits, codes, year, city, country, lexemes)
    values (%s, %s, %s, %s, %s, %s, %s::tsvector)
    on conflict (initiative_id) do update set bits = excluded.bits, codes = excluded.codes,
        year = excluded.year, city = excluded.city, country = excluded.country,
        lexemes = excluded.lexemes
"""
RANK = """
    insert into library_searchrank (initiative_id, bits, codes, head)
    values (%s, %s, %s, %s::tsvector)
    on conflict (initiative_id) do update set bits = excluded.bits, codes = excluded.codes,
        head = excluded.head
"""
ADD_LEXEMES = """
    insert into library_searchlexeme (lexeme, cases_count) select unnest(%s::text[]), 1
    on conflict (lexeme) do update set cases_count = library_searchlexeme.cases_count + 1
"""
TAKE_LEXEMES = """
    update library_searchlexeme set cases_count = cases_count - 1 where lexeme = any(%s)
"""
FORGET_LEXEMES = """
    delete from library_searchlexeme where lexeme = any(%s) and cases_count <= 0
    returning lexeme
"""
ADD_WORDS = """
    insert into library_searchword (form, lexeme, deletes) values (%s, %s, %s)
    on conflict do nothing
"""


class Change(NamedTuple):
    """The lexemes that a case has won and lost."""

    added: list[str]
    removed: list[str]


@transaction.atomic
def index_initiatives(pks: Collection[int]) -> None:
    """Bring the index up to date with some initiatives: what is public in, all else out."""
    if not pks:
        return
    hold_index()
    found = {document.pk: document for document in read_documents(pks)}
    for pk in sorted(set(pks) - set(found)):
        forget_initiative(pk)
    for pk in sorted(found):
        write_document(found[pk])


@transaction.atomic
def forget_initiative(pk: int) -> None:
    """Take a case out of the index, with the words that only it had."""
    hold_index()
    _count(Change([], sorted(_lexemes_of(pk))))
    with connection.cursor() as cursor:
        cursor.execute("delete from library_searchmatch where initiative_id = %s", [pk])
        cursor.execute("delete from library_searchrank where initiative_id = %s", [pk])


@transaction.atomic
def write_document(document: Document) -> None:
    """Put one case into the index, or in the place of what was there of it."""
    hold_index()
    analysed = analyse(document)
    before, after = _lexemes_of(document.pk), analysed.every
    _count(Change(sorted(after - before), sorted(before - after)))
    known = _cases_counts(after)
    _write_row(row(document, analysed, _rarities(known)))
    _write_words(analysed, known)


def _lexemes_of(pk: int) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select tsvector_to_array(lexemes) from library_searchmatch where initiative_id = %s",
            [pk],
        )
        found = cursor.fetchone()
    return set(found[0]) if found else set()


def _count(change: Change) -> None:
    with connection.cursor() as cursor:
        if change.added:
            cursor.execute(ADD_LEXEMES, [change.added])
        if change.removed:
            cursor.execute(TAKE_LEXEMES, [change.removed])
            cursor.execute(FORGET_LEXEMES, [change.removed])
            gone = [lexeme for (lexeme,) in cursor.fetchall()]
            cursor.execute("delete from library_searchword where lexeme = any(%s)", [gone])


def _cases_counts(lexemes: Collection[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select lexeme, cases_count from library_searchlexeme where lexeme = any(%s)",
            [list(lexemes)],
        )
        return dict(cursor.fetchall())


def _rarities(known: Mapping[str, int]) -> dict[str, float]:
    """The most frequent lexeme stands in for the number of all cases: only ratios count."""
    most = max(known.values(), default=1)
    return {lexeme: rarity_of(count, most) for lexeme, count in known.items()}


def _write_row(new: Row) -> None:
    with connection.cursor() as cursor:
        packed = [new.pk, *new.packed]
        cursor.execute(MATCH, [*packed, new.year, new.city, new.country, new.lexemes])
        cursor.execute(RANK, [*packed, new.head])


def _write_words(analysed: Analysed, known: Mapping[str, int]) -> None:
    """Remember written forms: all of title, place and summary, and of the body those in use."""
    words = analysed.forms | {word for word in analysed.body_forms if known.get(word.lexeme, 0) > 1}
    forms = sorted({word.form for word in words})
    with connection.cursor() as cursor:
        cursor.execute("select form, lexeme from library_searchword where form = any(%s)", [forms])
        new = sorted(words - set(cursor.fetchall()))
        rows = [(form, lexeme, hashes(form)) for form, lexeme in new]
        cursor.executemany(ADD_WORDS, rows)


def hashes(form: str) -> list[int]:
    return deletes(form) if is_spelt(form) else []
