from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError

from laurels.seminars import rules
from laurels.seminars.enums import SeminarState
from laurels.seminars.models import Presentation, Seminar
from tests.factories.editions import make_edition
from tests.factories.library import make_initiative
from tests.factories.seminars import STARTS_AT, make_seminar

pytestmark = pytest.mark.django_db

ENDS_AT = STARTS_AT + timedelta(minutes=90)
AN_INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (STARTS_AT - AN_INSTANT, SeminarState.PLANNED),
        (STARTS_AT, SeminarState.LIVE),
        (ENDS_AT - AN_INSTANT, SeminarState.LIVE),
        (ENDS_AT, SeminarState.OVER),
    ],
)
def test_state_follows_from_the_times_and_the_clock(now, state):
    seminar = Seminar(starts_at=STARTS_AT, ends_at=ENDS_AT)

    assert rules.state(seminar, now) == state


def test_seminar_ends_after_it_starts():
    with pytest.raises(IntegrityError, match="seminar_ends_after_it_starts"):
        make_seminar(make_edition(), ends_at=STARTS_AT)


def test_seminar_number_is_one_per_edition():
    edition = make_edition()
    make_seminar(edition)

    with pytest.raises(IntegrityError, match="seminar_number_is_one_per_edition"):
        make_seminar(edition)


def test_seminar_holds_a_city_once():
    edition = make_edition()
    seminar, page = make_seminar(edition), make_initiative(edition)
    Presentation.objects.create(seminar=seminar, initiative=page, order=1)

    with pytest.raises(IntegrityError, match="seminar_city_is_in_it_once"):
        Presentation.objects.create(seminar=seminar, initiative=page, order=2)


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_seminars_takes_five_queries(django_assert_num_queries, count):
    edition = make_edition()
    for number in range(1, count + 1):
        seminar = make_seminar(edition, number)
        for order, city in enumerate(["Durban", "Cape Town"]):
            page = make_initiative(edition, city)
            Presentation.objects.create(seminar=seminar, initiative=page, order=order)

    with django_assert_num_queries(5):
        found = [
            [
                (city.initiative.city.name, city.initiative.edition.year)
                for city in one.presentations.all()
            ]
            for one in Seminar.objects.for_the_list()
        ]

    assert found == [[("Durban", 2023), ("Cape Town", 2023)]] * count


def test_seminars_of_an_edition_come_in_order_until_they_are_over():
    edition = make_edition()
    second = make_seminar(edition, 2, starts_at=STARTS_AT + timedelta(days=1))
    first = make_seminar(edition, 1)
    make_seminar(make_edition(2021), 1)

    assert list(Seminar.objects.of(edition)) == [first, second]
    assert list(Seminar.objects.of(edition).not_over(ENDS_AT)) == [second]
