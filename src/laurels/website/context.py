"""What every page needs for its masthead and colophon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from wagtail.models import Page

from laurels.foundation.languages import languages_of, lay_over, original_locale
from laurels.website.alternates import alternates_of
from laurels.website.models import ContactPage, NewsIndexPage, StandardPage
from laurels.website.standing import current

if TYPE_CHECKING:
    from django.http import HttpRequest


SECONDS_KEPT = 60
# What the pages are called with which the award begins, for the catalogues.
TITLES = (
    gettext_noop("About the award"),
    gettext_noop("Rules"),
    gettext_noop("News"),
    gettext_noop("Contact"),
    gettext_noop("Privacy"),
    gettext_noop("Accessibility"),
)


class Item(NamedTuple):
    """A link of the menu; `is_here` where it leads to the page shown or the part it is in."""

    label: str
    url: str
    is_here: bool = False


class Language(NamedTuple):
    """The same page in another language; without words of its own it shows the original's."""

    code: str
    name: str
    url: str
    is_here: bool
    has_words: bool


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Give templates `menu`, `open_links`, `languages` and more; asked for only if used."""
    return {
        "alternates": SimpleLazyObject(lambda: alternates_of(request)),
        "menu": SimpleLazyObject(lambda: _menu(request)),
        "page_links": SimpleLazyObject(_page_links),
        "open_links": SimpleLazyObject(lambda: _open_links(request)),
        "languages": SimpleLazyObject(lambda: _languages(request)),
        "untranslated": SimpleLazyObject(lambda: _untranslated(request)),
        "home_url": SimpleLazyObject(lambda: _page("")),
    }


def _menu(request: HttpRequest) -> list[Item]:
    standing = current(request)
    links: list[tuple[str, str]] = []
    if standing:
        year = standing.edition.year
        if standing.has_a_shortlist:
            links.append((_("The fifteen"), reverse("website:shortlist", args=[year])))
        links.append((_("Seminars"), reverse("seminars:seminar_list")))
        if standing.election:
            links.append((_("Vote"), reverse("ballotbox:ballot", args=[standing.election.slug])))
        links += [(_("FOCUS"), _page("focus/")), (_("Library"), _page("initiatives/"))]
        if standing.election:
            links.append((_("Result"), reverse("results:result", args=[year])))
    links += [
        (_("Partners"), reverse("partners:partner_list")),
        (_("How we count"), reverse("website:how_we_count")),
    ]
    return [Item(label, url, request.path.startswith(url)) for label, url in links]


def _open_links(request: HttpRequest) -> list[Item]:
    standing = current(request)
    links = []
    if standing and standing.election:
        slug = standing.election.slug
        links.append(Item(_("Check a receipt"), reverse("ballotbox:receipt", args=[slug])))
    links.append(Item(_("How we count, and how to recount"), reverse("website:how_we_count")))
    links.append(Item(_("All editions"), reverse("website:edition_list")))
    links.append(Item(_("Show it on your site"), reverse("website:embed")))
    links.append(Item(_("Feeds and data for programs"), reverse("website:api_docs")))
    return links


def _page_links() -> list[Item]:
    """Return the pages of text, news and contact, as far as they are published and in the menu.

    They stand below every page and hardly ever change: asked for once a minute.
    """
    key = f"website.page_links.{get_language()}"
    found = cache.get(key)
    if found is None:
        pages = Page.objects.live().public().in_menu().filter(locale=original_locale())
        own = pages.type(StandardPage, NewsIndexPage, ContactPage).specific()
        found = list(own)
        lay_over(found)
        # A page whose words wait for a translator is called by its title's all the same.
        found = [
            Item(page.title if page.borrowed_language else _(page.title), page.url)
            for page in found
        ]
        cache.set(key, found, SECONDS_KEPT)
    return list(found)


def _languages(request: HttpRequest) -> list[Language]:
    here = get_language()
    spoken = _spoken(request)
    found = []
    for code, name in settings.LANGUAGES:
        url = translate_url(request.path, code)
        # Pages outside the languages (the demo's) have one address only.
        if url != request.path or code == here:
            found.append(Language(code, name, url, code == here, code in spoken))
    return found if len(found) > 1 else []


def _untranslated(request: HttpRequest) -> str:
    """Return the address in the original's language where the page shows its words; else ""."""
    if get_language() in _spoken(request):
        return ""
    return translate_url(request.path, settings.LANGUAGE_CODE)


def _spoken(request: HttpRequest) -> set[str]:
    """Return the languages in which the page asked for can be read, found once for a request."""
    if not hasattr(request, "spoken_languages"):
        # What Wagtail found at the address; a page of ours speaks all languages.
        route = getattr(request, "_wagtail_route_for_request", None)
        request.spoken_languages = languages_of(route[0] if route else None)  # type: ignore[attr-defined] # kept for it
    spoken: set[str] = request.spoken_languages  # type: ignore[attr-defined] # set above
    return spoken


def _page(path: str) -> str:
    return reverse("wagtail_serve", args=[path])
