"""Where the demo stands."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from laurels.ballotbox.models import Election
from laurels.demo.enums import Stop
from laurels.foundation import clock
from laurels.seminars.models import Seminar

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.demo.models import ClockTrip

SLUG = "2023"
CLOCK = "edition-2023"
ZONE = "Asia/Shanghai"
LAST_HOUR = timedelta(minutes=55)
# The closing time and the grace: whatever was promised is in the log.
PAST_THE_CLOSE = timedelta(minutes=15)
SILENCE = timedelta(seconds=90)


class Strip:
    """What the strip on each page shows; asks only where a template reads it."""

    zone = ZONE

    @cached_property
    def now(self) -> datetime:
        return clock.award_now(CLOCK)


def demo_election() -> Election | None:
    """Return the demo's election once its manifest is published."""
    return Election.objects.published().filter(slug=SLUG).select_related("edition").first()


def moments(election: Election) -> dict[Stop, datetime]:
    """Return when each stop of the clock is."""
    seminars = Seminar.objects.filter(edition=election.edition)
    first = seminars.order_by("starts_at").values_list("starts_at", flat=True).first()
    stops = {Stop.FIRST_SEMINAR: first} if first else {}
    return stops | {
        Stop.LAST_HOUR: election.closing_at - LAST_HOUR,
        Stop.PAST_THE_CLOSE: election.closing_at + PAST_THE_CLOSE,
        Stop.CEREMONY: election.ceremony_at,
    }


def trip_under_way(election: Election) -> ClockTrip | None:
    return election.trips.filter(ended_at=None).first()


def is_stuck(trip: ClockTrip, now: datetime) -> bool:
    """Whether nothing was heard of a trip for so long that somebody should start it again."""
    return bool(trip.problem) or now - trip.heard_at > SILENCE
