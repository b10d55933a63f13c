from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from laurels.foundation import clock
from laurels.foundation.models import ClockOffset

BEGINNING = datetime(2023, 10, 31, 15, tzinfo=UTC)
A_MOMENT = timedelta(seconds=30)


@pytest.fixture
def _demo(settings):
    settings.DEMO = True
    settings.DEMO_CLOCKS = {"edition-2023": BEGINNING}


@pytest.mark.django_db
def test_award_now_is_real_time_outside_the_demo_and_asks_no_database(
    settings, django_assert_num_queries
):
    ClockOffset.objects.create(name="edition-2023", offset=timedelta(days=-1000))
    settings.DEMO = False

    with django_assert_num_queries(0):
        shown = clock.award_now("edition-2023")

    assert abs(clock.now() - shown) < A_MOMENT


@pytest.mark.django_db
@pytest.mark.usefixtures("_demo")
def test_award_now_stands_at_its_beginning_until_it_is_started():
    shown = [clock.award_now("edition-2023") for _ in range(2)]

    assert shown == [BEGINNING, BEGINNING]


@pytest.mark.django_db
@pytest.mark.usefixtures("_demo")
def test_award_now_of_an_edition_without_a_demo_clock_is_real_time():
    assert abs(clock.now() - clock.award_now("edition-2026")) < A_MOMENT


@pytest.mark.django_db
@pytest.mark.usefixtures("_demo")
def test_start_lets_the_clock_run_and_a_second_start_changes_nothing():
    clock.start("edition-2023", BEGINNING)
    first = ClockOffset.objects.get()

    shown = clock.start("edition-2023", BEGINNING + timedelta(days=9))

    assert ClockOffset.objects.get().offset == first.offset
    assert BEGINNING <= shown < BEGINNING + A_MOMENT


@pytest.mark.django_db
@pytest.mark.usefixtures("_demo")
def test_start_demo_clocks_starts_those_of_the_settings():
    clock.start_demo_clocks()

    assert list(ClockOffset.objects.values_list("name", flat=True)) == ["edition-2023"]


@pytest.mark.django_db
@pytest.mark.usefixtures("_demo")
def test_advance_moves_the_clock_forward_even_when_it_was_never_started():
    to = BEGINNING + timedelta(days=5)

    shown = clock.advance("edition-2023", to)

    assert to <= shown < to + A_MOMENT


@pytest.mark.django_db
@pytest.mark.usefixtures("_demo")
def test_advance_refuses_to_go_back_and_leaves_the_clock():
    clock.advance("edition-2023", BEGINNING + timedelta(days=5))
    before = ClockOffset.objects.get().offset

    with pytest.raises(clock.ClockRunsBackwards, match="edition-2023 shows 2023-11-05T15:00"):
        clock.advance("edition-2023", BEGINNING + timedelta(days=4))

    assert ClockOffset.objects.get().offset == before


@pytest.mark.django_db
def test_advance_outside_the_demo_is_refused(settings):
    settings.DEMO = False

    with pytest.raises(clock.ClockIsReal):
        clock.advance("edition-2023", BEGINNING)

    assert not ClockOffset.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_demo")
def test_two_that_advance_at_once_never_turn_the_clock_back():
    clock.start("edition-2023", BEGINNING)
    refused = []
    together = threading.Barrier(8)

    def advance(days):
        try:
            together.wait()
            clock.advance("edition-2023", BEGINNING + timedelta(days=days))
        except clock.ClockRunsBackwards:
            refused.append(days)
        finally:
            connection.close()

    threads = [threading.Thread(target=advance, args=[days]) for days in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    latest = BEGINNING + timedelta(days=8)
    assert latest <= clock.award_now("edition-2023") < latest + A_MOMENT
    assert 8 not in refused
