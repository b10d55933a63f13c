from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from laurels.editions import rules
from laurels.editions.enums import MomentKind, Phase, Precision
from laurels.editions.models import Edition
from tests.factories.editions import make_edition, make_moment, unsaved_moment


def at(month: int, day: int, hour: int = 0, year: int = 2023) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


CALENDAR = [
    unsaved_moment(MomentKind.CALL, at(2, 23), at(8, 31)),
    unsaved_moment(MomentKind.REVIEW, at(9, 11), at(9, 14)),
    unsaved_moment(MomentKind.SHORTLIST, at(9, 14), at(9, 15)),
    unsaved_moment(MomentKind.VOTE, at(10, 31, 16), at(11, 30, 16)),
    unsaved_moment(MomentKind.SEMINARS, at(11, 6), at(11, 9)),
    unsaved_moment(MomentKind.CEREMONY, at(12, 6, 16), at(12, 7, 16)),
]


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        (at(1, 1), Phase.PLANNED),
        (at(2, 23), Phase.CALL),
        (at(8, 31), Phase.REVIEW),
        (at(9, 12), Phase.REVIEW),
        (at(9, 14), Phase.SHORTLIST),
        (at(10, 31, 15), Phase.SHORTLIST),
        (at(10, 31, 16), Phase.VOTE),
        (at(11, 7), Phase.VOTE),
        (at(11, 30, 16), Phase.VOTE_CLOSED),
        (at(12, 6, 16), Phase.CEREMONY),
        (at(12, 7, 16), Phase.HELD),
    ],
)
def test_phase_follows_from_the_moments_and_the_clock(now, phase):
    assert rules.phase(CALENDAR, now) == phase


@pytest.mark.parametrize(
    ("moments", "phase"),
    [
        ([], Phase.PLANNED),
        ([unsaved_moment(MomentKind.CALL, None, at(1, 1))], Phase.REVIEW),
        ([unsaved_moment(MomentKind.VOTE, None, at(1, 1))], Phase.VOTE_CLOSED),
        ([unsaved_moment(MomentKind.VOTE, at(1, 1), None)], Phase.VOTE),
        ([unsaved_moment(MomentKind.CEREMONY, at(1, 1), at(1, 2))], Phase.HELD),
        ([unsaved_moment(MomentKind.CEREMONY, at(1, 1), None)], Phase.CEREMONY),
    ],
)
def test_phase_passes_over_what_is_not_recorded(moments, phase):
    assert rules.phase(moments, at(6, 1)) == phase


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("precision", "revealed_at"),
    [
        (Precision.MINUTE, at(12, 6, 16)),
        (Precision.DAY, at(12, 6, 16)),
        (Precision.MONTH, at(12, 31, 16)),
    ],
)
def test_an_edition_is_revealed_from_its_ceremony_on(precision, revealed_at):
    edition = make_edition()
    make_moment(edition, MomentKind.CEREMONY, at(12, 6, 16), at(12, 31, 16))
    edition.moments.update(opens_precision=precision)

    assert rules.reveal_at(edition) == revealed_at
    assert not rules.is_revealed(edition, revealed_at - timedelta(microseconds=1))
    assert rules.is_revealed(edition, revealed_at)


@pytest.mark.django_db
def test_an_edition_without_a_ceremony_is_never_revealed():
    edition = make_edition()
    make_moment(edition, MomentKind.VOTE, at(1, 1), at(2, 1))

    assert not rules.is_revealed(edition, at(1, 1, year=2999))


@pytest.mark.django_db
def test_current_is_the_edition_with_a_moment_nearest_to_its_own_clock():
    sixth, seventh = make_edition(2023), make_edition(2026)
    make_moment(sixth, MomentKind.VOTE, at(10, 31), at(11, 30))
    make_moment(sixth, MomentKind.CEREMONY, at(12, 6), at(12, 7))
    make_moment(seventh, MomentKind.CALL, at(9, 29, year=2025), at(4, 30, year=2026))
    editions = list(Edition.objects.with_calendar())
    autumn_of_2026 = at(11, 23, year=2026)

    def now_of(sixth_shows):
        return lambda edition: sixth_shows if edition.year == 2023 else autumn_of_2026

    assert rules.current(editions, now_of(at(11, 5))) == sixth
    assert rules.current(editions, now_of(at(12, 20))) == sixth
    assert rules.current(editions, now_of(autumn_of_2026)) == seventh


@pytest.mark.django_db
def test_current_of_editions_without_a_calendar_is_the_newest():
    make_edition(2021)
    newest = make_edition(2023)

    assert rules.current(Edition.objects.with_calendar(), lambda _: at(1, 1)) == newest
    assert rules.current([], lambda _: at(1, 1)) is None
