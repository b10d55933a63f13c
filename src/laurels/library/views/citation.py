"""The citation of a case as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from laurels.library import rules
from laurels.library.addresses import lasting_url
from laurels.library.models import InitiativePage

if TYPE_CHECKING:
    from django.http import HttpRequest

FORMATS = {
    "bib": (rules.bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": (rules.ris, "application/x-research-info-systems; charset=utf-8"),
}


@require_safe
def citation(_request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Answer with BibTeX (`bib`) or RIS (`ris`) of a public case."""
    initiatives = InitiativePage.objects.live().public().select_related("city", "edition")
    initiative = get_object_or_404(initiatives, slug=slug)
    write, content_type = FORMATS[kind]
    cited = rules.citation_of(initiative, lasting_url(initiative.slug))
    response = HttpResponse(write(cited), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{slug}.{kind}"'
    return response
