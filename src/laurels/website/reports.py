"""The reports of languages and of partners' guests in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

from laurels.partners.models import Partner
from laurels.seminars.rules import RUN_SEMINARS
from laurels.website import guests, translations

if TYPE_CHECKING:
    from django.db.models import QuerySet
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


@require_admin_access
@require_safe
def guests_report(request: HttpRequest) -> HttpResponse:
    """Show each partner whom its plain word brought to the seminars; the secretariat sees all."""
    partners = list(_partners_seen(request))
    if not partners:
        raise PermissionDenied
    return render(
        request, "website/admin/guests_report.html", {"rows": guests.brought_by(partners)}
    )


def sees_guests(request: HttpRequest) -> bool:
    return request.user.has_perm(RUN_SEMINARS) or _partners_seen(request).exists()


def _partners_seen(request: HttpRequest) -> QuerySet[Partner]:
    everybody = Partner.objects.order_by("short_name")
    if request.user.has_perm(RUN_SEMINARS):
        return everybody
    return everybody.filter(members__person=request.user.pk)
