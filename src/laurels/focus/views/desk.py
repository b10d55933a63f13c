"""The desk of FOCUS in the admin: what is due, what is on its way, who has to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import require_admin_access

from laurels.focus import actions, refusals, standings
from laurels.focus.actions.signing import is_current
from laurels.focus.enums import Answer
from laurels.focus.models import Approval, FocusArticlePage, FocusIndexPage, Signatory
from laurels.focus.suggestions import Suggestion, suggest
from laurels.foundation import clock
from laurels.partners.models import Member

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from laurels.accounts.models import Person

PROPOSED = 5  # initiatives of a draft that the desk proposes


def may_draft(person: Person) -> bool:
    """Return whether a person may make articles."""
    index = FocusIndexPage.objects.originals().first()
    return index is not None and index.permissions_for_user(person).can_add_subpage()


def person_of(request: HttpRequest) -> Person:
    """Return who is signed in: nobody else comes past `require_admin_access`."""
    return cast("Person", request.user)


@require_admin_access
@require_safe
def focus_desk(request: HttpRequest) -> HttpResponse:
    context = {
        "days": [(each, _proposed(each)) for each in standings.days_ahead(clock.now().date())],
        "on_their_way": [standings.standing_of(each) for each in _visible(request)],
        "gone": standings.naming_what_is_gone(),
        "may_draft": may_draft(person_of(request)),
    }
    return render(request, "focus/desk/focus_desk.html", context)


@require_admin_access
@require_safe
def focus_article(request: HttpRequest, article_id: int) -> HttpResponse:
    """Show where one article stands, what each co-publisher said, and what can be done now."""
    article = get_object_or_404(FocusArticlePage, pk=article_id)
    standing = standings.standing_of(article)
    mine = _partners_of(request)
    may_edit = article.permissions_for_user(request.user).can_edit()
    if not may_edit and not any(each.partner_id in mine for each in standing.approvals):
        raise PermissionDenied
    shown = standing.revision.as_object() if standing.revision else article
    earlier = Approval.objects.filter(article=article).select_related("partner")
    context = {
        "article": article,
        "standing": standing,
        "mine": mine,
        "may_edit": may_edit,
        "go_live_at": shown.go_live_at,
        "signers": shown.signers(),
        "earlier": earlier.exclude(pk__in=[each.pk for each in standing.approvals]),
    }
    return render(request, "focus/desk/focus_article.html", context)


@require_admin_access
@require_POST
def send_article(request: HttpRequest, article_id: int) -> HttpResponse:
    """Send the newest version to its co-publishers."""
    article = get_object_or_404(FocusArticlePage, pk=article_id)
    if not article.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    try:
        actions.ask_co_publishers(article_id=article.pk, person=person_of(request), now=clock.now())
    except refusals.Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Sent: each co-publisher gets a letter with a private link."))
    return redirect("focus_article", article_id)


@require_admin_access
@require_POST
def answer_article(request: HttpRequest, approval_id: int) -> HttpResponse:
    """Take the answer of somebody who signs for a partner and is signed in."""
    approval = get_object_or_404(Approval.objects.select_related("revision"), pk=approval_id)
    if approval.partner_id not in _partners_of(request) or not is_current(approval):
        raise PermissionDenied
    try:
        actions.answer_approval(
            approval_id=approval.pk,
            answer=Answer.REFUSED if request.POST.get("answer") == "refused" else Answer.APPROVED,
            reason=request.POST.get("reason", "")[:2000],
            signed_by=str(request.user),
            now=clock.now(),
        )
    except refusals.Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("focus_article", approval.article_id)


def _proposed(ahead: standings.DayAhead) -> list[Suggestion]:
    """Return what the desk proposes for a day whose draft is due and missing; else nothing."""
    if not ahead.is_due or ahead.article is not None:
        return []
    return suggest(themes=ahead.day.themes, most=PROPOSED)


def _partners_of(request: HttpRequest) -> set[int]:
    """Return the partners for which the person signed in may approve: its members, and who
    signs for it under the same address.
    """
    person = person_of(request)
    signing = Signatory.objects.filter(email__iexact=person.email)
    members = Member.objects.filter(person=person)
    return {row.partner_id for rows in (signing, members) for row in rows}


def _visible(request: HttpRequest) -> list[FocusArticlePage]:
    """Return the articles on their way that concern the person: to edit, or to approve."""
    mine = _partners_of(request)
    asked = set(Approval.objects.filter(partner_id__in=mine).values_list("article_id", flat=True))
    return [
        article
        for article in FocusArticlePage.objects.on_their_way()
        if article.pk in asked or article.permissions_for_user(request.user).can_edit()
    ]
