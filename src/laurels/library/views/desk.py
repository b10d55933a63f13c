"""The editors' desk of the library: what cities told waits here for a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import require_admin_access

from laurels.foundation import clock
from laurels.library import actions
from laurels.library.models import Adaptation, FollowUp, InitiativePage, LibraryPage
from laurels.library.refusals import Refusal

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def may_decide(request: HttpRequest) -> bool:
    """Return whether the person may change cases, and so decide what is shown on them."""
    library = LibraryPage.objects.first()
    return library is not None and library.permissions_for_user(request.user).can_edit()


@require_admin_access
@require_safe
def case_desk(request: HttpRequest) -> HttpResponse:
    _refuse_others(request)
    context = {
        "follow_ups": FollowUp.objects.waiting(),
        "adaptations": Adaptation.objects.waiting(),
    }
    return render(request, "library/case_desk.html", context)


@require_admin_access
@require_POST
def decide(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show what a city told, or not."""
    _refuse_others(request)
    is_shown = request.POST.get("answer") == "yes"
    said: dict[str, Any] = {
        "is_shown": is_shown,
        "person_name": str(request.user),
        "now": clock.now(),
    }
    try:
        if kind == "follow-up":
            actions.decide_follow_up(follow_up=get_object_or_404(FollowUp, pk=pk), **said)
        elif kind == "adaptation":
            actions.decide_adaptation(adaptation=get_object_or_404(Adaptation, pk=pk), **said)
        else:
            raise Http404
    except Refusal as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, _("It is shown now.") if is_shown else _("It stays hidden."))
    return redirect("case_desk")


@require_admin_access
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Mail the private link of a case to its contacts."""
    _refuse_others(request)
    typed = request.POST.get("case", "").strip().rstrip("/").rpartition("/")[2]
    initiative = InitiativePage.objects.live().filter(slug=typed).first()
    if initiative is None:
        messages.error(request, _("There is no such case. Copy its address from the library."))
        return redirect("case_desk")
    count = actions.invite_to_report(
        initiative=initiative, person_name=str(request.user), now=clock.now()
    )
    if count:
        said = ngettext(
            "The link is on its way to %d person.", "The link is on its way to %d people.", count
        )
        messages.success(request, said % count)
    else:
        messages.error(request, _("This case has no contact. Add one to its page first."))
    return redirect("case_desk")


def _refuse_others(request: HttpRequest) -> None:
    if not may_decide(request):
        raise PermissionDenied
