"""The pages of a vote. No request to them ever holds a pick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from laurels.ballotbox import orders, pictures, receipts, rules
from laurels.ballotbox.forms import ReceiptForm
from laurels.ballotbox.models import Election
from laurels.design import hours_picture, instants
from laurels.foundation import clock, languages

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from laurels.ballotbox.models import Candidate

ORDER_COOKIE = "laurels_ballot_order"
ORDER_COOKIE_AGE = 120 * 24 * 60 * 60  # longer than any vote, shorter than an edition


@require_safe
def vote(_request: HttpRequest) -> HttpResponse:
    """Send the visitor to the vote under way, or else to the one that opened last."""
    elections = list(Election.objects.for_the_public())
    if not elections:
        raise Http404(gettext("No vote has been announced yet."))
    under_way = (each for each in elections if each.is_under_way(clock.award_now(each.clock_name)))
    election = next(under_way, elections[0])
    return redirect("ballotbox:ballot", election.slug)


@require_safe
@cache_control(private=True, max_age=0)
def ballot(request: HttpRequest, slug: str) -> HttpResponse:
    election = _published(slug)
    now = clock.award_now(election.clock_name)
    candidates = list(election.candidates.select_related("initiative__city", "initiative__edition"))
    languages.lay_over([each.initiative for each in candidates if each.initiative])
    number = _order_number(request, len(candidates))
    context = {
        **_shared(election),
        "state": rules.paper_state(election, now),
        "picture": pictures.vote_address(election, now),
        "may_change": rules.may_change(election.closing_at, now),
        "changes_end_at": election.closing_at - rules.CHANGES_END_BEFORE_CLOSE,
        "is_before_ceremony": now < election.ceremony_at,
        "candidates": _listed(candidates, number),
        "counts": range(election.max_picks + 1),
    }
    response = render(request, "ballotbox/ballot.html", context)
    response.set_cookie(
        ORDER_COOKIE,
        str(number),
        max_age=ORDER_COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


@require_safe
@cache_control(private=True, max_age=0)
def receipt(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what is known of a receipt: `?n=XXXX-XXXX` in any spelling, or `?leaf=` in hex."""
    election = _published(slug)
    form = ReceiptForm(request.GET or None)
    answers = _answers(election, form)
    context = {
        **_shared(election),
        "form": form,
        "answers": answers or [],
        "is_unknown": answers == [],
        "asked_for": form.data.get("n", "")[:40] or form.data.get("leaf", "")[:64],
    }
    return render(request, "ballotbox/receipt.html", context)


@require_safe
def vote_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw the vote with the hour at which it opens or closes."""
    election = _published(slug)
    text = pictures.of_vote(election, clock.award_now(election.clock_name))
    return hours_picture.picture_answer(text, request.GET.get("v"))


def _answers(election: Election, form: ReceiptForm) -> list[dict[str, object]] | None:
    """What is known of the receipt asked for; None where none was asked for."""
    if not form.is_valid():
        return None
    number, leaf_hash = form.cleaned_data["n"], form.cleaned_data["leaf"]
    if leaf_hash:
        known = receipts.look_up(election, leaf_hash=leaf_hash)
    elif number:
        known = receipts.look_up(election, number=number)
    else:
        return None
    names = dict(election.candidates.values_list("number", "name"))
    return [
        {
            **answer,
            "received_at": rules.time_of(answer["at"]),
            "pick_names": [names[number] for number in answer["picks"] or []],
        }
        for answer in known
    ]


def _published(slug: str) -> Election:
    elections = Election.objects.published().select_related("edition")
    return get_object_or_404(elections, slug=slug)


def _shared(election: Election) -> dict[str, object]:
    zone = election.edition.host_timezone if election.edition else settings.TIME_ZONE
    # Relative where the registrar is on this site: the browser then needs no leave for another.
    registrar = "" if settings.REGISTRAR_URL == settings.SITE_URL else settings.REGISTRAR_URL
    return {
        "election": election,
        "zone": zone,
        "place": gettext(instants.place_of(zone)),
        "box_url": settings.BOX_URL,
        "registrar_url": f"{registrar}/registrar/{election.slug}",
    }


def _order_number(request: HttpRequest, candidate_count: int) -> int:
    """The voter's own order: that of the cookie while it exists, else a new one."""
    kept = request.COOKIES.get(ORDER_COOKIE, "")
    if kept.isascii() and kept.isdecimal() and len(kept) <= 3:  # noqa: PLR2004 -- digits of 1,000
        number = int(kept)
        if number < orders.order_count(candidate_count):
            return number
    return orders.draw_order(candidate_count)


def _listed(candidates: list[Candidate], number: int) -> list[Candidate]:
    return [candidates[place] for place in orders.order(number, len(candidates))]
