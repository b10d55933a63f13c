"""In which languages each page can be read, and what its translations lack."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail_localize.models import TranslationSource

from laurels.ballotbox.models import Candidate
from laurels.focus.models import FocusArticlePage
from laurels.foundation.languages import InEveryLanguage, original_locale
from laurels.library.models import InitiativePage
from laurels.website.models import ContactPage, NewsPage, StandardPage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

TRANSLATED_KINDS = (InitiativePage, FocusArticlePage, StandardPage, NewsPage, ContactPage)


class State(TextChoices):
    """How far the words of a page are in one language."""

    TRANSLATED = "translated", _("translated")
    CHANGED = "changed", _("changed since")
    BEGUN = "begun", _("begun")
    MISSING = "missing", _("missing")


class Cell(NamedTuple):
    """A page in one language; `page` is the translation's key, None where there is none."""

    language: str
    state: State
    page: int | None = None


class Row(NamedTuple):
    """A page, and each language other than its own, in the order of the settings."""

    page: Any
    cells: list[Cell]

    @property
    def lacks(self) -> list[str]:
        """The languages in which no visitor can read it."""
        unread = {State.BEGUN, State.MISSING}
        return [cell.language for cell in self.cells if cell.state in unread]


def translated_pages() -> QuerySet[Page]:
    """Return the published pages whose words people translate, as written."""
    pages = Page.objects.live().type(*TRANSLATED_KINDS).filter(locale=original_locale())
    found: QuerySet[Page] = pages.order_by("-latest_revision_created_at", "path")
    return found


def rows_of(pages: Iterable[Page]) -> list[Row]:
    """Return the languages of some pages: a fixed number of queries for each type of page."""
    originals: list[Any] = [page.specific for page in pages]
    keys = [page.translation_key for page in originals]
    found: defaultdict[Any, dict[str, Page]] = defaultdict(dict)
    translations = Page.objects.filter(translation_key__in=keys, alias_of=None)
    for page in translations.exclude(locale=original_locale()).select_related("locale"):
        found[page.translation_key][page.locale.language_code] = page
    sources = {
        source.object_id: json.loads(source.content_json)
        for source in TranslationSource.objects.filter(object_id__in=keys)
    }
    return [
        Row(page, _cells(page, found[page.translation_key], sources.get(page.translation_key)))
        for page in originals
    ]


def candidates_lacking_a_language() -> list[Row]:
    """Return the candidates of votes still open or to come that not everybody can read.

    All candidates are to be read in the same languages: what one lacks is a defect.
    """
    standing = Candidate.objects.filter(
        election__closed_at=None, election__is_rehearsal=False, initiative__isnull=False
    )
    pages = InitiativePage.objects.filter(candidacies__in=standing).distinct().order_by("slug")
    return [row for row in rows_of(pages) if row.lacks]


def _cells(
    page: InEveryLanguage, found: dict[str, Page], source: dict[str, Any] | None
) -> list[Cell]:
    cells = []
    for code, _name in settings.LANGUAGES:
        if code == page.own_language:
            continue
        translation = found.get(code)
        if translation is None:
            cells.append(Cell(code, State.MISSING))
        else:
            cells.append(Cell(code, _state(page, translation, source), translation.pk))
    return cells


def _state(page: Any, translation: Page, source: dict[str, Any] | None) -> State:
    if not translation.live:
        return State.BEGUN
    if source is None:
        # Entered by hand: nobody kept which words it was made from, only when.
        seen, said = translation.last_published_at, page.last_published_at
        return State.CHANGED if seen and said and seen < said else State.TRANSLATED
    now = json.loads(page.to_json())
    differs = any(now.get(name) != source.get(name) for name in page.words)
    return State.CHANGED if differs else State.TRANSLATED
