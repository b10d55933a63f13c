"""Registration without an account, and the private pages behind the links of every letter.

No page here sets a cookie: who knows the token is who reads the mailbox.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from laurels.editions.models import Edition
from laurels.foundation import clock
from laurels.foundation.clients import client_of, network_of
from laurels.foundation.rate_limits import LimitReached
from laurels.seminars import actions, rules
from laurels.seminars.enums import RegistrationState, SeminarState
from laurels.seminars.forms import MineForm, RegistrationForm, zones
from laurels.seminars.models import Registrant, Registration, Seminar
from laurels.seminars.views.seminars import mark_full

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

SPREAD = 20  # seconds

read_and_write = require_http_methods(["GET", "HEAD", "POST"])


@csrf_exempt  # nobody is signed in: whoever could forge it could as well send it
@read_and_write
def register(request: HttpRequest, year: int) -> HttpResponse:
    """One form for all seminars of an edition; what was typed survives every refusal."""
    edition = get_object_or_404(Edition, year=year)
    award_now = clock.award_now(edition.clock_name)
    seminars = _open_seminars(edition, award_now)
    source = rules.read_source(request.GET.get("from", ""))
    status = 200
    if request.method == "POST":
        form = RegistrationForm(request.POST, seminars=seminars)
        if form.is_valid() and _register(request, edition, form):
            return redirect("seminars:registered", year=year)
        status = 422
    else:
        form = RegistrationForm(
            initial={"seminars": _wished(request, seminars), "source": source}, seminars=seminars
        )
        if source and request.method == "GET":
            actions.count_share(edition=edition, source=source)
    context = {
        "edition": edition,
        "seminars": seminars,
        "form": form,
        "zones": zones(),
        "states": {},
    }
    return render(request, "seminars/register.html", context, status=status)


@require_safe
def registered(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(Edition, year=year)
    return render(request, "seminars/registered.html", {"edition": edition})


@csrf_exempt  # the token is the secret
@never_cache
@read_and_write
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm an address by a button: programs that follow every link of a mail press none."""
    registrant = _registrant(token)
    if request.method == "POST":
        actions.confirm_address(
            registrant=registrant,
            now=clock.now(),
            award_now=clock.award_now(registrant.edition.clock_name),
        )
        return redirect("seminars:mine", token=token)
    pending = [each.seminar for each in _all(registrant) if each.state == RegistrationState.PENDING]
    if not pending and registrant.confirmed_at is not None:
        return redirect("seminars:mine", token=token)
    return _private(request, "seminars/confirm.html", registrant, {"pending": pending})


@csrf_exempt  # the token is the secret
@never_cache
@read_and_write
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """Show what somebody chose, and let it be changed or given back."""
    registrant = _registrant(token)
    award_now = clock.award_now(registrant.edition.clock_name)
    found = _all(registrant)
    seminars = _open_seminars(registrant.edition, award_now)
    standing = [each for each in found if each.state != RegistrationState.CANCELLED]
    # What nobody confirmed may be a stranger's wish: it is shown, and ticked by the person alone.
    held = [each for each in standing if each.state != RegistrationState.PENDING]
    form = MineForm(
        _typed(request, registrant, seminars, held),
        seminars=seminars,
        initial={
            "seminars": [each.seminar.number for each in held],
            "zone": registrant.zone,
            "language": registrant.language,
        },
    )
    if request.method == "POST" and form.is_valid():
        return _change(registrant, form, award_now)
    for each in standing:
        each.seminar.state = rules.state(each.seminar, award_now)
        each.may_leave = each.seminar.number in form.offered
        if each.state == RegistrationState.WAITING:
            each.place_in_queue = Registration.objects.before_in_the_queue(each) + 1
    context = {
        "registrations": standing,
        "states": {each.seminar.number: each for each in standing},
        "seminars": seminars,
        "form": form,
        "zones": zones(),
        "takes_feedback": {
            each.pk for each in standing if not rules.feedback_hindrance(each, award_now)
        },
        "changed": request.GET.get("changed") == "yes",
    }
    return _private(request, "seminars/mine.html", registrant, context)


@csrf_exempt  # RFC 8058: mailboxes post here by themselves, without a page before
@never_cache
@read_and_write
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the reminders, by a mailbox's own button or by the one on this page."""
    registrant = _registrant(token)
    if request.method == "POST":
        if request.POST.get("resume"):
            actions.resume_reminders(registrant=registrant)
        else:
            actions.stop_reminders(registrant=registrant, now=clock.now())
        registrant.refresh_from_db()
    return _private(request, "seminars/stop.html", registrant, {})


