"""The live room: a player on one side, questions on the other; and what guests send."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from csp.decorators import csp_update
from django.conf import settings
from django.db import Error as DatabaseError
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from laurels.foundation import clock
from laurels.foundation.ids import fingerprint, new_secret
from laurels.seminars import actions, rules
from laurels.seminars.enums import QuestionState, RejectionReason
from laurels.seminars.forms.guests import guest_of, is_from_elsewhere, me_of, wants_json
from laurels.seminars.forms.questions import AskForm
from laurels.seminars.models import Question, Room, Seminar, Vote
from laurels.seminars.refusals import (
    FromElsewhere,
    NoMoreQuestions,
    NotStored,
    ProofWanted,
    Refusal,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.http import HttpRequest

    from laurels.library.models import InitiativePage

logger = logging.getLogger(__name__)

ID = re.compile(r"[0-9]{1,18}")
ORDERS = ("wanted", "newest", "answered")
MOST_AT_ONCE = 60


@require_safe
@never_cache
def room(request: HttpRequest, year: int, number: int) -> HttpResponse:
    seminar = _seminar(year, number)
    return _show(request, seminar, AskForm(seminar=seminar))


@require_safe
@never_cache
def stage(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """One question in big type, for the speaker."""
    seminar = _seminar(year, number)
    kept = Room.objects.filter(seminar=seminar).select_related("on_screen__initiative__city")
    found = kept.first()
    room_url = settings.SITE_URL + reverse("seminars:room", args=[year, number])
    context = {
        "seminar": seminar,
        "room_url": room_url,
        "room_address": room_url.partition("://")[2],
        "question": found.on_screen if found else None,
        "last_number": found.last_number if found else 0,
        "cities": _cities(seminar),
    }
    return render(request, "seminars/stage.html", context)


@csrf_exempt  # no cookie is read: what another site's page could send, anybody could
@require_POST
@never_cache
def ask_question(request: HttpRequest, year: int, number: int) -> HttpResponse:
    seminar = _seminar(year, number)
    form = AskForm(request.POST, seminar=seminar)
    try:
        _ask(request, seminar, form)
    except Refusal as refusal:
        return _refuse(request, seminar, form, refusal)
    except DatabaseError:
        logger.exception("A question was not stored.")
        return _refuse(request, seminar, form, NotStored())
    if wants_json(request):
        return JsonResponse({"sentence": _received()}, status=201)
    return _back(request, seminar, sent=1)


def _ask(request: HttpRequest, seminar: Seminar, form: AskForm) -> None:
    award_now = clock.award_now(seminar.edition.clock_name)
    if is_from_elsewhere(request):
        raise FromElsewhere
    if not rules.takes_questions(seminar, award_now):
        raise NoMoreQuestions
    if not form.is_valid():
        raise Refusal(" ".join(str(each) for errors in form.errors.values() for each in errors))
    actions.ask_question(
        seminar=seminar,
        guest=guest_of(request),
        asked=form.asked,
        proof=request.POST.get("proof", ""),
        now=clock.now(),
        award_now=award_now,
    )


@csrf_exempt
@require_POST
@never_cache
def vote_for_question(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """`question` is the id; with a minus before it, the vote is taken back."""
    seminar = _seminar(year, number)
    form = AskForm(seminar=seminar)
    typed = request.POST.get("question", "")
    pk = typed.removeprefix("-")
    try:
        if is_from_elsewhere(request) or not ID.fullmatch(pk):
            raise FromElsewhere
        count = actions.vote_for_question(
            question_id=int(pk),
            guest=guest_of(request),
            wanted=typed == pk,
            now=clock.now(),
        )
    except Refusal as refusal:
        return _refuse(request, seminar, form, refusal)
    if wants_json(request):
        return JsonResponse({"votes": count})
    return _back(request, seminar, anchor=f"question-{pk}")


def _seminar(year: int, number: int) -> Seminar:
    return get_object_or_404(Seminar.objects.with_cities(), edition__year=year, number=number)


def _show(
    request: HttpRequest, seminar: Seminar, form: AskForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    now = clock.award_now(seminar.edition.clock_name)
    seminar.state = rules.state(seminar, now)
    order = request.GET.get("order", "")
    order = order if order in ORDERS else "wanted"
    context = {
        "seminar": seminar,
        "form": form,
        "problem": problem,
        "order": order,
        "orders": [
            ("wanted", _("Most wanted")),
            ("newest", _("Newest")),
            ("answered", _("Answered")),
        ],
        "takes_questions": rules.takes_questions(seminar, now),
        "sent": _received() if "sent" in request.GET else "",
        **_questions(request, seminar, order),
        **_player(request, seminar, now),
    }
    answer = render(request, "seminars/room.html", context, status=status)
    if not context["frame_url"]:
        return answer
    allow = csp_update({"frame-src": [rules.frame_origin(seminar.embed_url)]})
    allowed: Any = allow(lambda _request: answer)(request)
    return allowed


def _questions(request: HttpRequest, seminar: Seminar, order: str) -> dict[str, Any]:
    me = me_of(request)
    key = fingerprint(me) if me else b""
    kept = Room.objects.filter(seminar=seminar).first()
    shown = list(Question.objects.for_the_room(seminar).with_answers())
    mine = set(
        Vote.objects.filter(voter=key, question__in=shown).values_list("question", flat=True)
    )
    for question in shown:
        question.is_wanted = question.pk in mine  # type: ignore[attr-defined]
        question.minute_address = _minute(seminar, question)  # type: ignore[attr-defined]
    is_answered = order == "answered"
    listed = [each for each in shown if (each.state == QuestionState.ANSWERED) == is_answered]
    if order == "newest":
        listed.sort(key=lambda each: (each.asked_at, each.pk), reverse=True)
    labels = dict(RejectionReason.choices)
    rejected = Question.objects.of(seminar).rejected_by_reason()
    return {
        "me": me or new_secret(),
        "is_known": bool(me),
        "last_number": kept.last_number if kept else 0,
        "kept": kept,
        "questions": listed if "all" in request.GET else listed[:MOST_AT_ONCE],
        "more_count": 0 if "all" in request.GET else max(0, len(listed) - MOST_AT_ONCE),
        "answered_count": sum(each.state == QuestionState.ANSWERED for each in shown),
        "own": Question.objects.by(key, seminar) if me else [],
        "reasons": RejectionReason.labels,
        "rejected": [(labels[reason], count) for reason, count in rejected],
        "rejected_count": sum(count for _reason, count in rejected),
        "cities": _cities(seminar, shown),
    }


def _minute(seminar: Seminar, question: Question) -> str:
    """Return where the recording answers a question; "" where none does."""
    if not seminar.recording_url or question.answered_second is None:
        return ""
    return rules.recording_at(seminar.recording_url, question.answered_second)


def _player(request: HttpRequest, seminar: Seminar, now: datetime) -> dict[str, Any]:
    """Give the frame while the seminar is live, or when somebody asks for it."""
    is_live = seminar.starts_at <= now < seminar.ends_at and seminar.cancelled_at is None
    may_frame = bool(rules.frame_origin(seminar.embed_url))
    chapters = seminar.chapters.select_related("initiative__city")
    return {
        "is_live": is_live,
        "frame_url": seminar.embed_url if may_frame and (is_live or "play" in request.GET) else "",
        "may_frame": may_frame,
        "chapters": [
            (each.initiative, rules.recording_at(seminar.recording_url, each.second), each.second)
            for each in chapters
        ]
        if seminar.recording_url
        else [],
    }


def _cities(seminar: Seminar, shown: Iterable[Question] = ()) -> list[InitiativePage]:
    """Return those that present, and those that left the programme but are named in a question."""
    presenting = [each.initiative for each in seminar.presentations.all()]
    asked = [each.initiative for each in shown if each.initiative]
    answering = [answer.initiative for each in shown for answer in each.answers.all()]
    return list(dict.fromkeys([*presenting, *asked, *answering]))


def _received() -> str:
    return _("Sent. A moderator reads it first; then all see it here.")


def _back(
    request: HttpRequest, seminar: Seminar, *, anchor: str = "questions", **more: int
) -> HttpResponse:
    """Return to the room; without a script the address carries who one is."""
    address = reverse("seminars:room", args=[seminar.edition.year, seminar.number])
    me = me_of(request)
    said: dict[str, str | int] = {"me": me} if me else {}
    query = urlencode({**said, **more})
    return HttpResponseRedirect(f"{address}?{query}#{anchor}")


def _refuse(
    request: HttpRequest, seminar: Seminar, form: AskForm, refusal: Refusal
) -> HttpResponse:
    """Say why; the page comes back with what was typed, a script may work for its question."""
    sentence = str(refusal.sentence)
    if not wants_json(request):
        return _show(request, seminar, form, problem=sentence, status=refusal.status)
    proof = (
        {"proof": actions.set_proof(now=clock.now())} if isinstance(refusal, ProofWanted) else {}
    )
    return JsonResponse({"sentence": sentence, **proof}, status=refusal.status)
