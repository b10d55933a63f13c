"""Initiatives that only some people may read: they are indexed and found by nobody."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Q
from wagtail.models import PageViewRestriction


def hidden_pks() -> list[int]:
    """Return the keys of initiatives under a restriction, which may be newer than the index."""
    paths = list(PageViewRestriction.objects.values_list("page__path", flat=True))
    if not paths:
        return []
    under = Q()
    for path in paths:
        under |= Q(path__startswith=path)
    initiatives: Any = apps.get_model("library", "InitiativePage").objects
    return sorted(initiatives.filter(under).values_list("pk", flat=True))