@never_cache
@require_safe
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Send a registrant on to the platform while it is open; else say when, or what comes after."""
    registration = get_object_or_404(Registration.objects.with_all(), token=token)
    seminar = registration.seminar
    award_now = clock.award_now(seminar.edition.clock_name)
    seminar.state = rules.state(seminar, award_now)
    has_seat = registration.state == RegistrationState.CONFIRMED
    leads_to = _place_of(seminar)
    if has_seat and rules.is_link_open(seminar, award_now) and leads_to:
        if request.method == "GET":
            actions.join(registration=registration, award_now=award_now)
        return HttpResponseRedirect(leads_to)
    if seminar.state == SeminarState.OVER and seminar.recording_url:
        return HttpResponseRedirect(seminar.recording_url)
    opens_at = rules.link_opens_at(seminar)
    context = {
        "registration": registration,
        "seminar": seminar,
        "opens_at": opens_at,
        "is_open": rules.is_link_open(seminar, award_now),
        "goes_on": has_seat and rules.opens_soon(seminar, award_now),
        "has_seat": has_seat,
    }
    page = _private(request, "seminars/join.html", registration.registrant, context)
    if context["goes_on"]:
        # Spread out: of all who wait with the page open, not everybody comes in one second.
        wait = opens_at - award_now + timedelta(seconds=secrets.randbelow(SPREAD) + 1)
        page["Refresh"] = str(int(wait.total_seconds()))
    return page


def _place_of(seminar: Seminar) -> str:
    """Return where the seminar is held: on its platform, or in the live room's own player."""
    if seminar.join_url or not rules.frame_origin(seminar.embed_url):
        return seminar.join_url
    return reverse("seminars:room", args=[seminar.edition.year, seminar.number])


def _register(request: HttpRequest, edition: Edition, form: RegistrationForm) -> bool:
    said = form.cleaned_data
    try:
        actions.register(
            edition=edition,
            address=said["address"],
            seminars=form.chosen,
            details=actions.Details(
                zone=said["zone"],
                language=translation.get_language() or settings.LANGUAGE_CODE,
                name=said["name"],
                city=said["city"],
                role=said["role"],
                country_code=said["country"],
                source=said["source"],
            ),
            network=network_of(client_of(request)),
            now=clock.now(),
        )
    except LimitReached:
        form.add_error(
            None,
            _("Too many requests came for this address or network. Try again in an hour."),
        )
        return False
    return True


def _change(registrant: Registrant, form: MineForm, award_now: datetime) -> HttpResponse:
    language = form.cleaned_data["language"]
    actions.change_choice(
        registrant=registrant,
        seminars=form.chosen,
        zone=form.cleaned_data["zone"],
        language=language,
        now=clock.now(),
        award_now=award_now,
    )
    with translation.override(language):
        answer = redirect("seminars:mine", token=registrant.token)
    answer["Location"] += "?changed=yes"
    return answer


def _open_seminars(edition: Edition, award_now: datetime) -> list[Seminar]:
    found = rules.open_seminars(Seminar.objects.of(edition).with_cities(), award_now)
    mark_full(found)
    return found


def _typed(
    request: HttpRequest,
    registrant: Registrant,
    seminars: list[Seminar],
    held: list[Registration],
) -> QueryDict | None:
    """Return what was sent; the button that gives one seat back stands for all others kept."""
    if request.method != "POST":
        return None
    if "leave" not in request.POST:
        return request.POST
    offered = {each.number for each in seminars}
    chosen = [each.seminar.number for each in held if each.seminar.number in offered]
    typed = request.POST.copy()
    typed.setlist("seminars", [str(n) for n in chosen if str(n) != request.POST["leave"]])
    typed["zone"], typed["language"] = registrant.zone, registrant.language
    return typed


def _wished(request: HttpRequest, seminars: list[Seminar]) -> list[int]:
    """Return the numbers that the address names; the only one that is open, without asking."""
    named = {value for value in request.GET.getlist("seminar") if value.isdecimal()}
    if not named and len(seminars) == 1:
        return [seminars[0].number]
    return [seminar.number for seminar in seminars if str(seminar.number) in named]


def _registrant(token: str) -> Registrant:
    return get_object_or_404(Registrant.objects.select_related("edition"), token=token)


def _all(registrant: Registrant) -> list[Registration]:
    return list(registrant.registrations.with_all().order_by("seminar__starts_at", "pk"))


def _private(
    request: HttpRequest, template: str, registrant: Registrant, context: dict[str, Any]
) -> HttpResponse:
    page = render(request, template, {"registrant": registrant, **context})
    page["X-Robots-Tag"] = "noindex"
    return page
