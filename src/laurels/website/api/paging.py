"""Pages of a list: a number, a size, and links to the next and the one before."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _
from ninja import Query, Schema
from pydantic import Field

from laurels.website.api.refusals import Refusal, Refused

if TYPE_CHECKING:
    from django.http import HttpRequest

LARGEST = 100
FURTHEST = 100_000
USUAL = 30


class Paging(Schema):
    """Which page: `page` from 1 on, `per_page` up to 100."""

    page: Annotated[int, Field(ge=1, le=FURTHEST)] = 1
    per_page: Annotated[int, Field(ge=1, le=LARGEST)] = USUAL


PagingQuery = Annotated[Paging, Query()]


class Listed(Schema):
    """`count` of all, and this page of them; `next` and `previous` are null at the ends."""

    count: int
    pages: int
    next: str | None
    previous: str | None


def places(request: HttpRequest, paging: Paging, count: int) -> dict[str, Any]:
    """Return the fields of `Listed`; refuse a page beyond the last."""
    pages = max(1, math.ceil(count / paging.per_page))
    if paging.page > pages:
        message = _("There are %(pages)d pages of this list.") % {"pages": pages}
        raise Refused(404, Refusal(code="no_such_page", message=message, field="page"))
    return {
        "count": count,
        "pages": pages,
        "next": _address(request, paging.page + 1) if paging.page < pages else None,
        "previous": _address(request, paging.page - 1) if paging.page > 1 else None,
    }


def cut(rows: Any, paging: Paging) -> Any:
    """Return the rows of this page."""
    first = (paging.page - 1) * paging.per_page
    return rows[first : first + paging.per_page]


def _address(request: HttpRequest, page: int) -> str:
    asked = [(name, value) for name, values in request.GET.lists() for value in values]
    asked = [pair for pair in asked if pair[0] != "page"]
    return f"{settings.SITE_URL}{request.path}?{urlencode([*asked, ('page', page)])}"
