"""A city's private page: its questions, its answers in writing, notes with the moderators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import Error as DatabaseError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from laurels.foundation import clock
from laurels.seminars import actions, rules
from laurels.seminars.forms.guests import is_from_elsewhere
from laurels.seminars.forms.moderating import AnswerForm, NoteForm
from laurels.seminars.models import CityContact, Question
from laurels.seminars.refusals import FromElsewhere, NotStored, Refusal

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


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
        return _show(request, contact, refusal)
    except DatabaseError:
        return _show(request, contact, NotStored())
    saved = reverse("seminars:city", args=[token])
    return HttpResponseRedirect(f"{saved}?saved=1#{request.POST.get('place', 'main')[:40]}")


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
        answer=read["answer"],
        language=read["language"],
        award_now=clock.award_now(contact.seminar.edition.clock_name),
    )


def _show(
    request: HttpRequest, contact: CityContact, refusal: Refusal | None = None
) -> HttpResponse:
    seminar = contact.seminar
    context: dict[str, Any] = {
        "contact": contact,
        "seminar": seminar,
        "questions": Question.objects.for_the_city(seminar, contact.initiative_id),
        "due_at": rules.answers_due_at(seminar),
        "due_on": rules.answers_due_at(seminar).astimezone(seminar.zone).date(),
        "language": contact.language or get_language(),
        "problem": refusal.sentence if refusal else "",
        # What was typed comes back into its own field.
        "typed": {
            name: request.POST.get(name, "") for name in ("question", "answer", "language", "text")
        },
    }
    return render(request, "seminars/city.html", context, status=refusal.status if refusal else 200)
