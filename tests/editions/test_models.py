from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from laurels.editions.enums import MomentKind, Precision
from laurels.editions.models import AwardTotals, Edition, Moment, check_zone
from tests.factories.editions import make_edition, make_moment

OPENS, CLOSES = datetime(2023, 10, 31, 16, tzinfo=UTC), datetime(2023, 11, 30, 16, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("moment_closes_after_it_opens", {"opens_at": CLOSES, "closes_at": OPENS}),
        ("moment_closes_after_it_opens", {"opens_at": OPENS, "closes_at": OPENS}),
        ("moment_opening_has_a_precision", {"opens_at": OPENS, "opens_precision": ""}),
        ("moment_opening_has_a_precision", {"opens_precision": "day"}),
        ("moment_close_has_a_precision", {"closes_at": CLOSES, "closes_precision": ""}),
    ],
)
def test_moment_refuses_what_cannot_be(constraint, fields):
    edition = make_edition()
    precisions = {f"{end}_precision": "day" for end in ("opens", "closes") if f"{end}_at" in fields}

    with pytest.raises(IntegrityError, match=constraint):
        Moment.objects.create(edition=edition, kind=MomentKind.VOTE, **{**precisions, **fields})


def test_edition_has_one_moment_of_a_kind():
    edition = make_edition()
    make_moment(edition, MomentKind.VOTE, OPENS)

    with pytest.raises(IntegrityError, match="moment_of_a_kind_is_one_per_edition"):
        make_moment(edition, MomentKind.VOTE, OPENS)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("edition_ordinal_starts_at_one", {"ordinal": 0, "year": 2023}),
        ("edition_year_has_four_digits", {"ordinal": 1, "year": 123}),
    ],
)
def test_edition_refuses_what_cannot_be(constraint, fields):
    with pytest.raises(IntegrityError, match=constraint):
        make_edition(**fields)


def test_award_totals_are_one_row():
    counts = {"initiatives_count": 1, "cities_count": 1, "countries_count": 1}

    with pytest.raises(IntegrityError, match="award_totals_are_one_row"):
        AwardTotals.objects.create(id=2, **counts)


def test_moment_tells_its_days_in_its_own_zone():
    moment = make_moment(make_edition(), MomentKind.VOTE, OPENS, CLOSES)

    assert (moment.opens_on, moment.closes_on) == (date(2023, 11, 1), date(2023, 11, 30))


def test_moment_shows_hours_only_where_they_are_recorded():
    moment = make_moment(make_edition(), MomentKind.VOTE, OPENS, CLOSES)
    by_day = Moment(opens_at=OPENS, opens_precision=Precision.DAY)

    assert (moment.has_hours, by_day.has_hours, Moment().has_hours) == (True, False, False)


@pytest.mark.parametrize(
    ("moment", "is_recorded"),
    [
        (Moment(), False),
        (Moment(opens_at=OPENS), True),
        (Moment(closes_at=CLOSES), True),
        (Moment(recorded="late in autumn"), True),
    ],
)
def test_moment_knows_whether_anything_is_recorded(moment, is_recorded):
    assert moment.is_recorded == is_recorded


def test_moment_is_open_from_its_opening_until_before_its_close():
    moment = make_moment(make_edition(), MomentKind.VOTE, OPENS, CLOSES)

    assert [moment.is_open(now) for now in (OPENS, CLOSES)] == [True, False]
    assert not Moment(opens_at=OPENS).is_open(CLOSES)


def test_moment_without_an_instant_has_no_day():
    assert (Moment().opens_on, Moment().closes_on) == (None, None)


def test_edition_names_itself_its_clock_and_its_zone():
    edition = make_edition(2023, ordinal=6)

    assert edition.name == "Edition 6, 2023"
    assert edition.clock_name == "edition-2023"
    assert edition.zone == ZoneInfo("Asia/Shanghai")


def test_zone_must_be_one_of_the_iana_database():
    check_zone("Asia/Shanghai")

    with pytest.raises(ValidationError, match="is not a time zone"):
        check_zone("Guangzhou")


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_editions_takes_two_queries(django_assert_num_queries, count):
    for year in range(2023, 2023 + count):
        make_moment(make_edition(year), MomentKind.VOTE, OPENS, CLOSES)

    with django_assert_num_queries(2):
        found = [
            (edition.year, edition.moment(MomentKind.VOTE).closes_on, edition.moments_by_kind)
            for edition in Edition.objects.for_the_list()
        ]

    assert [year for year, _, _ in found] == list(range(2022 + count, 2022, -1))


def test_moments_come_in_order_and_those_without_a_day_last():
    edition = make_edition()
    make_moment(edition, MomentKind.CEREMONY, CLOSES)
    Moment.objects.create(edition=edition, kind=MomentKind.JURY, recorded="in autumn")
    make_moment(edition, MomentKind.VOTE, OPENS, CLOSES)

    kinds = [moment.kind for moment in Moment.objects.in_order()]

    assert kinds == [MomentKind.VOTE, MomentKind.CEREMONY, MomentKind.JURY]
