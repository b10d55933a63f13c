"""What the forms around a case share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render

from laurels.library.models import InitiativePage

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

UNPROCESSABLE = 422


def case_or_404(slug: str) -> InitiativePage:
    """Return a public case with city and edition at hand."""
    found: InitiativePage = get_object_or_404(
        InitiativePage.objects.live().public().select_related("city", "edition"), slug=slug
    )
    return found


def rejected(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = UNPROCESSABLE
) -> HttpResponse:
    """Show a form again with what is wrong and everything that was typed."""
    return render(request, template, context, status=status)
