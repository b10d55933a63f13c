"""The report of languages in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

from laurels.website import translations

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGES_SHOWN = 50


@require_admin_access
@require_safe
def languages_report(request: HttpRequest) -> HttpResponse:
    """Show page by language: translated, changed since, begun, missing; candidates first."""
    pages = Paginator(translations.translated_pages(), PAGES_SHOWN).get_page(request.GET.get("p"))
    context = {
        "languages": settings.LANGUAGES,
        "pages": pages,
        "rows": translations.rows_of(pages),
        "lacking": translations.candidates_lacking_a_language(),
        "may_translate": request.user.has_perm("wagtail_localize.submit_translation"),
    }
    return render(request, "website/admin/languages_report.html", context)
