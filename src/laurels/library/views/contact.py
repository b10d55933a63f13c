"""The form by which a visitor writes to the people behind a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from laurels.foundation import clock
from laurels.foundation.clients import client_of, network_of
from laurels.library import actions, forms
from laurels.library.refusals import Refusal
from laurels.library.views.case import case_or_404, rejected

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

TOO_MANY = 429


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form, or send the letter and go to the confirmation."""
    initiative = case_or_404(slug)
    form = forms.ContactForm(request.POST or None)
    context = {"initiative": initiative, "form": form, "contacts": initiative.contacts.all()}
    if request.method != "POST":
        return render(request, "library/contact.html", context)
    # A program that fills every field is told that all is well, and learns nothing.
    if form.is_trapped:
        return redirect("library:contact_sent", slug=slug)
    if not form.is_valid():
        return rejected(request, "library/contact.html", context)
    typed = form.cleaned_data
    sender = actions.Sender(typed["name"], typed["address"], network_of(client_of(request)))
    try:
        actions.write_to_case(
            initiative=initiative, sender=sender, message=typed["message"], now=clock.now()
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal.sentence))
        return rejected(request, "library/contact.html", context, status=TOO_MANY)
    return redirect("library:contact_sent", slug=slug)


@require_safe
def contact_sent(request: HttpRequest, slug: str) -> HttpResponse:
    initiative = case_or_404(slug)
    context = {"initiative": initiative, "contacts": initiative.contacts.all()}
    return render(request, "library/contact_sent.html", context)
