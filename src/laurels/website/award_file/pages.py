"""Reads `pages.json`: starting texts of the site's own pages; a folder may do without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from laurels.website.award_file.shapes import FactShape, PageShape, SectionShape

if TYPE_CHECKING:
    from laurels.website.award_file.places import Fields

KINDS = ("text", "news", "contact")
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
LONGEST_LEAD = 500


def read_pages(document: Fields) -> tuple[PageShape, ...]:
    """Return the pages in the file's order, which is that of the page tree."""
    pages: dict[str, PageShape] = {}
    for fields in document.each("pages", required=True):
        page = _read_page(fields)
        if page.address and page.address in pages:
            fields.problem("address", f"{page.address} stands there twice")
        pages[page.address] = page
    document.done("about")
    return tuple(pages.values())


def _read_page(fields: Fields) -> PageShape:
    page = PageShape(
        kind=fields.choice("kind", KINDS, required=True),
        address=fields.text(
            "address", longest=50, required=True, pattern=SLUG, hint="an address part, as in about"
        ),
        title=fields.text("title", longest=120, required=True),
        lead=fields.text("lead", longest=LONGEST_LEAD),
        prompt=fields.text("prompt"),
        sections=tuple(_read_section(section) for section in fields.each("sections")),
    )
    fields.done()
    return page


def _read_section(fields: Fields) -> SectionShape:
    section = SectionShape(
        heading=fields.text("heading", longest=120, required=True),
        paragraphs=fields.texts("paragraphs"),
        points=fields.texts("points"),
        facts=tuple(_read_fact(fact) for fact in fields.each("facts")),
    )
    fields.done()
    return section


def _read_fact(fields: Fields) -> FactShape:
    fact = FactShape(
        label=fields.text("label", longest=120, required=True),
        value=fields.text("value", required=True),
        source=fields.text("source", longest=500),
    )
    fields.done()
    return fact
