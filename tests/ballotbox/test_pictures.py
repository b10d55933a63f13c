"""The share picture of a vote: its hour in each state, and nothing of its outcome."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as django_settings
from django.utils import translation

from laurels.ballotbox import pictures
from laurels.ballotbox.models import Election
from laurels.design.hours_picture import Row
from tests.factories.ballotbox import make_poll
from tests.factories.editions import make_edition

pytestmark = pytest.mark.django_db

OPENS_AT = datetime(2023, 10, 31, 16, tzinfo=UTC)
CLOSES_AT = datetime(2023, 11, 30, 16, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def election():
    edition = make_edition(2023)
    make_poll(
        django_settings.KEYS,
        now=OPENS_AT,
        slug="2023",
        opens_at=OPENS_AT,
        closes_at=CLOSES_AT,
        edition=edition,
        clock_name=edition.clock_name,
        title="City of Your Choice",
    )
    return Election.objects.select_related("edition").get()


@pytest.mark.parametrize(
    ("now", "state", "host", "bogota"),
    [
        (
            OPENS_AT - MINUTE,
            "The vote opens",
            "Wednesday 1 November 2023, 00:00 in Guangzhou",
            Row("Bogotá", "11:00", "still Tuesday"),
        ),
        # A midnight that closes belongs to the day that it ends, there and elsewhere.
        (
            OPENS_AT,
            "The vote closes",
            "Thursday 30 November 2023, 24:00 in Guangzhou",
            Row("Bogotá", "11:00", ""),
        ),
        (CLOSES_AT, "Voting is closed.", "Thursday 30 November 2023, 24:00 in Guangzhou", None),
    ],
)
def test_picture_says_when_the_vote_opens_or_closes(election, now, state, host, bogota):
    picture = pictures.of_vote(election, now)

    assert (picture.title, picture.state, picture.host) == ("City of Your Choice", state, host)
    assert picture.rows[1:2] == ((bogota,) if bogota else ())


def test_pages_name_the_picture_by_an_address_of_its_state(client, settings, election):
    addresses = []
    for now in (OPENS_AT - MINUTE, OPENS_AT, CLOSES_AT - MINUTE, CLOSES_AT):
        settings.DEMO_CLOCKS = {"edition-2023": now}
        page = client.get("/ar/vote/2023/").content.decode()
        addresses += re.findall(r'<meta property="og:image" content="([^"]+)"', page)

    assert len(set(addresses)) == 3
    assert addresses[1] == addresses[2]
    kept = client.get(addresses[-1])
    assert (kept["Content-Type"], "immutable" in kept["Cache-Control"]) == ("image/png", True)
    assert client.get("/vote/2021/share.png").status_code == 404


def test_picture_is_in_arabic_from_right_to_left(election):
    with translation.override("ar"):
        picture = pictures.of_vote(election, OPENS_AT)

    assert picture.direction == "rtl"
    assert picture.host.startswith("الخميس 30 نوفمبر 2023")
