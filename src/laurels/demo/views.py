from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from laurels.accounts.enums import Role
from laurels.demo import actions, queries, rules, tasks
from laurels.demo.enums import Stop
from laurels.demo.mailbox import newest_letters
from laurels.foundation import clock

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from laurels.ballotbox.models import Election

REFRESH_SECONDS = "2"


@never_cache
@require_safe
def demo(request: HttpRequest) -> HttpResponse:
    """The clock's buttons, and what to click in which order."""
    election = queries.demo_election()
    page = _demo_page(request, election) if election else {}
    response = render(request, "demo/demo.html", {"election": election, **page})
    if page.get("trip") and not page["is_stuck"]:
        # Without script too: the page comes again until the clock has arrived.
        response["Refresh"] = REFRESH_SECONDS
    return response


@require_POST
def move_clock(request: HttpRequest) -> HttpResponse:
    """Send the clock on its way to a stop ahead; a trip that has stopped goes on."""
    election = queries.demo_election()
    stop = request.POST.get("stop", "")
    if election is None or stop not in Stop.values:
        messages.error(request, _("There is no such stop. Load the page again and choose one."))
        return redirect("demo:demo")
    trip = queries.trip_under_way(election)
    if trip is None:
        ahead = dict(rules.stops_ahead(queries.moments(election), _now(election)))
        if Stop(stop) not in ahead:
            messages.error(request, _("The clock is past that already. It only runs forward."))
            return redirect("demo:demo")
        try:
            trip = actions.begin_trip(election=election, to=ahead[Stop(stop)])
        except actions.TripIsUnderWay as refusal:
            messages.error(request, str(refusal))
            return redirect("demo:demo")
    tasks.make_trip.enqueue(trip.pk)
    return redirect("demo:demo")


@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    letters = newest_letters(settings.DATA / "mailbox")
    return render(request, "demo/mailbox.html", {"letters": letters, "zone": queries.ZONE})


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Let anyone be the demo's person of a role; there is no password to guess."""
    typed = request.POST.get("role", Role.SECRETARIAT)
    role = Role(typed) if typed in Role.values else Role.SECRETARIAT
    login(request, actions.appoint(role), backend="django.contrib.auth.backends.ModelBackend")
    if role == Role.SECRETARIAT:
        return redirect(reverse("election", args=[queries.SLUG]))
    return redirect("wagtailadmin_home")


def _demo_page(request: HttpRequest, election: Election) -> dict[str, Any]:
    trip = queries.trip_under_way(election)
    return {
        "zone": queries.ZONE,
        "now": _now(election),
        "stops": rules.stops_ahead(queries.moments(election), _now(election)),
        "trip": trip,
        "is_stuck": trip is not None and queries.is_stuck(trip, clock.now()),
        "goes_on": Stop.CEREMONY.value,
        "other_roles": [role for role in Role if role != Role.SECRETARIAT],
        "is_secretariat": request.user.has_perm("results.run_election"),
        "campaign_url": reverse("website:campaign", args=[actions.PARTNER, actions.YEAR]),
    }


def _now(election: Election) -> Any:
    return clock.award_now(election.clock_name)
