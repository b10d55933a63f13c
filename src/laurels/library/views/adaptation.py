"""Another city says that it adapted an initiative; the first one confirms it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from laurels.foundation import clock
from laurels.foundation.clients import client_of, network_of
from laurels.library import actions, forms
from laurels.library.models import Adaptation
from laurels.library.refusals import Refusal
from laurels.library.views.case import case_or_404, rejected

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from laurels.library.models import InitiativePage

TOO_MANY = 429
FIRST_CITY = "the first city, by its private link"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def adaptation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form "We adapted this", or keep what was typed and ask the first city."""
    initiative, now = case_or_404(slug), clock.now()
    form = forms.AdaptationForm(request.POST or None, initiative=initiative, this_year=now.year)
    context = {"initiative": initiative, "form": form}
    if request.method != "POST":
        return render(request, "library/adaptation.html", context)
    if form.is_trapped:
        return redirect("library:adaptation_told", slug=slug)
    if not form.is_valid():
        return rejected(request, "library/adaptation.html", context)
    try:
        _tell(request, initiative, form)
    except Refusal as refusal:
        form.add_error(None, str(refusal.sentence))
        return rejected(request, "library/adaptation.html", context, status=TOO_MANY)
    return redirect("library:adaptation_told", slug=slug)


def _tell(request: HttpRequest, initiative: InitiativePage, form: forms.AdaptationForm) -> None:
    typed = form.cleaned_data
    actions.tell_adaptation(
        initiative=initiative,
        adopted=actions.Adopted(**{name: typed[name] for name in actions.Adopted._fields}),
        told_by=typed["told_by"],
        told_from=typed["told_from"],
        network=network_of(client_of(request)),
        now=clock.now(),
    )


@require_safe
def adaptation_told(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "library/adaptation_told.html", {"initiative": case_or_404(slug)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_adaptation(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask the first city whether it is so; both answers are final and shown on the same page."""
    told = Adaptation.objects.confirmed_by_link(secret)
    if told is None:
        raise Http404(_("This private link is not good, or no longer."))
    if request.method == "POST":
        try:
            actions.decide_adaptation(
                adaptation=told,
                is_shown=request.POST.get("answer") == "yes",
                person_name=FIRST_CITY,
                now=clock.now(),
            )
        except Refusal as refusal:
            messages.error(request, str(refusal.sentence))
        return redirect("library:confirm_adaptation", secret=secret)
    context = {"told": told, "initiative": told.initiative}
    return render(request, "library/confirm_adaptation.html", context)
