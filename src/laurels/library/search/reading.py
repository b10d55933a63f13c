"""Reads the public initiatives as documents. Nothing else decides what may be found."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection

from laurels.library.search.documents import Document, Telling, country_names
from laurels.library.search.facets import MOST_THEMES, Traits
from laurels.library.search.tables import SearchTheme

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from laurels.library.models import InitiativePage

AT_ONCE = 500  # pages read together


def read_documents(pks: Collection[int] | None = None) -> Iterator[Document]:
    """Return the public ones of some initiatives, or every public one, as stored."""
    initiatives: Any = apps.get_model("library", "InitiativePage").objects
    chosen = initiatives.live().public().select_related("city", "edition")
    chosen = chosen.prefetch_related("themes", "goals", "honours").order_by("pk")
    if pks is not None:
        chosen = chosen.filter(pk__in=pks)
    bits = theme_bits()
    pages = chosen.iterator(AT_ONCE) if pks is None else iter(chosen)
    while some := list(islice(pages, AT_ONCE)):
        translations = _translations(some)
        for page in some:
            yield document_of(page, translations.get(page.translation_key, []), bits)


def _translations(pages: Collection[InitiativePage]) -> dict[Any, list[InitiativePage]]:
    """Return the published translations of pages, which lend their words."""
    every = apps.get_model("library", "InitiativePage")._base_manager  # noqa: SLF001 -- with them
    found: dict[Any, list[InitiativePage]] = {}
    keys = [page.translation_key for page in pages]
    lent = every.filter(translation_key__in=keys, live=True, alias_of=None).select_related("locale")
    for page in lent.exclude(pk__in=[page.pk for page in pages]).order_by("pk"):
        found.setdefault(page.translation_key, []).append(page)
    return found


def document_of(
    page: InitiativePage, translations: Collection[InitiativePage], bits: Mapping[int, int]
) -> Document:
    """Return a page as a document; it must have come from the database and not from a form."""
    city = page.city
    themes = list(page.themes.all())
    names = [city.name, city.local_name, *country_names(city.country_code), city.country]
    tellings = [
        Telling(page.text_language, page.recorded_title or "", page.summary, page.told_text),
        *(
            Telling(each.locale.language_code, each.recorded_title or "", each.summary, told)
            for each in translations
            if (told := each.told_text) or each.recorded_title or each.summary
        ),
    ]
    return Document(
        pk=page.pk,
        tellings=tuple(tellings),
        places=tuple(name for name in names if name),
        subjects=tuple(sorted(theme.name for theme in themes)),
        traits=Traits(
            themes=tuple(sorted(bits[theme.pk] for theme in themes if theme.pk in bits)),
            goals=tuple(sorted(goal.pk for goal in page.goals.all())),
            country_code=city.country_code,
            year=page.edition.year,
            population=page.population,
            languages=tuple(telling.language for telling in tellings),
            outcomes=tuple(sorted({page.stage, *(each.kind for each in page.honours.all())})),
        ),
    )


def theme_bits() -> dict[int, int]:
    """Return the bit of every theme by its key, giving the next free ones to new themes.

    The sixty-fourth theme gets none: cases of it are found by words, and it is no facet.
    """
    bits = {row.theme_id: row.bit for row in SearchTheme.objects.all()}
    known = [pk for pk in bits if pk is not None]
    new = apps.get_model("library", "Theme").objects.exclude(pk__in=known)
    missing = list(new.order_by("pk").values_list("pk", flat=True))
    if missing:
        taken = set(SearchTheme.objects.values_list("bit", flat=True))
        free = [bit for bit in range(MOST_THEMES) if bit not in taken]
        rows = [SearchTheme(bit=bit, theme_id=pk) for bit, pk in zip(free, missing, strict=False)]
        SearchTheme.objects.bulk_create(rows)
        bits |= {row.theme_id: row.bit for row in rows}
    return {pk: bit for pk, bit in bits.items() if pk is not None}


def hold_index() -> None:
    """Let one transaction at a time write the index, so that its counts stay exact."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('laurels.library.search'))")
