"""Where the award stands: the current edition, what its clock shows and what is under way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings

from laurels.ballotbox.models import Election
from laurels.editions import rules
from laurels.editions.enums import Phase
from laurels.editions.models import Edition
from laurels.foundation import clock
from laurels.results import log_reading

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest


@dataclass
class Standing:
    """An edition at an instant of its own clock."""

    edition: Edition
    now: datetime

    @cached_property
    def phase(self) -> Phase:
        return rules.phase(self.edition.moments.all(), self.now)

    @cached_property
    def is_revealed(self) -> bool:
        """Whether outcomes may be known: by the calendar, and of our own vote once it is told."""
        return rules.is_revealed(self.edition, self.now) and (
            self.election is None or log_reading.is_revealed(self.election)
        )

    @cached_property
    def election(self) -> Election | None:
        """The edition's public vote, once it is published: the newest on the edition's clock."""
        elections = list(Election.objects.for_the_public().filter(edition=self.edition))
        on_its_clock = (each for each in elections if each.clock_name == self.edition.clock_name)
        return next(on_its_clock, elections[0] if elections else None)

    @property
    def takes_votes(self) -> bool:
        return self.election is not None and self.election.is_under_way(self.now)

    @property
    def is_before_the_vote(self) -> bool:
        return self.election is not None and self.now < self.election.opens_at

    @property
    def has_a_shortlist(self) -> bool:
        return self.phase not in {Phase.PLANNED, Phase.CALL, Phase.REVIEW}


def standing_of(edition: Edition) -> Standing:
    return standings_of([edition])[0]


def standings_of(editions: list[Edition]) -> list[Standing]:
    """Return where editions stand; one query for all their clocks."""
    shown = clock.award_nows(edition.clock_name for edition in editions)
    return [Standing(edition, shown[edition.clock_name]) for edition in editions]


def told_editions(request: HttpRequest) -> set[int]:
    """Return the keys of the editions whose outcomes may be shown; found once for a request."""
    if not hasattr(request, "told_editions"):
        standings = standings_of(list(Edition.objects.with_calendar()))
        silent = set(
            Election.objects.for_the_public()
            .filter(reveal=None)
            .values_list("edition_id", flat=True)
        )
        request.told_editions = {  # type: ignore[attr-defined] # kept for it
            standing.edition.pk
            for standing in standings
            if rules.is_revealed(standing.edition, standing.now)
            and standing.edition.pk not in silent
        }
    told: set[int] = request.told_editions  # type: ignore[attr-defined] # set above
    return told


def current(request: HttpRequest) -> Standing | None:
    """Return where the current edition stands, found once for a request; None without editions.

    A demo is about the edition whose clock it moves; all others live in real time.
    """
    if not hasattr(request, "award_standing"):
        request.award_standing = _find()  # type: ignore[attr-defined] # kept for it
    found: Standing | None = request.award_standing  # type: ignore[attr-defined] # set above
    return found


def _find() -> Standing | None:
    editions = list(Edition.objects.for_the_list())
    if settings.DEMO:
        moved = [edition for edition in editions if edition.clock_name in settings.DEMO_CLOCKS]
        editions = moved or editions
    shown = {standing.edition: standing for standing in standings_of(editions)}
    edition = rules.current(editions, lambda one: shown[one].now)
    return shown[edition] if edition else None
