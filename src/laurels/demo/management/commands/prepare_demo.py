"""`prepare_demo`: brings the demo to 5 November 2023, 09:00 UTC; run again, it goes on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from laurels.accounts.enums import Role
from laurels.ballotbox.queries import EntryIsRejected, LogIsBehind
from laurels.demo import actions
from laurels.demo.crowd import BoxRefuses
from laurels.editions.models import Edition
from laurels.foundation import clock
from laurels.results.rehearsal import RehearsalFailed
from laurels.results.rules import StepRefused


class Command(BaseCommand):
    help = "Sets up the demo's vote and casts its first days' ballots. Needs box and sequencer."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is no demo: LAURELS_DEMO is not set, so nothing is prepared.")
        edition = Edition.objects.filter(year=actions.YEAR).first()
        if edition is None:
            raise CommandError("The edition of 2023 is not loaded. Run “load_award data/award”.")
        try:
            self._prepare(edition)
        except (
            BoxRefuses,
            EntryIsRejected,
            LogIsBehind,
            RehearsalFailed,
            StepRefused,
        ) as problem:
            raise CommandError(str(problem)) from problem

    def _prepare(self, edition: Edition) -> None:
        clock.start_demo_clocks()
        actions.appoint(Role.SECRETARIAT)
        election = actions.draft_demo_election(edition=edition)
        if not election.is_published and clock.award_now(election.clock_name) > election.opens_at:
            raise CommandError(
                "The demo's clock ran past the opening before its vote was ready. "
                "Begin a new demo: ./laurels up --fresh"
            )
        actions.open_demo_election(election=election)
        if clock.award_now(election.clock_name) < actions.READY_AT:
            self.stdout.write("The demo vote is rehearsed and open. Casting its first days …")
            actions.move_clock(election=election, to=actions.READY_AT, report=self._report)
        self.stdout.write("The demo is ready.")

    def _report(self, cast: int, ahead: int) -> None:
        if cast and (cast == ahead or cast // 200 > getattr(self, "_told", 0)):
            self._told = cast // 200
            self.stdout.write(f"  {cast} of {ahead} demo ballots")
            self.stdout.flush()
