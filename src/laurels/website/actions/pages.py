"""The pages that everything hangs from, and how a loader writes into a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from laurels.focus.models import FocusIndexPage
from laurels.foundation import clock
from laurels.library.models import LibraryPage
from laurels.website.models import HomePage

if TYPE_CHECKING:
    from collections.abc import Callable

WEB_PORTS = {"http": 80, "https": 443}


def plant_pages() -> tuple[HomePage, LibraryPage, FocusIndexPage]:
    """Make the home page with the library and the FOCUS list under it, where they are missing."""
    home = HomePage.objects.originals().first() or _plant_home()
    _point_the_site_to(home)
    library = LibraryPage.objects.originals().first() or home.add_child(
        instance=LibraryPage(title="Initiatives", slug="initiatives", show_in_menus=True)
    )
    focus = FocusIndexPage.objects.originals().first() or home.add_child(
        instance=FocusIndexPage(title="FOCUS", slug="focus", show_in_menus=True)
    )
    return home, library, focus


def add_page(parent: Page, page: Page) -> None:
    """Put a new page, live from now on, under its parent."""
    page.first_published_at = page.last_published_at = clock.now()
    parent.add_child(instance=page)


def write_page(page: Page, apply: Callable[[Any], None]) -> None:
    """Let `apply` change a live page, and a draft of it too: neither undoes the other."""
    draft = page.get_latest_revision_as_object() if page.has_unpublished_changes else None
    apply(page)
    page.last_published_at = clock.now()
    page.draft_title = draft.title if draft else page.title
    if draft is None and page.latest_revision_id:
        page.save_revision(clean=False).publish()
        return
    page.save(clean=False)
    if draft is not None:
        apply(draft)
        draft.save_revision(clean=False)


def _plant_home() -> HomePage:
    root = Page.get_first_root_node()
    # Wagtail's migrations leave a page of welcome at the home page's address.
    for page in Page.objects.child_of(root).filter(slug="home", numchild=0):
        if page.specific_class is Page:
            Site.objects.filter(root_page=page).update(root_page=root)
            page.delete()
    root.refresh_from_db()
    return root.add_child(instance=HomePage(title=settings.WAGTAIL_SITE_NAME, slug="home"))


def _point_the_site_to(home: HomePage) -> None:
    address = urlsplit(settings.SITE_URL)
    said = {
        "hostname": address.hostname,
        "port": address.port or WEB_PORTS[address.scheme],
        "root_page_id": home.pk,
    }
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if any(getattr(site, name) != value for name, value in said.items()):
        for name, value in said.items():
            setattr(site, name, value)
        site.site_name = site.site_name or settings.WAGTAIL_SITE_NAME
        site.save()
