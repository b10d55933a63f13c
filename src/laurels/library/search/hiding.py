"""Initiatives that only some people may read: they are indexed and found by nobody.

A restriction may be newer than the index and holds at once, so that nothing of this is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q
from wagtail.models import PageViewRestriction

if TYPE_CHECKING:
    from collections.abc import Iterable


def hidden_pks() -> list[int]:
    """Return the keys of initiatives under a restriction."""
    return hidden_under(PageViewRestriction.objects.values_list("page__path", flat=True))


def hidden_under(paths: Iterable[str]) -> list[int]:
    """Return the keys of initiatives under restricted paths; without any, nobody is asked."""
    if not paths:
        return []
    under = Q()
    for path in paths:
        under |= Q(path__startswith=path)
    initiatives: Any = apps.get_model("library", "InitiativePage").objects
    return sorted(initiatives.filter(under).values_list("pk", flat=True))
