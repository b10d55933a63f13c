"""Many at once, on a real database: threads with connections of their own."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laurels.foundation.models import Mail, RateCount
from laurels.seminars import actions
from laurels.seminars.enums import RegistrationState
from laurels.seminars.models import LetterNote, Registrant, Registration
from tests.factories.editions import make_edition
from tests.factories.seminars import BOGOTA, EARLY, NOW, STARTS_AT, ask, come, make_seminar

WAIT_SECONDS = 30
CONFIRMED, WAITING = RegistrationState.CONFIRMED, RegistrationState.WAITING


def at_once(*deeds):
    """Do all at the same moment and return what each raised, in order."""
    start = threading.Barrier(len(deeds))
    outcomes = [None] * len(deeds)

    def run(number, deed):
        try:
            start.wait()
            deed()
        except Exception as error:  # noqa: BLE001 -- the outcome is what the test looks at
            outcomes[number] = error
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=[number, deed]) for number, deed in enumerate(deeds)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT_SECONDS)
    assert not any(thread.is_alive() for thread in threads)
    return outcomes


def choose(registrant, *seminars):
    actions.change_choice(
        registrant=registrant,
        seminars=seminars,
        zone=BOGOTA.zone,
        language="en",
        now=NOW,
        award_now=EARLY,
    )


def assert_seats_are_right(seminar):
    """No seat too many, none empty while somebody waits, and who waits came after who sits."""
    held = list(Registration.objects.of(seminar).standing())
    seated = [each for each in held if each.state == CONFIRMED]
    waiting = [each for each in held if each.state == WAITING]
    assert len(seated) <= seminar.capacity
    assert not waiting or len(seated) == seminar.capacity


@pytest.mark.django_db(transaction=True)
def test_form_sent_twice_at_once_is_one_request_and_one_letter():
    seminar = make_seminar(make_edition(2023))

    outcomes = at_once(*[lambda: ask("ana@example.org", seminar)] * 4)

    assert outcomes == [None] * 4
    assert (Registrant.objects.count(), Registration.objects.count()) == (1, 1)
    assert Mail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_seats_are_never_given_twice_when_many_come_and_go_at_once():
    edition = make_edition(2023)
    first, second = (make_seminar(edition, number, capacity=3) for number in (1, 2))
    people = [ask(f"p{number}@example.org", first, second) for number in range(8)]

    came = at_once(
        *[
            lambda person=person: actions.confirm_address(
                registrant=person, now=NOW, award_now=EARLY
            )
            for person in people
        ]
    )
    for seminar in (first, second):
        assert_seats_are_right(seminar)
    went = at_once(
        *[lambda person=person: choose(person, first) for person in people[:4]],
        *[lambda person=person: choose(person, second) for person in people[4:]],
    )

    assert came == went == [None] * 8
    for seminar in (first, second):
        assert_seats_are_right(seminar)
    assert Registration.objects.filter(state=CONFIRMED).count() == 6


@pytest.mark.django_db(transaction=True)
def test_letters_that_are_due_are_written_once_by_two_workers_at_once():
    seminar = make_seminar(make_edition(2023))
    for number in range(12):
        come(f"p{number}@example.org", seminar)
    Mail.objects.all().delete()
    due = STARTS_AT - timedelta(hours=1)

    at_once(*[lambda: actions.write_due_letters(seminar=seminar, now=NOW, award_now=due)] * 3)

    assert LetterNote.objects.count() == 12
    assert sorted(Mail.objects.values_list("address", flat=True)) == sorted(
        f"p{number}@example.org" for number in range(12)
    )


@pytest.mark.django_db
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    capacity=st.integers(1, 3),
    steps=st.lists(st.tuples(st.sampled_from(["come", "go", "seats"]), st.integers(0, 4))),
)
def test_order_of_the_queue_is_kept_whatever_happens(capacity, steps):
    for model in (Registration, Registrant, RateCount):
        model.objects.all().delete()
    seminar = make_or_reset(capacity)
    people, queue = {}, []  # the model: who stands in which order

    for number, (deed, which) in enumerate(steps):
        now = NOW + timedelta(seconds=number)
        if deed == "seats":
            seminar.capacity += 1
            seminar.save()
            actions.let_move_up(seminar=seminar, now=now, award_now=EARLY)
        elif deed == "come":
            address = f"p{which}@example.org"
            people[which] = people.get(which) or come(address, seminar, now=now, network=str(which))
            actions.change_choice(
                registrant=people[which],
                seminars=[seminar],
                zone="UTC",
                language="en",
                now=now,
                award_now=EARLY,
            )
            queue += [which] * (which not in queue)
        elif which in people:
            actions.change_choice(
                registrant=people[which],
                seminars=[],
                zone="UTC",
                language="en",
                now=now,
                award_now=EARLY,
            )
            queue = [each for each in queue if each != which]

    stand = {
        int(each.registrant.address[1]): each.state
        for each in Registration.objects.standing().select_related("registrant")
    }
    seated = queue[: seminar.capacity]
    assert stand == {each: CONFIRMED if each in seated else WAITING for each in queue}


def make_or_reset(capacity):
    from laurels.seminars.models import Seminar

    found = Seminar.objects.select_related("edition").first() or make_seminar(make_edition(2023))
    found.capacity = capacity
    found.save()
    return found
