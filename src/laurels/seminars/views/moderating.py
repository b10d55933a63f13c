"""The moderator's desk: four columns of questions, one key a deed, and notes with the cities."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseError
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from laurels.foundation import clock
from laurels.seminars import actions, rules
from laurels.seminars.enums import QuestionState, RejectionReason
from laurels.seminars.forms.guests import wants_json
from laurels.seminars.forms.moderating import (
    DeedForm,
    EditForm,
    HideForm,
    InvitationForm,
    MergeForm,
    NoteForm,
)
from laurels.seminars.models import CityContact, Headcount, Question, Room, Seminar
from laurels.seminars.refusals import NotStored, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from laurels.accounts.models import Person

    Desk = Callable[[HttpRequest, Seminar], HttpResponse]

Form = TypeVar("Form", bound=forms.Form)
# A question's version makes each deed one of its own. What is before the speaker has no version:
# bringing it there twice changes nothing.
SAME_DEED, NEVER = timedelta(hours=1), timedelta()
REPEATED = frozenset({"screen", "clear"})
COLUMNS = (
    QuestionState.PENDING,
    QuestionState.LIVE,
    QuestionState.ANSWERED,
    QuestionState.HIDDEN,
)
DEEDS: dict[str, tuple[type[DeedForm], Callable[..., Any]]] = {
    "show": (DeedForm, actions.show_question),
    "take-down": (DeedForm, actions.take_down_question),
    "screen": (DeedForm, actions.put_on_screen),
    "answered": (DeedForm, actions.answer_question),
    "hide": (HideForm, actions.hide_question),
    "merge": (MergeForm, actions.merge_questions),
    "edit": (EditForm, actions.edit_question),
    "block": (DeedForm, actions.block_asker),
}


def at_the_desk(view: Desk) -> Callable[..., HttpResponse]:
    """Let moderators of this seminar in, and whoever runs all of them."""

    @login_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, year: int, number: int) -> HttpResponse:
        found = Seminar.objects.with_cities()
        seminar = get_object_or_404(found, edition__year=year, number=number)
        is_moderator = seminar.moderators.filter(pk=request.user.pk).exists()
        if not rules.may_moderate(_person(request), is_moderator=is_moderator):
            raise PermissionDenied
        return view(request, seminar)

    return guarded


@require_safe
@login_required
@never_cache
def desks(request: HttpRequest) -> HttpResponse:
    """Where whoever moderates arrives after sign-in: the own seminars, what is not over first."""
    person = _person(request)
    found = Seminar.objects.with_cities()
    if not person.has_perm(rules.RUN_SEMINARS):
        found = found.filter(moderators=person)
    nows = clock.award_nows({seminar.edition.clock_name for seminar in found})
    for seminar in found:
        seminar.state = rules.state(seminar, nows[seminar.edition.clock_name])
    listed = sorted(found, key=lambda each: each.starts_at)
    context = {
        "person": person,
        "ahead": [each for each in listed if each.state not in rules.PAST],
        "past": [each for each in reversed(listed) if each.state in rules.PAST],
    }
    return render(request, "seminars/desks.html", context)


@require_safe
@at_the_desk
def desk(request: HttpRequest, seminar: Seminar) -> HttpResponse:
    """The whole page; with `columns` in the address, what its script puts in place."""
    part = "seminars/parts/columns.html" if "columns" in request.GET else "seminars/desk.html"
    return render(request, part, _context(seminar))


@require_POST
@at_the_desk
def moderate_question(request: HttpRequest, seminar: Seminar) -> HttpResponse:
    within = NEVER if request.POST.get("deed") in REPEATED else SAME_DEED
    return _answer(request, seminar, partial(_moderate, request, seminar), within=within)


@require_POST
@at_the_desk
def invite_city(request: HttpRequest, seminar: Seminar) -> HttpResponse:
    def invite() -> None:
        form = _valid(InvitationForm(request.POST, seminar=seminar))
        read = form.cleaned_data
        actions.invite_city(
            seminar=seminar,
            initiative=form.initiatives[read["city"]],
            address=read["address"],
            language=read["language"],
            person_name=str(_person(request)),
            now=clock.now(),
        )

    return _answer(request, seminar, invite)


@require_POST
@at_the_desk
def write_note(request: HttpRequest, seminar: Seminar) -> HttpResponse:
    def write() -> None:
        contacts = CityContact.objects.filter(seminar=seminar)
        contact = get_object_or_404(contacts, pk=request.POST.get("contact") or 0)
        actions.write_note(
            contact=contact,
            text=_valid(NoteForm(request.POST)).cleaned_data["text"],
            author=str(_person(request)),
            is_from_city=False,
            now=clock.now(),
        )

    return _answer(request, seminar, write)


def _moderate(request: HttpRequest, seminar: Seminar) -> None:
    deed, person_name, now = request.POST.get("deed", ""), str(_person(request)), clock.now()
    if deed == "clear":
        actions.clear_screen(seminar=seminar, person_name=person_name, now=now)
        return
    if deed not in DEEDS:
        raise Refusal(_("Not saved: use the buttons of the desk."))
    form_class, action = DEEDS[deed]
    read = dict(_valid(form_class(request.POST)).cleaned_data)
    if deed == "answered":
        read["award_now"] = clock.award_now(seminar.edition.clock_name)
    action(
        seminar=seminar,
        question_id=read.pop("question"),
        person_name=person_name,
        now=now,
        **read,
    )


def _answer(
    request: HttpRequest,
    seminar: Seminar,
    deed: Callable[[], None],
    *,
    within: timedelta = rules.MINUTE,
) -> HttpResponse:
    """Do a deed; a script is told by JSON, a form by the desk with a sentence on top.

    The same form of the same person is one deed, since its first answer may have been lost.
    """
    try:
        actions.do_once(key=_same(request), deed=deed, within=within, now=clock.now())
    except Refusal as refusal:
        return _refuse(request, seminar, refusal)
    except DatabaseError:
        return _refuse(request, seminar, NotStored())
    if wants_json(request):
        return JsonResponse({"sentence": ""})
    edition = seminar.edition
    return HttpResponseRedirect(reverse("seminars:desk", args=[edition.year, seminar.number]))


def _same(request: HttpRequest) -> str:
    """Return what only a form that is sent once more has in common with the first one."""
    typed = sorted(
        (name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"
    )
    said = json.dumps([request.path, _person(request).pk, typed])
    return salted_hmac("laurels.seminars.deed", said, algorithm="sha256").hexdigest()


def _refuse(request: HttpRequest, seminar: Seminar, refusal: Refusal) -> HttpResponse:
    sentence = str(refusal.sentence)
    if wants_json(request):
        return JsonResponse({"sentence": sentence}, status=refusal.status)
    context = {
        **_context(seminar),
        "problem": sentence,
        "typed": request.POST.get("text", ""),
    }
    return render(request, "seminars/desk.html", context, status=refusal.status)


def _valid(form: Form) -> Form:
    if not form.is_valid():
        raise Refusal(" ".join(str(each) for errors in form.errors.values() for each in errors))
    return form


def _context(seminar: Seminar) -> dict[str, Any]:
    now = clock.award_now(seminar.edition.clock_name)
    seminar.state = rules.state(seminar, now)
    questions = list(Question.objects.for_the_desk(seminar))
    room = Room.objects.filter(seminar=seminar).first()
    return {
        "seminar": seminar,
        "answers_due_at": rules.answers_due_at(seminar),
        "columns": [
            (state, [each for each in questions if each.state == state]) for state in COLUMNS
        ],
        "reasons": RejectionReason.choices,
        "mergeable": [each for each in questions if each.state != QuestionState.HIDDEN],
        "presenting": [each.initiative_id for each in seminar.presentations.all()],
        "people_now": Headcount.objects.now_in(seminar, now),
        "on_screen": room.on_screen_id if room else None,
        "last_number": room.last_number if room else 0,
        # Asked for by the whole page alone, not each time that its columns are refreshed.
        "cities": partial(_cities, seminar),
        "next_city": partial(_next_city, seminar),
        "invitation": InvitationForm(seminar=seminar),
        "rejected": Question.objects.of(seminar).rejected_by_reason(),
    }


def _cities(seminar: Seminar) -> list[dict[str, Any]]:
    """Return each city's initiative, its contact or None, and how many questions wait for it."""
    contacts = CityContact.objects.filter(seminar=seminar).select_related("initiative__city")
    found = {each.initiative: each for each in contacts.prefetch_related("notes")}
    presenting = [each.initiative for each in seminar.presentations.all()]
    return [
        {
            "initiative": initiative,
            "contact": found.get(initiative),
            "is_presenting": initiative in presenting,
            "open_count": Question.objects.for_the_city(seminar, initiative.pk)
            .unanswered_by(initiative.pk)
            .count(),
        }
        for initiative in dict.fromkeys([*presenting, *found])
    ]


def _next_city(seminar: Seminar) -> int | None:
    """Return the first in the programme that has no private link yet."""
    asked = set(CityContact.objects.filter(seminar=seminar).values_list("initiative", flat=True))
    presenting = (each.initiative_id for each in seminar.presentations.all())
    return next((each for each in presenting if each not in asked), None)


def _person(request: HttpRequest) -> Person:
    person: Any = request.user
    return person
