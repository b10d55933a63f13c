"""Makes the whole index anew beside the one in use, and puts it in its place in a moment."""

from __future__ import annotations

import multiprocessing
from collections import Counter, deque
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import django
from django.db import transaction

from laurels.library.search import staging
from laurels.library.search.documents import Document, Row, analyse, rarity_of, row
from laurels.library.search.index import hashes
from laurels.library.search.reading import hold_index
from laurels.library.search.words import Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Read = Callable[[], Iterator[Document]]

SAMPLE = 4000  # documents from which is learnt how much each lexeme tells
AT_ONCE = 500  # documents analysed together
IN_FLIGHT = 6  # such bundles between processes
# What is often is told apart from what is rare by a sample; the others count as rarest.
COMMON_ENOUGH = 2


class Bundle(NamedTuple):
    """Some documents analysed: their rows, and in how many each lexeme and form stands."""

    rows: list[Row]
    lexemes: Counter[str]
    forms: Counter[Word]
    heads: set[Word]  # forms of titles, places and summaries


def analyse_bundle(documents: list[Document], rarity: Mapping[str, float]) -> Bundle:
    """Analyse documents; a process of its own may be asked to."""
    bundle = Bundle([], Counter(), Counter(), set())
    for document in documents:
        analysed = analyse(document)
        bundle.rows.append(row(document, analysed, rarity))
        bundle.lexemes.update(analysed.every)
        bundle.forms.update(analysed.forms | analysed.body_forms)
        bundle.heads.update(analysed.forms)
    return bundle


def sampled_rarity(documents: Iterable[Document]) -> dict[str, float]:
    """Return how much each lexeme tells, as far as some documents show it."""
    counts: Counter[str] = Counter()
    total = 0
    for total, document in enumerate(documents, 1):  # noqa: B007 -- the last one counts
        counts.update(analyse(document).every)
    return {
        lexeme: rarity_of(count, total)
        for lexeme, count in counts.items()
        if count >= COMMON_ENOUGH
    }


@transaction.atomic
def rebuild(read: Read, *, processes: int = 0) -> int:
    """Make the index of the documents that `read` gives, and return how many there are.

    The old index answers until the new one is whole. Saving a case waits meanwhile. `read` is
    called twice. `processes` of their own analyse, or else this one.
    """
    hold_index()
    rarity = sampled_rarity(islice(read(), SAMPLE))
    staging.begin()
    lexemes: Counter[str] = Counter()
    forms: Counter[Word] = Counter()
    heads: set[Word] = set()
    total = 0
    for bundle in _bundles(read(), rarity, processes):
        _copy_rows(bundle.rows)
        lexemes.update(bundle.lexemes)
        forms.update(bundle.forms)
        heads |= bundle.heads
        total += len(bundle.rows)
    _copy_words(lexemes, forms, heads)
    staging.finish()
    return total


def _bundles(
    documents: Iterator[Document], rarity: Mapping[str, float], processes: int
) -> Iterator[Bundle]:
    if not processes:
        while some := list(islice(documents, AT_ONCE)):
            yield analyse_bundle(some, rarity)
        return
    spawn = multiprocessing.get_context("spawn")
    # Django first: what the processes are asked to do is found among its apps.
    with ProcessPoolExecutor(processes, spawn, django.setup) as executor:
        waiting = deque[Future[Bundle]]()
        while some := list(islice(documents, AT_ONCE)):
            waiting.append(executor.submit(analyse_bundle, some, rarity))
            if len(waiting) >= IN_FLIGHT:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _copy_rows(rows: Iterable[Row]) -> None:
    staging.copy(
        "library_searchmatch",
        (
            (each.pk, *each.packed, each.year, each.city, each.country, each.lexemes)
            for each in rows
        ),
    )
    staging.copy("library_searchrank", ((each.pk, *each.packed, each.head) for each in rows))


def _copy_words(lexemes: Counter[str], forms: Counter[Word], heads: set[Word]) -> None:
    """All of titles, places and summaries; of bodies, what more than one case writes."""
    staging.copy("library_searchlexeme", lexemes.items())
    staging.copy(
        "library_searchword",
        ((*word, hashes(word.form)) for word, count in forms.items() if count > 1 or word in heads),
    )
