from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from laurels.foundation import clock
from laurels.foundation.health import look

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
@never_cache
def health(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when all is well, 503 when something needs a person."""
    verdict = look(now=clock.now())
    return JsonResponse(verdict, status=200 if verdict["ok"] else 503)
