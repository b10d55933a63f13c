"""A city's private page: its questions, its answers in writing, notes with the moderators."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.db import Error as DatabaseError
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from laurels.foundation import clock
from laurels.seminars import actions, rules
from laurels.seminars.forms.guests import is_from_elsewhere, wants_json
from laurels.seminars.forms.languages import own_name, own_names
from laurels.seminars.forms.moderating import AnswerForm, NoteForm
from laurels.seminars.models import CityContact, Question
from laurels.seminars.refusals import FromElsewhere, NotStored, Refusal

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)


@csrf_exempt  # the secret is in the address, and no cookie is read
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def city(request: HttpRequest, token: str) -> HttpResponse:
    found = CityContact.objects.select_related("seminar__edition", "initiative__city")
    contact = get_object_or_404(found, token=token)
    if request.method != "POST":
        return _show(request, contact)
    try:
        if is_from_elsewhere(request):
            raise FromElsewhere
        _take(request, contact)
    except Refusal as refusal:
        return _refuse(request, contact, refusal)
    except DatabaseError:
        logger.exception("What a city wrote was not stored.")
        return _refuse(request, contact, NotStored())
    here = reverse("seminars:city", args=[token])
    saved = f"{here}?saved=1#{request.POST.get('place', 'main')[:40]}"
    return JsonResponse({"address": saved}) if wants_json(request) else HttpResponseRedirect(saved)


def _take(request: HttpRequest, contact: CityContact) -> None:
    form = NoteForm(request.POST) if "text" in request.POST else AnswerForm(request.POST)
    if not form.is_valid():
        raise Refusal(" ".join(str(each) for errors in form.errors.values() for each in errors))
    if isinstance(form, NoteForm):
        actions.write_note(
            contact=contact,
            text=form.cleaned_data["text"],
            author=contact.initiative.city.name,
            is_from_city=True,
            now=clock.now(),
        )
        return
    read = form.cleaned_data
    actions.write_answer(
        contact=contact,
        question_id=read["question"],
        text=read["answer"],
        language=read["language"],
        seen_version=read["seen"],
        award_now=clock.award_now(contact.seminar.edition.clock_name),
    )


def _refuse(request: HttpRequest, contact: CityContact, refusal: Refusal) -> HttpResponse:
    """Say why; a script keeps what was typed in its field, the page comes back with it."""
    if wants_json(request):
        return JsonResponse({"sentence": str(refusal.sentence)}, status=refusal.status)
    return _show(request, contact, refusal)


def _show(
    request: HttpRequest, contact: CityContact, refusal: Refusal | None = None
) -> HttpResponse:
    seminar = contact.seminar
    now = clock.award_now(seminar.edition.clock_name)
    seminar.state = rules.state(seminar, now)
    questions = _questions(contact, request.POST.get("question", ""))
    context: dict[str, Any] = {
        "contact": contact,
        "seminar": seminar,
        "questions": questions,
        "open_count": sum(each.is_open for each in questions),  # type: ignore[attr-defined]
        "due_at": rules.answers_due_at(seminar),
        "is_late": now >= rules.answers_due_at(seminar),
        "language_names": own_names(),
        "language": own_name(contact.language),
        "problem": refusal.sentence if refusal else "",
        # What was typed comes back into its own field.
        "typed": {
            name: request.POST.get(name, "") for name in ("question", "answer", "language", "text")
        },
    }
    return render(request, "seminars/city.html", context, status=refusal.status if refusal else 200)


def _questions(contact: CityContact, typed_for: str) -> list[Question]:
    """Return what a city is asked, each with its `own` answer; those that are open first."""
    asked = Question.objects.for_the_city(contact.seminar, contact.initiative_id)
    questions = list(asked.with_answers())
    for question in questions:
        own = question.answer_of(contact.initiative_id)
        question.own = own  # type: ignore[attr-defined]
        question.is_typed = str(question.pk) == typed_for  # type: ignore[attr-defined]
        question.is_open = own is None and not question.is_answered_live  # type: ignore[attr-defined]
    return sorted(questions, key=lambda each: not each.is_open)  # type: ignore[attr-defined]
