from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from laurels.ballotbox import rules

TODAY = date(2023, 11, 5)


def test_times_are_written_in_utc_without_fractions():
    guangzhou = timezone(timedelta(hours=8))
    moment = datetime(2023, 12, 1, 0, 0, 0, 999, tzinfo=guangzhou)

    assert rules.time_text(moment) == "2023-11-30T16:00:00Z"
    assert rules.time_of("2023-11-30T16:00:00Z") == datetime(2023, 11, 30, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "rounded"),
    [
        ("2023-11-05T09:00:00Z", "2023-11-05T09:00:00Z"),
        ("2023-11-05T09:09:59Z", "2023-11-05T09:00:00Z"),
        ("2023-11-05T23:59:59Z", "2023-11-05T23:50:00Z"),
    ],
)
def test_rounding_goes_down_to_whole_ten_minutes(given, rounded):
    assert rules.time_text(rules.rounded_down(rules.time_of(given))) == rounded


@pytest.mark.parametrize(
    ("kind", "kept_on", "keeps"),
    [
        ("ballot", None, True),
        ("ballot", TODAY - timedelta(days=1), True),
        ("ballot", TODAY, False),
        ("void", TODAY, False),
        ("close", TODAY, True),
        ("freeze", TODAY, True),
        ("result", TODAY, True),
    ],
)
def test_checkpoints_are_kept_at_stages_and_once_a_day(kind, kept_on, keeps):
    assert rules.keeps_checkpoint(kind, today=TODAY, kept_on=kept_on) is keeps
