"""What happens in the demo: its election is set up, and its clock moves on."""

from __future__ import annotations

import secrets
import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, connection, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from laurels.accounts.enums import Role
from laurels.accounts.models import Person
from laurels.ballotbox import actions as ballotbox
from laurels.ballotbox.models import Election
from laurels.demo import keys, rules
from laurels.demo.crowd import Crowd
from laurels.demo.models import ClockTrip
from laurels.demo.queries import SLUG
from laurels.foundation import clock
from laurels.library.models import InitiativePage
from laurels.partners.models import Member, Partner
from laurels.results import actions as results

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from laurels.editions.models import Edition

YEAR = 2023
PREPARER = "Demo set-up"
PARTNER = "metropolis"
READY_AT = datetime(2023, 11, 5, 9, tzinfo=UTC)
OPENS_AT = datetime(2023, 10, 31, 16, tzinfo=UTC)
CLOSES_AT = datetime(2023, 11, 30, 16, tzinfo=UTC)
# The hour of the ceremony is not recorded; its day in Guangzhou begins here.
CEREMONY_AT = datetime(2023, 12, 6, 16, tzinfo=UTC)
# Of one slot, all ballots are cast at its end: the log tells times to ten minutes only.
BEFORE_THE_CLOSE = timedelta(minutes=5)
TRIP_LOCK = 7350
AWARD_FOLDER = settings.ROOT / "data/award"


class TripIsUnderWay(Exception):  # noqa: N818 -- named for what is wrong
    """The clock is being moved on already."""


def draft_demo_election(*, edition: Edition) -> Election:
    """Return the demo's election; where there is none yet, make one with new keys and a new id."""
    found = Election.objects.filter(slug=SLUG).first()
    if found is not None:
        return found
    # Keys or a log without an election are left over from a start that did not get this far.
    folder = settings.KEYS / SLUG
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(settings.LOGS / SLUG, ignore_errors=True)
    name = secrets.token_hex(4)
    election_id = f"demo/{YEAR}/{name}"
    made = keys.make_keys(folder, election_id)
    with transaction.atomic():
        election = ballotbox.draft_election(
            slug=SLUG,
            election_id=election_id,
            title=f"City of Your Choice {YEAR} (demo)",
            origin=f"demo.invalid/laurels/{YEAR}/{name}",
            opens_at=OPENS_AT,
            closes_at=CLOSES_AT,
            closes_latest=CLOSES_AT + timedelta(days=2),
            ceremony_at=CEREMONY_AT,
            grace_seconds=600,
            min_picks=1,
            max_picks=3,
            plaintext_size=64,
            candidates=list(_candidates(edition)),
            edition=edition,
            clock_name=edition.clock_name,
            is_demo=True,
        )
        results.appoint_trustees(election=election, trustees=made.trustees)
        results.appoint_reviewers(election=election, reviewers=made.reviewers)
    return election


def open_demo_election(*, election: Election) -> None:
    """Rehearse the draft and publish its manifest, as far as that is not done."""
    for step in (results.rehearse_election, results.open_election):
        now = clock.award_now(election.clock_name)
        step(election=election, person_name=PREPARER, now=now)
    election.refresh_from_db()


def move_clock(
    *, election: Election, to: datetime, report: Callable[[int, int], None] = lambda _a, _b: None
) -> None:
    """Move the award clock on to `to`, slot by slot, casting the ballots that fall on the way.

    `report` is told how many are cast, and of how many. Where this stops, the next call goes on
    from what the clock shows; of the slot under way some voters then stay at home.
    """
    now = clock.award_now(election.clock_name)
    ahead = [each for each in _arrivals(election) if now < each.at <= to]
    crowd = Crowd(election) if ahead else None
    cast = 0
    report(cast, len(ahead))
    for end, slot in _slots(ahead, to):
        if end > clock.award_now(election.clock_name):
            clock.advance(election.clock_name, end)
        if crowd is not None:
            cast += crowd.vote(slot, clock.award_now(election.clock_name))
        report(cast, len(ahead))
    if to > clock.award_now(election.clock_name):
        clock.advance(election.clock_name, to)


def begin_trip(*, election: Election, to: datetime) -> ClockTrip:
    """Write down that the clock is to move; a task makes the trip. Raise TripIsUnderWay."""
    now = clock.now()
    try:
        with transaction.atomic():
            return ClockTrip.objects.create(
                election=election, destination=to, started_at=now, heard_at=now
            )
    except IntegrityError as error:
        message = _("The clock is on its way already. Wait until it has arrived.")
        raise TripIsUnderWay(message) from error


def make_trip(*, trip: ClockTrip) -> None:
    """Move the clock to the trip's destination; whoever comes second leaves it to the first."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s, %s)", [TRIP_LOCK, trip.pk])
        if not cursor.fetchone()[0]:
            return
    try:
        move_clock(
            election=trip.election,
            to=trip.destination,
            report=lambda cast, ahead: _report(trip, cast, ahead),
        )
        ClockTrip.objects.filter(pk=trip.pk).update(ended_at=clock.now(), problem="")
    except Exception as error:
        ClockTrip.objects.filter(pk=trip.pk).update(problem=str(error))
        raise
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s, %s)", [TRIP_LOCK, trip.pk])


@transaction.atomic
def appoint(role: Role) -> Person:
    """Return the demo's person of a role, who has no password; the secretariat runs elections."""
    group, _is_new = Group.objects.get_or_create(name=role.value)
    group.permissions.add(_permission("wagtailadmin", "access_admin"))
    if role == Role.SECRETARIAT:
        group.permissions.add(_permission("results", "run_election"))
    address = f"{slugify(role.value)}@demo.invalid"
    person, is_new = Person.objects.get_or_create(
        email=address, defaults={"name": f"Demo {role.value.lower()}"}
    )
    if is_new:
        person.set_unusable_password()
        person.save()
    person.groups.add(group)
    partner = Partner.objects.filter(slug=PARTNER).first()
    if role == Role.PARTNER_EDITOR and partner:
        Member.objects.get_or_create(person=person, defaults={"partner": partner})
    return person


def _permission(app_label: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def _candidates(edition: Edition) -> Iterator[ballotbox.NewCandidate]:
    pages = InitiativePage.objects.shortlisted_in(edition)
    for number, page in enumerate(sorted(pages, key=lambda page: page.slug), start=1):
        yield ballotbox.NewCandidate(number, page.slug, page.city.name, page)


def _arrivals(election: Election) -> list[rules.Arrival]:
    return rules.arrivals(
        seed=keys.read_seed(settings.KEYS / election.slug),
        opens_at=election.opens_at,
        closes_at=election.closes_at - BEFORE_THE_CLOSE,
        candidates=list(election.candidates.values_list("number", flat=True)),
        most=election.max_picks,
    )


def _slots(
    ahead: list[rules.Arrival], to: datetime
) -> Iterator[tuple[datetime, list[rules.Arrival]]]:
    """Part the arrivals into slots; each ends with its last arrival."""
    slot: list[rules.Arrival] = []
    for arrival in ahead:
        if slot and arrival.at - slot[0].at > rules.SLOT:
            yield min(slot[-1].at, to), slot
            slot = []
        slot.append(arrival)
    if slot:
        yield min(slot[-1].at, to), slot


def _report(trip: ClockTrip, cast: int, ahead: int) -> None:
    ClockTrip.objects.filter(pk=trip.pk).update(
        ballots_cast=cast, ballots_to_cast=ahead, heard_at=clock.now()
    )
