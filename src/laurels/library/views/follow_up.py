"""A city reports what became of its initiative, through its private link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from laurels.foundation import clock
from laurels.library import actions, forms
from laurels.library.models import FollowUpInvitation
from laurels.library.refusals import Refusal
from laurels.library.views.case import case_or_404, rejected

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

GONE = 410


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, slug: str, secret: str) -> HttpResponse:
    """Show the form of a private link, or keep the report until an editor decides."""
    invitation = FollowUpInvitation.objects.opened_by(secret, clock.now())
    if invitation is None or invitation.initiative.slug != slug:
        raise Http404(_("This private link is not good, or no longer."))
    form = forms.FollowUpForm(request.POST or None)
    context = {"initiative": invitation.initiative, "form": form}
    if request.method != "POST":
        return render(request, "library/follow_up.html", context)
    if not form.is_valid():
        return rejected(request, "library/follow_up.html", context)
    try:
        actions.report_follow_up(
            invitation=invitation,
            text=form.cleaned_data["text"],
            told_by=form.cleaned_data["told_by"],
            now=clock.now(),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal.sentence))
        return rejected(request, "library/follow_up.html", context, status=GONE)
    return redirect("library:follow_up_told", slug=slug)


@require_safe
def follow_up_told(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "library/follow_up_told.html", {"initiative": case_or_404(slug)})
