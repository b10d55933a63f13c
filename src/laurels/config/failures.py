"""What a visitor sees where a request failed; nothing here asks a database or a session.

Where the database was away or cut off, what was typed comes back with a button that sends it again.
Such a form may have been stored all the same, where only the database's word of it was lost: every
public form takes the same twice as once (`docs/develop.md`), and only those are offered again.
"""

from __future__ import annotations

import secrets
import sys
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import psycopg
from django import db
from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from laurels.config.settings.policy import STAFF_PATHS
from laurels.website.api.refusals import of_status

if TYPE_CHECKING:
    from django.http import HttpRequest

    Fields = list[tuple[str, str]]

AWAY = (db.OperationalError, db.InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
UNREADABLE = (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError)
SHORTEST_WAIT, SPREAD = 5, 6  # seconds
# Who signs in types a secret; the registrar's programs and the desks send no form of a visitor.
NEVER_AGAIN = (*STAFF_PATHS, "/accounts/", "/registrar/", "/api/")
SECRET = "password"  # noqa: S105 -- a field's name
# What forms carry for programs, or offer as a choice: sent again, and not shown.
NOT_TYPED = frozenset(
    {"consent", "contact", "csrfmiddlewaretoken", "deed", "into_id", "me", "place"}
    | {"proof", "resume", "seen", "source", "step", "stop", "website"}
)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer for what went wrong on our side; Django calls it while it handles the exception."""
    with translation.override(_language_of(request)):
        if isinstance(sys.exception(), AWAY):
            return _come_again(request)
        page = render_to_string("500.html")
        return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _language_of(request: HttpRequest) -> str:
    """Return the language that the address names: nobody may have chosen one yet."""
    return translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE


def _come_again(request: HttpRequest) -> HttpResponse:
    # Spread out, so that those who wait do not all come in one second.
    wait = str(SHORTEST_WAIT + secrets.randbelow(SPREAD))
    answer = _for_programs(request) or _page(request)
    answer["Retry-After"] = wait
    answer["Cache-Control"] = "no-store"
    if request.method == "GET":
        answer["Refresh"] = wait
    return answer


def _for_programs(request: HttpRequest) -> HttpResponse | None:
    status = HTTPStatus.SERVICE_UNAVAILABLE
    if request.path_info.startswith("/api/"):
        return JsonResponse(of_status(status).model_dump(exclude_none=True), status=status)
    if "application/json" in request.headers.get("Accept", ""):
        sentence = _("What you wrote was not stored. Send it again in a moment: it is still here.")
        return JsonResponse({"sentence": sentence}, status=status)
    return None


def _page(request: HttpRequest) -> HttpResponse:
    fields = _fields_of(request)
    context: dict[str, Any] = {
        "SITE_URL": settings.SITE_URL,
        "request": request,
        "home_url": reverse("wagtail_serve", args=[""]),
        "address": request.get_full_path(),
        "is_sent": request.method == "POST",
        "fields": fields,
        "typed": [text for name, text in fields if _is_typed(name, text)],
    }
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return HttpResponse(render_to_string("503.html", context), status=status)


def _fields_of(request: HttpRequest) -> Fields:
    """Return what a form sent, in its order; nothing where it must not be sent again by a button.

    That of another site's page is not: a button of ours would make it one of our own.
    """
    is_ours = request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}
    if request.method != "POST" or not is_ours or request.path_info.startswith(NEVER_AGAIN):
        return []
    try:
        if request.FILES or SECRET in request.POST:
            return []
        return [(name, text) for name, texts in request.POST.lists() for text in texts]
    except UNREADABLE:
        return []


def _is_typed(name: str, text: str) -> bool:
    """Return whether a person would look for it: words, not a tick or the number of a row."""
    return name not in NOT_TYPED and any(letter.isalpha() for letter in text)
