"""A city with all that it did; an address of a former name leads here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from laurels.library.models import City, InitiativePage

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

HOUR = 3600


@require_safe
def city(request: HttpRequest, slug: str) -> HttpResponse:
    found = City.objects.at(slug)
    cases = InitiativePage.objects.for_the_library().from_city(found) if found else []
    if found is None or not cases:
        raise Http404(_("No city of the library has this address."))
    if found.slug != slug:
        moved = redirect("library:city", slug=found.slug, permanent=True)
        # A name may be taken back: no browser may keep this for ever.
        patch_cache_control(moved, public=True, max_age=HOUR)
        return moved
    return render(request, "library/city.html", {"city": found, "initiatives": cases})
