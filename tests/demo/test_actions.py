from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from laurels.ballotbox.models import Election
from laurels.demo import actions, crowd, queries, rules
from laurels.demo.models import ClockTrip
from laurels.foundation import clock
from laurels.registrar.models.register import CHANGES_END_BEFORE_THE_CLOSE
from laurels.results import keys
from tests.factories.editions import make_edition
from tests.factories.library import make_initiative
from tests.factories.results import BEFORE

pytestmark = pytest.mark.django_db(databases=["default", "registrar"])
CITIES = ("Xianning", "Bogotá", "Cape Town")


@pytest.fixture
def edition():
    edition = make_edition(2023)
    for city in CITIES:
        make_initiative(edition, city)
    clock.start(queries.CLOCK, BEFORE)
    return edition


def test_draft_numbers_the_shortlist_by_its_addresses(edition):
    election = actions.draft_demo_election(edition=edition)

    assert list(election.candidates.values_list("number", "code", "name")) == [
        (1, "2023-bogota", "Bogotá"),
        (2, "2023-cape-town", "Cape Town"),
        (3, "2023-xianning", "Xianning"),
    ]
    assert (election.is_demo, election.clock_name) == (True, queries.CLOCK)
    assert election.trustees.count() == election.reviewers.count() == 3


def test_draft_a_second_time_is_the_same_election(edition):
    first = actions.draft_demo_election(edition=edition)
    key = keys.scalar_of(keys.demo_trustee(first, 0))

    assert actions.draft_demo_election(edition=edition) == first
    assert keys.scalar_of(keys.demo_trustee(first, 0)) == key


def test_draft_after_a_crash_makes_new_keys_and_a_new_id(edition):
    # The first start made keys and died before its election was committed.
    lost = actions.draft_demo_election(edition=edition)
    key, election_id = keys.scalar_of(keys.demo_trustee(lost, 0)), lost.election_id
    Election.objects.all().delete()
    log = settings.LOGS / queries.SLUG
    log.mkdir(parents=True)
    (log / "checkpoint").write_text("of another log")

    election = actions.draft_demo_election(edition=edition)

    assert election.election_id != election_id
    assert keys.scalar_of(keys.demo_trustee(election, 0)) != key
    assert not log.exists()


def test_secret_files_are_for_the_owner_only(edition):
    actions.draft_demo_election(edition=edition)

    folder = settings.KEYS / queries.SLUG
    assert {path.stat().st_mode & 0o077 for path in folder.iterdir()} == {0}


@pytest.fixture
def over(edition):
    """A demo vote after its close: nobody comes on the way any more."""
    election = actions.draft_demo_election(edition=edition)
    clock.advance(queries.CLOCK, election.closes_at)
    return election


def test_a_trip_moves_the_clock_and_ends(over):
    trip = actions.begin_trip(election=over, to=over.ceremony_at)

    actions.make_trip(trip=trip)

    trip.refresh_from_db()
    assert trip.ended_at is not None
    assert clock.award_now(queries.CLOCK) >= over.ceremony_at


def test_a_second_trip_has_to_wait(over):
    actions.begin_trip(election=over, to=over.ceremony_at)

    with pytest.raises(actions.TripIsUnderWay):
        actions.begin_trip(election=over, to=over.ceremony_at)

    assert ClockTrip.objects.count() == 1


def test_a_trip_repeated_after_its_end_never_turns_the_clock_back(over):
    trip = actions.begin_trip(election=over, to=over.closes_at + timedelta(hours=1))
    clock.advance(queries.CLOCK, over.ceremony_at)

    actions.make_trip(trip=trip)

    assert clock.award_now(queries.CLOCK) >= over.ceremony_at


def test_a_trip_that_fails_says_why_and_stays(over, monkeypatch):
    def refuse(**_told):
        raise crowd.BoxRefuses("The ballot box does not answer.")

    monkeypatch.setattr(actions, "move_clock", refuse)
    trip = actions.begin_trip(election=over, to=over.ceremony_at)

    with pytest.raises(crowd.BoxRefuses):
        actions.make_trip(trip=trip)

    trip.refresh_from_db()
    assert (trip.ended_at, trip.problem) == (None, "The ballot box does not answer.")
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_locks where locktype = 'advisory' and objid = %s", [trip.pk]
        )
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("number", range(40))
def test_no_slot_carries_a_change_into_the_hour_that_takes_none(number):
    closes_at = actions.CLOSES_AT - actions.BEFORE_THE_CLOSE
    crowd_of_it = rules.arrivals(
        seed=bytes([number]),
        opens_at=actions.OPENS_AT,
        closes_at=closes_at,
        candidates=range(1, 16),
        most=3,
    )
    came: set[str] = set()
    late = []
    for end, slot in actions._slots(crowd_of_it, closes_at):  # noqa: SLF001
        addresses = {arrival.address for arrival in slot}
        if end >= actions.CLOSES_AT - CHANGES_END_BEFORE_THE_CLOSE:
            late += addresses & came
        came |= addresses

    assert late == []


def test_slots_keep_order_and_end_with_their_last_arrival(over):
    ahead = actions._arrivals(over)  # noqa: SLF001 -- the crowd of this election
    slots = list(actions._slots(ahead, over.closes_at))  # noqa: SLF001

    assert [each for _end, slot in slots for each in slot] == ahead
    assert all(end == slot[-1].at for end, slot in slots)
    assert all(slot[-1].at - slot[0].at <= rules.SLOT for _end, slot in slots)


def test_prepare_demo_without_the_edition_says_what_to_load(db):
    with pytest.raises(CommandError, match="load_award data/award"):
        call_command("prepare_demo")


def test_prepare_demo_outside_the_demo_does_nothing(db, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="This is no demo"):
        call_command("prepare_demo")


def test_prepare_demo_too_late_says_how_to_begin_anew(edition):
    clock.advance(queries.CLOCK, actions.OPENS_AT + timedelta(minutes=1))

    with pytest.raises(CommandError, match="laurels up --fresh"):
        call_command("prepare_demo")
