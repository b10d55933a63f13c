from datetime import UTC, datetime

import pytest

from laurels.design.instants import as_text


@pytest.mark.parametrize(
    ("at", "zone", "closes", "text"),
    [
        (
            datetime(2023, 10, 31, 16, tzinfo=UTC),
            "Asia/Shanghai",
            False,
            "1 November 2023, 00:00 in Guangzhou (31 October 2023, 16:00 UTC)",
        ),
        (
            datetime(2023, 11, 30, 16, tzinfo=UTC),
            "Asia/Shanghai",
            True,
            "30 November 2023, 24:00 in Guangzhou (30 November 2023, 16:00 UTC)",
        ),
        (
            datetime(2023, 11, 30, 17, tzinfo=UTC),
            "Asia/Shanghai",
            True,
            "1 December 2023, 01:00 in Guangzhou (30 November 2023, 17:00 UTC)",
        ),
        (
            datetime(2027, 7, 1, 12, tzinfo=UTC),
            "America/New_York",
            False,
            "1 July 2027, 08:00 in New York (1 July 2027, 12:00 UTC)",
        ),
        (datetime(2027, 7, 1, 12, tzinfo=UTC), "UTC", False, "1 July 2027, 12:00 UTC"),
    ],
)
def test_instant_reads_in_the_hosts_zone_and_in_utc(at, zone, closes, text):
    assert as_text(at, zone, closes=closes) == text
