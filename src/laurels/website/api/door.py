"""The one door of the API: reads for everybody, a limit, validators, refusals in one form."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.crypto import salted_hmac
from django.utils.http import parse_http_date_safe

from laurels.foundation import clock, rate_limits
from laurels.foundation.clients import client_of
from laurels.foundation.models import RateCount
from laurels.website.api.refusals import of_status

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http.response import HttpResponseBase

    Answer = Callable[[HttpRequest], HttpResponseBase]

PREFIX = "/api/"
READS_PER_MINUTE = 600
PERIOD = timedelta(minutes=1)
SECONDS = 60  # for which an answer may be kept
METHODS = "GET, HEAD, OPTIONS"
OK, NO_CONTENT, REFUSED, NOT_FOUND, TOO_MANY = 200, 204, 400, 404, 429


def api_door(answer: Answer) -> Answer:
    """Stand before everything of the API; the rest of the site is answered untouched."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(f"{PREFIX}v"):
            return answer(request)
        if request.method == "OPTIONS":
            response: HttpResponse = HttpResponse(status=NO_CONTENT, headers={"Allow": METHODS})
        else:
            response = _limited(request, answer)
        return _open(response)

    return middleware


def _limited(request: HttpRequest, answer: Answer) -> HttpResponse:
    try:
        # The key is no address: it tells nobody who has read.
        client = salted_hmac("laurels.website.api", client_of(request)).hexdigest()
        rate_limits.count(
            RateCount,
            name="api",
            key=client,
            limit=READS_PER_MINUTE,
            period=PERIOD,
            now=clock.now(),
        )
    except rate_limits.LimitReached as reached:
        wait = max(1, int((reached.resets_at - clock.now()).total_seconds()) + 1)
        response = _refusal(TOO_MANY)
        response["Retry-After"] = str(wait)
        return response
    return _validated(request, _in_one_form(answer(request)))


def _in_one_form(response: HttpResponseBase) -> HttpResponse:
    """Return the answer; for a page of words that says no, the same as JSON."""
    assert isinstance(response, HttpResponse)  # noqa: S101 -- nothing here is streamed
    is_json = response.get("Content-Type", "").startswith("application/json")
    if is_json or (response.status_code < REFUSED and "Location" not in response):
        return response
    # The site would add a slash to what it does not know; here nothing has one.
    is_elsewhere = response.status_code < REFUSED and "Location" in response
    refusal = _refusal(NOT_FOUND if is_elsewhere else response.status_code)
    if "Allow" in response:
        refusal["Allow"] = METHODS
    return refusal


def _refusal(status: int) -> HttpResponse:
    return JsonResponse(of_status(status).model_dump(exclude_none=True), status=status)


def _validated(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give validators, and 304 where the reader has the same already (RFC 9110, section 13)."""
    if response.status_code != OK:
        patch_cache_control(response, no_store=True)
        return response
    patch_cache_control(response, public=True, max_age=SECONDS)
    set_response_etag(response)
    modified = parse_http_date_safe(response.get("Last-Modified", ""))
    kept = get_conditional_response(
        request, etag=response["ETag"], last_modified=modified, response=response
    )
    return kept or response


def _open(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
    response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link, Retry-After"
    response["Access-Control-Max-Age"] = "86400"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["RateLimit-Policy"] = f'"reads";q={READS_PER_MINUTE};w={int(PERIOD.total_seconds())}'
    return response
