"""The secretariat's page of an election: where it stands, what comes next, who did what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from laurels.ballotbox.models import Election
from laurels.foundation import clock
from laurels.foundation.models import AuditEvent
from laurels.results import actions, keys, log_reading, rules
from laurels.results.actions.steps import about
from laurels.results.enums import State, Step

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

secretariat_only = permission_required("results.run_election", raise_exception=True)


@dataclass(frozen=True)
class PathStep:
    """A state on the way, as the page draws it: done, now or ahead."""

    label: str
    is_done: bool
    is_now: bool


@secretariat_only
@require_safe
def election_list(request: HttpRequest) -> HttpResponse:
    elections = Election.objects.select_related("edition").order_by("-opens_at")
    rows = [(each, rules.state(log_reading.facts_of(each))) for each in elections]
    return render(request, "results/election_list.html", {"rows": rows})


@secretariat_only
@require_safe
def election(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Election.objects.select_related("edition"), slug=slug)
    return render(request, "results/election.html", _election_page(found))


@secretariat_only
@require_POST
def take_step(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the step that the button names; a second click finds it done."""
    found = get_object_or_404(Election.objects.select_related("edition"), slug=slug)
    name = request.POST.get("step", "")
    if name not in Step.values:
        messages.error(request, _("There is no such step. Load the page again."))
        return redirect("election", slug=slug)
    step = Step(name)
    try:
        _deed(step, found)(
            election=found, person_name=str(request.user), now=clock.award_now(found.clock_name)
        )
    except actions.REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done: {step}.").format(step=step.label))
    return redirect("election", slug=slug)


def _deed(step: Step, election: Election) -> Callable[..., None]:
    """Return the action of a step; the demo's trustees attend with the keys on this host."""
    if step is Step.UNLINK:
        attending = keys.demo_trustee(election, 0)
        return partial(actions.unlink_election, trustee=0, trustee_key=attending)
    if step is Step.OPEN_KEYS:
        positions = election.trustees.values_list("position", flat=True)
        scalars = {each: keys.scalar_of(keys.demo_trustee(election, each)) for each in positions}
        return partial(actions.open_ballots, scalars=scalars)
    return DEEDS[step]


DEEDS: dict[Step, Callable[..., None]] = {
    Step.REHEARSE: actions.rehearse_election,
    Step.OPEN: actions.open_election,
    Step.CLOSE: actions.close_election,
    Step.FREEZE: actions.freeze_election,
    Step.COUNT: actions.publish_result,
    Step.REVEAL: actions.reveal_result,
}


def _election_page(election: Election) -> dict[str, Any]:
    now = clock.award_now(election.clock_name)
    facts = log_reading.facts_of(election)
    step = rules.next_step(facts)
    return {
        "election": election,
        "zone": election.edition.host_timezone if election.edition else "UTC",
        "now": now,
        "facts": facts,
        "state": rules.state(facts),
        "path": _path(rules.state(facts)),
        "step": step,
        "explanation": _explanation(step) if step else "",
        "missing": rules.missing_for(step, facts, now) if step else [],
        "received": election.entries.logged().ballots().count(),
        "trustees": election.trustees.all(),
        "trail": _trail(election, now),
    }


def _path(reached: State) -> list[PathStep]:
    order = list(State)
    position = order.index(reached)
    return [
        PathStep(str(each.label), is_done=index < position, is_now=index == position)
        for index, each in enumerate(order)
    ]


def _trail(election: Election, _now: datetime) -> list[tuple[AuditEvent, str]]:
    labels = {step.value: str(step.label) for step in Step}
    events = AuditEvent.objects.filter(about=about(election))[:50]
    return [(event, labels.get(event.deed, event.deed)) for event in events]


def _explanation(step: Step) -> str:
    """Say in words what the button does."""
    return {
        Step.REHEARSE: _(
            "Runs this draft through a whole election in a folder that is thrown away: manifest, "
            "votes, close, a ballot set aside, freeze, keys, result, recount. Nothing is published."
        ),
        Step.OPEN: _(
            "Writes the manifest as entry 0 of the public log. Candidates, rule, times and keys "
            "are then fixed for ever. The vote opens by itself at its time."
        ),
        Step.CLOSE: _(
            "Tells the box to take no ballot any more and writes the number of ballots into the "
            "log. Whatever the box has promised stands above this line. It cannot be undone."
        ),
        Step.FREEZE: _(
            "Fixes which ballots will be opened. After this none can be set aside or brought "
            "back. It cannot be undone."
        ),
        Step.UNLINK: _(
            "The registrar destroys what links a mailbox to a ballot. A trustee who attends signs "
            "for it in the public log. It cannot be undone."
        ),
        Step.OPEN_KEYS: _(
            "Publishes the secret keys of all trustees in the log. From that second anyone can "
            "count, so it is done on the stage."
        ),
        Step.COUNT: _(
            "Verifies the published log from the first entry to the last, opens every ballot, "
            "counts, and writes the result into the log."
        ),
        Step.REVEAL: _("Lets the result page show the count. Do it when the stage has said it."),
    }[step]
