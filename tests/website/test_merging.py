from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from laurels.website.award_file.merging import Merge, merge, plain


@pytest.mark.parametrize(
    ("current", "last", "said", "merged"),
    [
        ("a", "a", "a", Merge({}, ())),
        ("a", "a", "b", Merge({"summary": "b"}, ())),
        ("by hand", "a", "a", Merge({}, ())),
        ("by hand", "a", "b", Merge({}, ("summary",))),
        ("b", "a", "b", Merge({}, ())),
        ("", "a", "b", Merge({}, ("summary",))),
    ],
)
def test_merge_keeps_what_people_wrote_and_writes_what_the_file_changed(
    current, last, said, merged
):
    found = merge(current={"summary": current}, last={"summary": last}, said={"summary": said})

    assert found == merged


def test_plain_values_are_what_json_keeps():
    instant = datetime(2023, 11, 1, tzinfo=ZoneInfo("Asia/Shanghai"))

    assert plain(instant) == "2023-10-31T16:00:00+00:00"
    assert plain(date(2023, 11, 1)) == "2023-11-01"
    assert plain(("a", [1, None, True])) == ["a", [1, None, True]]
