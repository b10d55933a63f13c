"""The API put together: `/api/v1/` and its description at `/api/v1/openapi.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError

from laurels.website.api.addresses import api_url, site_url
from laurels.website.api.endpoints import award, focus, initiatives, places
from laurels.website.api.refusals import Refused, not_found, not_readable

if TYPE_CHECKING:
    from django.http import HttpResponse

DESCRIPTION = (
    "The public record of the award, read-only and for everybody, without a key. Instants are "
    "ISO 8601 in UTC, each with the host's zone beside it. What is null is not recorded. Nothing "
    "tells an outcome before its edition is revealed."
)

api = NinjaAPI(
    title="Laurels",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    urls_namespace="api",
    openapi_extra={"info": {"license": {"name": "CC BY 4.0 where a text says no other"}}},
)
for part in (initiatives, places, award, focus):
    api.add_router("", part.router)


class Start(Schema):
    """Where everything begins."""

    title: str
    docs: str
    openapi: str
    lists: dict[str, str]


@api.get("/", response=Start, url_name="start", tags=["start"])
def start(request: HttpRequest) -> Start:  # noqa: ARG001 -- ninja gives it
    """What there is, by address."""
    lists = (
        "initiatives", "cities", "themes", "urban_agenda_tags", "goals", "editions", "seminars",
        "partners", "articles",
    )  # fmt: skip
    return Start(
        title=settings.WAGTAIL_SITE_NAME,
        docs=site_url("/api/"),
        openapi=api_url("openapi-json"),
        lists={name: api_url(name) for name in lists},
    )


@api.exception_handler(Refused)
def _refuse(request: HttpRequest, refused: Refused) -> HttpResponse:
    said = refused.refusal.model_dump(exclude_none=True)
    return api.create_response(request, said, status=refused.status)


@api.exception_handler(Http404)
def _refuse_unknown(request: HttpRequest, _error: Http404) -> HttpResponse:
    return _refuse(request, not_found())


@api.exception_handler(ValidationError)
def _refuse_unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first: dict[str, Any] = error.errors[0]
    field = str(first["loc"][-1]) if first.get("loc") else None
    said = str(first.get("msg", "")).rstrip(".")
    return _refuse(request, not_readable(field, said))
