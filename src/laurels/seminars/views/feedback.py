"""How a seminar was: the guest's private form behind the link of the thank-you letter."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.db import Error as DatabaseError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from laurels.foundation import clock
from laurels.seminars import actions, rules
from laurels.seminars.forms.feedback import FeedbackForm
from laurels.seminars.forms.guests import is_from_elsewhere
from laurels.seminars.models import Registration
from laurels.seminars.refusals import FromElsewhere, NotStored, Refusal

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)


@csrf_exempt  # the token is the secret, and no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """Take what a guest says of a seminar, or show it for changing; nothing typed is lost."""
    registration = get_object_or_404(
        Registration.objects.with_all().select_related("feedback"),
        registrant__token=token,
        seminar__number=number,
    )
    if request.method != "POST":
        return _show(request, registration, FeedbackForm(initial=_said(registration)))
    form = FeedbackForm(request.POST)
    try:
        if is_from_elsewhere(request):
            raise FromElsewhere
        if not form.is_valid():
            return _show(request, registration, form, status=422)
        actions.give_feedback(
            registration=registration,
            **form.cleaned_data,
            award_now=clock.award_now(registration.seminar.edition.clock_name),
        )
    except Refusal as refusal:
        return _show(request, registration, form, problem=refusal, status=refusal.status)
    except DatabaseError:
        logger.exception("Feedback was not stored.")
        return _show(request, registration, form, problem=NotStored(), status=NotStored.status)
    here = reverse("seminars:feedback", args=[token, number])
    return HttpResponseRedirect(f"{here}?saved=1")


def _said(registration: Registration) -> dict[str, Any]:
    said = getattr(registration, "feedback", None)
    return {"grade": said.grade, "keep": said.keep, "better": said.better} if said else {}


def _show(
    request: HttpRequest,
    registration: Registration,
    form: FeedbackForm,
    *,
    problem: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    seminar = registration.seminar
    award_now = clock.award_now(seminar.edition.clock_name)
    context = {
        "registration": registration,
        "seminar": seminar,
        "form": form,
        "problem": problem.sentence if problem else "",
        "hindrance": rules.feedback_hindrance(registration, award_now),
        "closes_at": rules.feedback_closes_at(seminar),
        "longest": rules.LONGEST_FEEDBACK,
    }
    page = render(request, "seminars/feedback.html", context, status=status)
    page["X-Robots-Tag"] = "noindex"
    return page
