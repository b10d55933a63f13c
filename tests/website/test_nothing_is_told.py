"""Nothing that programs and other sites can read tells an outcome before its reveal."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from laurels.ballotbox.models import Election
from laurels.library.enums import HonourKind
from laurels.library.models import InitiativePage
from laurels.results.models import Reveal
from tests.factories.library import make_honour
from tests.website.api.test_api import ADDRESSES
from tests.website.test_load_award import GIVEAWAYS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_award")]

CEREMONY_AT = datetime(2023, 12, 6, 16, tzinfo=UTC)
BEFORE, OPEN, CLOSED = (
    datetime(2023, 10, 31, 15, tzinfo=UTC),
    datetime(2023, 11, 30, 15, 59, tzinfo=UTC),
    datetime(2023, 12, 1, tzinfo=UTC),
)
SURFACES = [
    *(f"/api/v1/{path}" for path in ADDRESSES),
    "/api/v1/initiatives?outcome=winner&edition=2023",
    "/api/v1/initiatives/2023-xianning",
    "/api/v1/embeds/city/2023-cape-town?partner=uclg",
    "/embed/city/2023-cape-town/",
    "/embed/city/2023-xianning/?partner=metropolis",
    "/embed/campaign/2023/",
    "/embed/countdown/2023/",
    "/feeds/initiatives.atom",
    "/feeds/initiatives.json?edition=2023",
    "/feeds/cities/za-cape-town.atom",
    "/feeds/focus.atom",
    "/oembed/?url=http://127.0.0.1:8000/initiatives/2023-cape-town/",
]
SECRETS = ("4711471", "it was first", "the-winner.example")


@pytest.fixture
def entered_early():
    """What somebody typed in before its time."""
    page = InitiativePage.objects.get(slug="2023-cape-town")
    make_honour(page, HonourKind.CITY_OF_YOUR_CHOICE)
    InitiativePage.objects.filter(pk=page.pk).update(
        public_votes=4711471, note="it was first", sources=["https://the-winner.example/"]
    )
    return page


@pytest.mark.parametrize("now", [BEFORE, OPEN, CLOSED, CEREMONY_AT], ids=lambda at: f"{at:%m-%d}")
def test_no_surface_tells_before_the_reveal(client, settings, entered_early, now):
    settings.DEMO_CLOCKS = {"edition-2023": now}

    for surface in SURFACES:
        response = client.get(surface)
        assert response.status_code in {200, 422}, surface
        text = response.content.decode().lower()
        assert [word for word in (*GIVEAWAYS, *SECRETS) if word in text] == [], surface
    shown = client.get("/api/v1/initiatives/2023-cape-town").json()
    vote = client.get("/api/v1/editions/2023/vote").json()
    assert (shown["honours"], shown["public_votes"], shown["sources"]) == ([], None, [])
    assert (vote["result"], {each["votes"] for each in vote["candidates"]}) == (None, {None})
    assert (
        client.get("/api/v1/initiatives?outcome=city_of_your_choice&edition=2023").json()["results"]
        == []
    )


def test_outcomes_are_told_after_the_reveal(client, settings, entered_early):
    settings.DEMO_CLOCKS = {"edition-2023": CEREMONY_AT}
    Reveal.objects.create(election=Election.objects.get(slug="2023"), revealed_at=CEREMONY_AT)

    shown = client.get("/api/v1/initiatives/2023-cape-town").json()

    assert (shown["honours"], shown["public_votes"]) == (["city_of_your_choice"], 4711471)
    assert "City of Your Choice" in client.get("/embed/city/2023-cape-town/").content.decode()
    assert client.get("/api/v1/editions/2023").json()["is_revealed"] is True
