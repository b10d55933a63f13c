"""Plants the site's own pages, each once: from then on it belongs to the editors."""

from __future__ import annotations

from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.html import format_html, format_html_join

from laurels.foundation.models import LoadedRecord
from laurels.website.models import ContactPage, NewsIndexPage, StandardPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from laurels.website.actions.ledger import Ledger
    from laurels.website.award_file.shapes import PageShape, SectionShape
    from laurels.website.models import HomePage

PLANTED = "website.planted"


def load_pages(shapes: Sequence[PageShape], home: HomePage, ledger: Ledger) -> None:
    """Plant what was never planted. A page that editors changed, moved or deleted stays so."""
    planted = set(LoadedRecord.objects.filter(kind=PLANTED).values_list("row", flat=True))
    taken = set(home.get_children().values_list("slug", flat=True))
    for shape in shapes:
        if shape.address in planted:
            continue
        if shape.address not in taken:
            home.add_child(instance=_page(shape))
            ledger.created["page"] += 1
        LoadedRecord.objects.create(kind=PLANTED, row=shape.address)


def _page(shape: PageShape) -> Any:
    named: dict[str, Any] = {"title": shape.title, "slug": shape.address, "show_in_menus": True}
    if shape.kind == "news":
        return NewsIndexPage(**named)
    body = [_block(section) for section in shape.sections]
    if shape.kind == "contact":
        # The award's own mailbox, until the secretariat enters another.
        recipient = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        return ContactPage(**named, lead=shape.lead, recipient=recipient, body=body)
    return StandardPage(**named, lead=shape.lead, prompt=shape.prompt, body=body)


def _block(section: SectionShape) -> tuple[str, dict[str, Any]]:
    if section.facts:
        rows = [
            {"label": fact.label, "value": fact.value, "source": fact.source}
            for fact in section.facts
        ]
        return "facts", {"heading": section.heading, "rows": rows}
    text = format_html_join("", "<p>{}</p>", ((paragraph,) for paragraph in section.paragraphs))
    if section.points:
        points = format_html_join("", "<li>{}</li>", ((point,) for point in section.points))
        text = format_html("{}<ul>{}</ul>", text, points)
    return "section", {"heading": section.heading, "text": str(text)}
