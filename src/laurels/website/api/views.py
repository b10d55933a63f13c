"""The description of the API for people: made from its own schema, read without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from laurels.website.api.describing import described
from laurels.website.api.door import READS_PER_MINUTE
from laurels.website.api.site import api

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    context = {
        "endpoints": described(api.get_openapi_schema()),
        "description": api.description,
        "limit": READS_PER_MINUTE,
    }
    return render(request, "website/api_docs.html", context)
