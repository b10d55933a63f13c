"""The page behind a co-publisher's private link: read one version, approve it or refuse it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.signing import BadSignature
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from laurels.focus import actions, letters, refusals
from laurels.focus.actions.signing import is_current
from laurels.focus.enums import Answer
from laurels.focus.models import Approval, Signatory
from laurels.foundation import clock

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signing(request: HttpRequest, key: str) -> HttpResponse:
    """Show exactly the version that was sent, with the two answers; take one by POST alone.

    Reading by a mail scanner changes nothing.
    """
    approval, signatory = _read(key)
    refusal = reason = ""
    if request.method == "POST":
        answer = Answer.REFUSED if request.POST.get("answer") == "refused" else Answer.APPROVED
        reason = request.POST.get("reason", "")[:2000]
        try:
            actions.answer_approval(
                approval_id=approval.pk,
                answer=answer,
                reason=reason,
                signed_by=signatory.name,
                now=clock.now(),
            )
        except refusals.Refusal as refused:
            refusal = str(refused)
            approval.refresh_from_db()
        else:
            return HttpResponseRedirect(request.path)
    article = approval.revision.as_object()
    context = {
        **article.get_context(request),
        "approval": approval,
        "signatory": signatory,
        "is_current": is_current(approval),
        "go_live_at": article.go_live_at,
        "refusal": refusal,
        "reason": reason,
    }
    return render(request, "focus/signing.html", context, status=409 if refusal else 200)


def _read(key: str) -> tuple[Approval, Signatory]:
    try:
        approval_id, signatory_id = letters.read_key(key)
        approval = Approval.objects.select_related("revision", "partner").get(pk=approval_id)
        signatory = Signatory.objects.get(pk=signatory_id, partner=approval.partner)
    except (BadSignature, Approval.DoesNotExist, Signatory.DoesNotExist, TypeError, ValueError):
        raise Http404 from None
    return approval, signatory
