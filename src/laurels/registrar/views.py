"""The three questions of the voter's browser. JSON in, JSON out; no cookie is read or set."""

from __future__ import annotations

import base64
import logging
from datetime import UTC
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.db import Error as DatabaseError
from django.http import JsonResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from laurels.foundation import clock
from laurels.foundation.clients import client_of, network_of
from laurels.registrar import actions, forms, rules
from laurels.registrar.models import RegistrarElection
from laurels.registrar.refusals import (
    Refusal,
    RegistrarUnavailable,
    RequestNotPosted,
    TooManyCodes,
    UnknownElection,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    Question = Callable[[HttpRequest, RegistrarElection, dict[str, Any]], dict[str, Any]]

log = logging.getLogger(__name__)


def _answers(**members: type) -> Callable[[Question], Callable[..., HttpResponse]]:
    """Make a view of a question about one election, whose body has these members."""

    def decorate(question: Question) -> Callable[..., HttpResponse]:
        @csrf_exempt  # no cookie is used, and `refuse_other_sites` reads the Origin
        @never_cache
        @wraps(question)
        def view(request: HttpRequest, slug: str) -> HttpResponse:
            language = translation.get_language()
            try:
                read = _read(request, members)
                language = forms.language_of(read)
                with translation.override(language):
                    return JsonResponse(question(request, _election(slug), read))
            except Refusal as refusal:
                return _refuse(refusal, language)
            except DatabaseError as error:
                log.warning("The registrar lost its database: %s", type(error).__name__)
                return _refuse(RegistrarUnavailable(), language)

        return view

    return decorate


@_answers(address=str)
def ask_for_code(
    request: HttpRequest, election: RegistrarElection, read: dict[str, Any]
) -> dict[str, Any]:
    award_now = clock.award_now(election.clock_name)
    rules.refuse_outside_the_window(election, award_now)
    address = rules.read_address(read["address"])
    forms.look_up_domain(address.domain)
    asked = actions.ask_for_code(
        election=election,
        address=address,
        language=forms.language_of(read),
        network=network_of(client_of(request)),
        now=clock.now(),
        award_now=award_now,
    )
    expires_at = asked.expires_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"request": asked.request, "expires_at": expires_at, "address": address.delivery}


@_answers(request=str, code=str)
def confirm_code(
    request: HttpRequest, election: RegistrarElection, read: dict[str, Any]
) -> dict[str, Any]:
    confirmed = actions.confirm_code(
        election=election,
        request=forms.read_secret(read["request"]),
        code=read["code"],
        network=network_of(client_of(request)),
        now=clock.now(),
        award_now=clock.award_now(election.clock_name),
    )
    ticket = confirmed.ticket
    return {
        "voter": confirmed.voter,
        "tag": bytes(ticket.mailbox.tag).hex(),
        "serial": ticket.serial,
        "grade": ticket.grade,
        "evc": bytes(ticket.evc).hex(),
        "replaces": confirmed.replaces,
    }


@_answers(voter=str, serial=int, ciphertext_hash=str)
def sign_ticket(
    _request: HttpRequest, election: RegistrarElection, read: dict[str, Any]
) -> dict[str, Any]:
    ticket = actions.sign_ticket_of_voter(
        election=election,
        voter=forms.read_secret(read["voter"]),
        serial=read["serial"],
        ciphertext_hash=forms.read_hash(read["ciphertext_hash"]),
        now=clock.now(),
        award_now=clock.award_now(election.clock_name),
    )
    return {"sig": base64.b64encode(bytes(ticket.signature or b"")).decode()}


def _read(request: HttpRequest, members: dict[str, type]) -> dict[str, Any]:
    if request.method != "POST":
        raise RequestNotPosted
    forms.refuse_other_sites(request)
    return forms.read_members(request, members)


def _election(slug: str) -> RegistrarElection:
    election = RegistrarElection.objects.filter(slug=slug).first()
    if election is None:
        raise UnknownElection
    return election


def _refuse(refusal: Refusal, language: str | None) -> JsonResponse:
    with translation.override(language):
        sentence = str(refusal.sentence)
    error = {"code": refusal.code, "sentence": sentence, **refusal.details}
    response = JsonResponse({"error": error}, status=refusal.status)
    if isinstance(refusal, TooManyCodes):
        response["Retry-After"] = str(refusal.details["retry_after"])
    if isinstance(refusal, RequestNotPosted):
        response["Allow"] = "POST"
    return response
