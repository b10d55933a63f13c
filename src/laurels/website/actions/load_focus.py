"""Writes FOCUS articles; the tree holds them oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from laurels.focus.blocks import CITY, INITIATIVE
from laurels.focus.models import FocusArticlePage
from laurels.library.models import InitiativePage
from laurels.website.actions.pages import add_page, write_page
from laurels.website.award_file.problems import Remark
from laurels.website.award_file.reading import FOCUS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from laurels.focus.models import FocusIndexPage
    from laurels.library.models import Theme
    from laurels.website.actions.ledger import Ledger
    from laurels.website.award_file.shapes import ArticleShape, MentionShape

RELATIONS = ("themes", "mentions")


def load_focus(
    shapes: Sequence[ArticleShape],
    index: FocusIndexPage,
    themes: dict[str, Theme],
    ledger: Ledger,
) -> None:
    """Write the articles, each in its place among the others."""
    pages = {page.slug: page for page in FocusArticlePage.objects.child_of(index)}
    newer: FocusArticlePage | None = None
    for shape in shapes:
        page = pages.pop(shape.address, None)
        said = _said(shape)
        if page is None:
            page = FocusArticlePage(slug=shape.address)
            # Newest first in the file: each further one goes before those already there.
            write: Any = _Creation(page, shape, themes, index, newer)
            current: dict[str, Any] = {}
        else:
            write = _Update(page, shape, themes)
            current = _current(page, said, ledger.last(page))
        ledger.save(page, said, current=current, write=write, document=FOCUS, place=shape.place)
        newer = page
    for slug, page in pages.items():
        if ledger.is_known(page):
            sentence = f"{slug} is no longer in the file; its page stays"
            ledger.report.warnings.append(Remark(FOCUS, "", sentence))


def initiative_for(mention: MentionShape, shape: ArticleShape) -> InitiativePage | None:
    """Return the initiative that a mention may link to: the city's newest before the article.

    The file names cities only. None where the library has none of that city; the country, where
    the file gives one, must agree.
    """
    found = InitiativePage.objects.live().filter(city__name__iexact=mention.city)
    if mention.country:
        found = found.filter(city__country__iexact=mention.country)
    if shape.published_on:
        found = found.filter(edition__year__lte=shape.published_on.year)
    return found.order_by("-edition__year", "-stage", "slug").first()


def _said(shape: ArticleShape) -> dict[str, Any]:
    return {
        "title": shape.title,
        "kind": shape.kind,
        "published_on": shape.published_on,
        "international_day": shape.international_day,
        "teaser": shape.teaser,
        "themes": sorted(shape.themes),
        "mentions": [[mention.city, mention.country] for mention in shape.mentions],
    }


def _current(page: FocusArticlePage, said: dict[str, Any], last: dict[str, Any]) -> dict[str, Any]:
    themes = page.themes.through.objects.filter(focusarticlepage=page)
    return {
        **{name: getattr(page, name) for name in said if name not in RELATIONS},
        "themes": sorted(themes.values_list("theme__slug", flat=True)),
        "mentions": _mentions(page, last.get("mentions", [])),
    }


def _mentions(page: FocusArticlePage, last: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the cities of the article's blocks; one that the file named, as it named it.

    The file may leave out a country that the case knows.
    """
    named = {mention[0].casefold(): list(mention) for mention in last}
    return [
        named.get(city.city_name.casefold(), [city.city_name, city.country])
        for city in page.cities_gathered()
    ]


class _Update:
    """Writes the changed fields of an article into its live page and its draft."""

    def __init__(
        self, page: FocusArticlePage, shape: ArticleShape, themes: dict[str, Theme]
    ) -> None:
        self.page, self.shape, self.themes = page, shape, themes

    def __call__(self, changes: dict[str, Any]) -> None:
        if self.page.co_publishers.exists():
            # Partners sign it: the change is a draft until they have approved it, as any other.
            draft = self.page.get_latest_revision_as_object()
            self.apply(draft, changes)
            draft.save_revision(clean=False)
            return
        write_page(self.page, lambda target: self.apply(target, changes))

    def apply(self, page: FocusArticlePage, changes: dict[str, Any]) -> None:
        for name, value in changes.items():
            if name == "themes":
                page.themes = [self.themes[slug] for slug in value]
            elif name == "mentions":
                others = [
                    block for block in page.body.raw_data if block["type"] not in (CITY, INITIATIVE)
                ]
                page.body = [*others, *(self.block_of(mention) for mention in self.shape.mentions)]
            else:
                setattr(page, name, value)

    def block_of(self, mention: MentionShape) -> dict[str, Any]:
        """Return the block of a mention as an article stores it."""
        initiative = initiative_for(mention, self.shape)
        if initiative is None:
            value = {"name": mention.city, "country": mention.country}
            return {"type": CITY, "value": value}
        return {"type": INITIATIVE, "value": {"initiative": initiative.pk, "extract": ""}}


class _Creation(_Update):
    """Puts a new article into the tree: before the one that is newer, or at the end."""

    def __init__(
        self,
        page: FocusArticlePage,
        shape: ArticleShape,
        themes: dict[str, Theme],
        index: FocusIndexPage,
        newer: FocusArticlePage | None,
    ) -> None:
        super().__init__(page, shape, themes)
        self.index, self.newer = index, newer

    def __call__(self, said: dict[str, Any]) -> None:
        self.apply(self.page, said)
        add_page(self.index, self.page)
        if self.newer is not None:
            self.newer.refresh_from_db()
            self.page.move(self.newer, pos="left")
            self.page.refresh_from_db()
