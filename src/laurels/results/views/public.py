from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from laurels.ballotbox.models import Election
from laurels.library.enums import HonourKind
from laurels.library.models import Honour
from laurels.results import log_reading, standings
from laurels.results.enums import State
from laurels.results.manifest_draft import RULE_BOOK
from laurels.results.rules import state

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from laurels.editions.models import Edition
    from laurels.results.log_reading import Outcome


@require_safe
def result(request: HttpRequest, year: int) -> HttpResponse:
    """Before the reveal: when it will be here, and nothing of it. Then all of it."""
    election = _election_of(year)
    if not log_reading.is_revealed(election):
        return render(request, "results/result_before.html", _before(election))
    return render(request, "results/result.html", _after(election, _outcome(election)))


@require_safe
def result_json(_request: HttpRequest, year: int) -> JsonResponse:
    election = _election_of(year)
    outcome = _outcome(election)
    return JsonResponse(
        {
            "election": election.election_id,
            "manifest_hash": election.manifest_hash,
            "counts": outcome.counts,
            "winners": outcome.winners,
            "winners_with_voids": outcome.winners_with_voids,
            "candidates": [
                {
                    "number": candidate.number,
                    "id": candidate.code,
                    "name": candidate.name,
                    "votes": outcome.totals[candidate.number],
                    "votes_with_voids": outcome.totals_with_voids[candidate.number],
                }
                for candidate in election.candidates.all()
            ],
        }
    )


@require_safe
def votes_csv(_request: HttpRequest, year: int) -> HttpResponse:
    election = _election_of(year)
    outcome = _outcome(election)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="votes-{year}.csv"'
    table = csv.writer(response)
    table.writerow(["number", "id", "name", "votes", "votes_with_voids"])
    for each in standings.standings(outcome, election.candidates.all()):
        candidate = each.candidate
        table.writerow(
            [candidate.number, candidate.code, candidate.name, each.votes, each.votes_with_voids]
        )
    return response


@require_safe
def rule_book(_request: HttpRequest) -> HttpResponse:
    """The exact bytes whose SHA-256 stands in the manifest."""
    return HttpResponse(RULE_BOOK, content_type="text/plain; charset=utf-8")


def _election_of(year: int) -> Election:
    elections = Election.objects.published().select_related("edition", "reveal")
    public = elections.filter(edition__year=year, is_rehearsal=False)
    if (election := public.order_by("pk").last()) is None:
        raise Http404
    return election


def _outcome(election: Election) -> Outcome:
    """Return what was counted. Before it has been told there is no such page."""
    outcome = log_reading.outcome_of(election) if log_reading.is_revealed(election) else None
    if outcome is None:
        raise Http404
    return outcome


def _edition_of(election: Election) -> Edition:
    if election.edition is None:
        raise Http404
    return election.edition


def _before(election: Election) -> dict[str, Any]:
    edition = _edition_of(election)
    reached = state(log_reading.facts_of(election))
    is_closed = reached not in (State.DRAFT, State.REHEARSED, State.OPEN)
    return {
        "election": election,
        "edition": edition,
        "zone": edition.host_timezone,
        "ceremony_on": election.ceremony_at.astimezone(edition.zone).date(),
        "received": election.entries.logged().ballots().count(),
        "is_closed": is_closed,
        "days": _received_by_day(election) if is_closed else [],
    }


def _after(election: Election, outcome: Outcome) -> dict[str, Any]:
    edition = _edition_of(election)
    ranked = standings.standings(
        outcome, election.candidates.select_related("initiative__city", "initiative__edition")
    )
    return {
        "election": election,
        "edition": edition,
        "zone": edition.host_timezone,
        "outcome": outcome,
        "standings": ranked,
        "winners": [each for each in ranked if each.is_winner],
        "lead": standings.lead(ranked),
        "votes": sum(outcome.totals.values()),
        "set_aside": log_reading.set_aside_by_rule(election),
        "same_with_voids": outcome.winners == outcome.winners_with_voids,
        "winners_with_voids": [
            each.candidate for each in ranked if each.candidate.number in outcome.winners_with_voids
        ],
        "days": _received_by_day(election),
        "log_url": f"{settings.BOX_URL}/logs/{election.slug}",
        "manifest_url": f"{settings.BOX_URL}/elections/{election.slug}/manifest",
        "checkpoint": _checkpoint(election),
        "honours": _honours(edition),
    }


def _received_by_day(election: Election) -> list[tuple[date, int, int]]:
    """Return (day at the host, ballots logged, width 0 to 100); the log tells it to everyone."""
    zone = _edition_of(election).zone
    times = election.entries.logged().ballots().values_list("accepted_at", flat=True)
    days = Counter(at.astimezone(zone).date() for at in times.iterator(chunk_size=10_000))
    most = max(days.values(), default=1)
    return [(day, count, round(100 * count / most)) for day, count in sorted(days.items())]


def _checkpoint(election: Election) -> str:
    return (settings.LOGS / election.slug / "checkpoint").read_text()


def _honours(edition: Edition) -> list[Honour]:
    """Return what the edition gave, in the order in which it is read out."""
    order = list(HonourKind)
    honours = Honour.objects.filter(edition=edition).select_related("initiative__city")
    return sorted(
        honours, key=lambda each: (order.index(HonourKind(each.kind)), each.initiative.city.name)
    )
