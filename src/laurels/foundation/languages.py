"""Pages in several languages: one original each, and translations that lend it their words.

Wagtail keeps a translation as a page of its own, with copies of all facts. Here only its *words*
are ever shown, laid over the original; facts, relations and the address stay the original's.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override
from modelcluster.models import get_all_child_relations
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet
from wagtail_localize.fields import TranslatableField

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpRequest, HttpResponse


class WordsAreBorrowed(RuntimeError):  # noqa: N818 -- named for what is wrong
    """Somebody tried to store an original that holds the words of a translation."""


class OriginalsQuerySet(PageQuerySet):
    """Pages that visitors read: each once, in whatever languages it exists."""

    borrows_words = False

    def originals(self) -> Self:
        """Leave out the translations, which are pages too."""
        return self.filter(locale=original_locale())

    def live(self) -> Self:
        """Return what is published, without translations: those only lend their words."""
        return super().live().originals()

    def in_words(self) -> Self:
        """Return pages with the words of the active language, where a translation is published.

        One query more, and none in the language of the originals.
        """
        chained = self._chain()
        chained.borrows_words = True
        return chained

    def _clone(self) -> Self:
        clone = super()._clone()
        clone.borrows_words = self.borrows_words
        return clone

    def _fetch_all(self) -> None:
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new and self.borrows_words and self._result_cache:
            lay_over([row for row in self._result_cache if isinstance(row, InEveryLanguage)])


class InEveryLanguage:
    """A page that keeps one address in each language: `/x/`, `/es/x/`.

    Stands before `Page` among the bases. `words` names the fields that people translate.
    """

    words: ClassVar[tuple[str, ...]] = ("title", "search_description")
    translatable_fields: ClassVar[list[TranslatableField]]
    # The language of the words laid over; "" where they are the page's own.
    borrowed_language = ""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.translatable_fields = [TranslatableField(name) for name in cls.words]

    @property
    def original(self: Any) -> Any:
        """The page itself, or what it is a translation of."""
        if self.locale_id == original_locale():
            return self
        found = _every(type(self)).filter(translation_key=self.translation_key)
        return found.filter(locale=original_locale()).first() or self

    @property
    def own_language(self) -> str:
        """The language in which the original was written."""
        return settings.LANGUAGE_CODE

    @property
    def words_language(self: Any) -> str:
        """The language in which the words of the page stand."""
        if self.locale_id == original_locale():
            return str(self.borrowed_language or self.own_language)
        return str(self.locale.language_code)

    def serve(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page = self.original
        if page is self:
            lay_over([page])
        else:
            # A preview of a translation: its own words, with the facts of the original.
            page.borrow_words(self, self.locale.language_code)
        served: HttpResponse = super(InEveryLanguage, page).serve(  # type: ignore[misc] # Page's
            request, *args, **kwargs
        )
        return served

    def borrow_words(self: Any, translation: Any, language: str) -> None:
        for name in self.words:
            setattr(self, name, getattr(translation, name))
        self.borrowed_language = language

    def save(self: Any, *args: Any, **kwargs: Any) -> Any:
        if self.borrowed_language:
            message = f"{self} holds words in {self.borrowed_language}; load it anew to store it."
            raise WordsAreBorrowed(message)
        return super().save(*args, **kwargs)  # type: ignore[misc] # Page's

    def get_url_parts(self: Any, request: HttpRequest | None = None) -> Any:
        """Return the parts of the one address, in the language that is being read."""
        page = self.original
        language = get_language() if page is self else self.locale.language_code
        parts = super(InEveryLanguage, page).get_url_parts(request)  # type: ignore[misc] # Page's
        if not parts or not parts[2]:
            return parts
        with override(settings.LANGUAGE_CODE):
            root = reverse("wagtail_serve", args=[""])
        with override(language or settings.LANGUAGE_CODE):
            path = reverse("wagtail_serve", args=[parts[2].removeprefix(root)])
        return *parts[:2], path

    def copy_for_translation(
        self: Any,
        locale: Locale,
        copy_parents: bool = False,  # noqa: ARG002, FBT001, FBT002 -- Wagtail's own order
        alias: bool = False,  # noqa: FBT001, FBT002 -- as above
        exclude_fields: Sequence[str] | None = None,
    ) -> Any:
        """Make the page of a translation, with its parents where missing, and without relations.

        Rows that hang from a page would be counted twice, and grow old beside the original's.
        """
        relations = [relation.name for relation in get_all_child_relations(type(self))]
        kept = {"wagtail_admin_comments"}
        left_out = [name for name in relations if name not in kept]
        return super().copy_for_translation(  # type: ignore[misc] # Page's
            locale,
            copy_parents=True,
            alias=alias,
            exclude_fields=[*left_out, *(exclude_fields or [])],
        )


@cache
def original_locale() -> int:
    """Return the key of the originals' locale, which Wagtail's own migration makes."""
    return int(Locale.objects.get(language_code=settings.LANGUAGE_CODE).pk)


def lay_over(pages: Iterable[Any], language: str | None = None) -> None:
    """Give originals the words of their published translations: one query for each type.

    `language` is the active one unless said; pages without a translation keep their own words.
    """
    language = language or get_language() or settings.LANGUAGE_CODE
    if language == settings.LANGUAGE_CODE:
        return
    kinds: dict[type[Page], dict[Any, list[Any]]] = {}
    for page in pages:
        if type(page).words and not page.borrowed_language:
            kinds.setdefault(type(page), {}).setdefault(page.translation_key, []).append(page)
    for kind, found in kinds.items():
        published = _every(kind).filter(
            locale__language_code=language, live=True, alias_of=None, translation_key__in=found
        )
        for translation in published:
            for page in found[translation.translation_key]:
                page.borrow_words(translation, language)


def languages_of(page: Any) -> set[str]:
    """Return the codes of the languages in which a page's words are published."""
    every = {code for code, _name in settings.LANGUAGES}
    if not getattr(page, "words", ()):
        return every
    rows = Page.objects.filter(
        translation_key=page.translation_key, live=True, alias_of=None
    ).values_list("locale__language_code", flat=True)
    return {page.own_language, *rows} & every


def _every(kind: Any) -> Any:
    """Return all pages of a kind, whatever its own managers leave out."""
    return kind._base_manager.all()  # noqa: SLF001 -- Django's public name for it
