"""Who carries the award."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from laurels.partners.models import Campaign, Partner

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def partner_list(request: HttpRequest) -> HttpResponse:
    context = {
        "partners": Partner.objects.alphabetical(),
        "campaigns": Campaign.objects.newest_first(),
    }
    return render(request, "partners/partner_list.html", context)
