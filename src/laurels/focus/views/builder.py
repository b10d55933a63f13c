"""The builder: a theme or a day, suggestions, an order, a draft. Its state is its address."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access

from laurels.focus import actions, refusals, rules
from laurels.focus.actions.drafting import Draft
from laurels.focus.days import calendar
from laurels.focus.forms import DraftForm, SubjectForm, chosen_of
from laurels.focus.suggestions import suggest
from laurels.focus.views.desk import may_draft, person_of
from laurels.foundation import clock
from laurels.library.models import InitiativePage

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

DEEDS = ("add", "remove", "up", "down")


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def focus_builder(request: HttpRequest) -> HttpResponse:
    """Put an article together; every button leads to an address that shows the next state."""
    if not may_draft(person_of(request)):
        raise PermissionDenied
    if request.method == "POST":
        return _make(request)
    deed = next((deed for deed in DEEDS if request.GET.get(deed, "").isdecimal()), "")
    if deed:
        return HttpResponseRedirect(_after(request.GET, deed))
    return _page(request, request.GET, DraftForm(initial=_proposed(request.GET)))


def _make(request: HttpRequest) -> HttpResponse:
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _page(request, request.POST, form)
    subject = _subject(request.POST)
    said = form.cleaned_data
    try:
        article = actions.draft_article(
            draft=Draft(
                title=said["title"],
                initiatives=chosen_of(request.POST),
                teaser=said["teaser"],
                opening=said["opening"],
                international_day=subject["day"],
                themes=subject["themes"],
                co_publishers=[partner.pk for partner in said["co_publishers"]],
                go_live_at=said["go_live_at"],
            ),
            person=person_of(request),
            now=clock.now(),
        )
    except refusals.Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, request.POST, form, refusal=refusal)
    messages.success(request, _("The draft is made. Write what goes between the initiatives."))
    return redirect("wagtailadmin_pages:edit", article.pk)


def _page(
    request: HttpRequest,
    typed: QueryDict,
    form: DraftForm,
    refusal: refusals.Refusal | None = None,
) -> HttpResponse:
    chosen = chosen_of(typed)
    subject = _subject(typed)
    pages = InitiativePage.objects.live().public().filter(pk__in=chosen).with_everything()
    by_key = {page.pk: page for page in pages}
    context = {
        "subject_form": SubjectForm(typed or None),
        "form": form,
        "chosen": [by_key[pk] for pk in chosen if pk in by_key],
        "suggestions": suggest(themes=subject["wanted"], words=subject["words"], chosen=chosen),
        "is_asked": bool(subject["wanted"] or subject["words"] or chosen),
        "there_already": getattr(refusal, "article_id", None),
    }
    return render(
        request, "focus/desk/focus_builder.html", context, status=200 if not form.errors else 422
    )


def _subject(typed: QueryDict) -> dict[str, Any]:
    """Return what is asked for; a day without a theme ticked brings its own themes."""
    day = calendar().get(typed.get("day", ""))
    themes = [slug.replace("\x00", "") for slug in typed.getlist("theme")]
    return {
        "day": day.key if day else "",
        "themes": themes or list(day.themes if day else ()),
        "wanted": themes or list(day.themes if day else ()),
        "words": typed.get("q", "").replace("\x00", "")[:200],
    }


def _proposed(typed: QueryDict) -> dict[str, Any]:
    """Return what a day proposes: its name as a title, its first hour as the time."""
    day = calendar().get(typed.get("day", ""))
    if day is None:
        return {}
    on = day.next_after(clock.now().date())
    return {"title": day.name, "go_live_at": datetime(on.year, on.month, on.day, tzinfo=UTC)}


def _after(typed: QueryDict, deed: str) -> str:
    """Return the address of the page after a deed on one initiative."""
    chosen = rules.moved(chosen_of(typed), deed, int(typed.get(deed, "")[:9]))
    fields = [(name, value) for name in ("day", "q") if (value := typed.get(name))]
    fields += [("theme", slug) for slug in typed.getlist("theme")]
    fields += [("chosen", str(pk)) for pk in chosen]
    return f"{reverse('focus_builder')}?{urlencode(fields)}#chosen"
