"""A partner's page: what it calls to follows the vote's own clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as django_settings
from django.utils.html import escape

from laurels.ballotbox.models import Election
from laurels.editions.enums import MomentKind, Precision
from laurels.partners.models import Campaign, Partner
from laurels.results.models import Reveal
from tests.factories.ballotbox import make_poll
from tests.factories.editions import make_edition, make_moment
from tests.factories.library import make_initiative
from tests.factories.seminars import make_seminar
from tests.html import plain

pytestmark = pytest.mark.django_db

OPENS_AT = datetime(2023, 10, 31, 16, tzinfo=UTC)
CLOSES_AT = datetime(2023, 11, 30, 16, tzinfo=UTC)
CEREMONY_AT = datetime(2023, 12, 6, 16, tzinfo=UTC)
BALLOT = 'class="btn main" href="/vote/2023/"'
RECEIPT = 'class="btn main" href="/vote/2023/receipt/"'
RESULT = 'class="btn main" href="/results/2023/"'
CITIES = 'class="btn main" href="/editions/2023/shortlist/"'


@pytest.fixture
def campaign():
    edition = make_edition(
        2023, ordinal=6, vote_name="City of Your Choice", ceremony_place="the Congress Center"
    )
    make_moment(edition, MomentKind.VOTE, OPENS_AT, CLOSES_AT)
    make_moment(edition, MomentKind.SHORTLIST, OPENS_AT - timedelta(days=40))
    make_moment(edition, MomentKind.CEREMONY, CEREMONY_AT, CEREMONY_AT + timedelta(days=1))
    edition.moments.filter(kind=MomentKind.CEREMONY).update(
        opens_precision=Precision.DAY, closes_precision=Precision.DAY
    )
    for short_name in ("UCLG", "Guangzhou", "Metropolis"):
        Partner.objects.create(
            slug=short_name.lower(), name=f"The {short_name}", short_name=short_name
        )
    for number in range(1, 5):
        make_seminar(edition, number, title=f"Evening {number}")
    make_initiative(edition, "Cape Town", recorded_title="Food systems")
    return Campaign.objects.create(partner=Partner.objects.get(slug="metropolis"), edition=edition)


@pytest.fixture
def shown_at(client, settings, campaign):
    """Return the page as it stands at an instant of the edition's clock, with a vote or not."""

    def show(now, *, has_vote=True):
        if has_vote:
            make_poll(
                django_settings.KEYS,
                now=now,
                slug="2023",
                opens_at=OPENS_AT,
                closes_at=CLOSES_AT,
                edition=campaign.edition,
                clock_name=campaign.edition.clock_name,
            )
        settings.DEMO_CLOCKS = {"edition-2023": now}
        response = client.get(campaign.get_absolute_url())
        assert response.status_code == 200
        return plain(response)

    return show


@pytest.mark.parametrize(
    ("now", "call"),
    [
        (OPENS_AT - timedelta(days=1), CITIES),
        (OPENS_AT, BALLOT),
        (CLOSES_AT - timedelta(seconds=1), BALLOT),
        (CLOSES_AT + timedelta(days=1), RECEIPT),
        (CEREMONY_AT, RECEIPT),
    ],
)
def test_campaign_calls_to_what_can_be_done_now(shown_at, now, call):
    shown = shown_at(now)

    calls = [one for one in (CITIES, BALLOT, RECEIPT, RESULT) if one in shown]
    assert calls == [call]


def test_campaign_leads_to_the_result_once_it_is_told(shown_at):
    shown_at(CEREMONY_AT)
    Reveal.objects.create(election=Election.objects.get(), revealed_at=CEREMONY_AT)

    shown = shown_at(CEREMONY_AT, has_vote=False)

    assert RESULT in shown
    assert "The world has chosen" in shown


def test_campaign_shows_close_seminars_cities_ceremony_and_partners(shown_at):
    shown = shown_at(OPENS_AT + timedelta(days=4))

    assert "The vote closes in 26 days." in shown
    assert "24:00</time></bdi> in <bdi>Guangzhou</bdi>" in shown
    assert [f"Evening {number}" in shown for number in range(1, 5)] == [True] * 4
    assert '<a href="/initiatives/2023-cape-town/"><b><bdi>Cape Town</bdi></b></a>' in shown
    assert "7 December 2023" in shown
    assert "<p>the Congress Center</p>" in shown
    places = [shown.index(f"<small>The {name}") for name in ("Guangzhou", "Metropolis", "UCLG")]
    assert places == sorted(places)


def test_campaign_of_an_edition_without_a_vote_here_has_no_way_to_a_ballot(shown_at):
    shown = shown_at(OPENS_AT, has_vote=False)

    assert "/vote/" not in shown
    assert escape("Metropolis invited the public to choose the City of Your Choice.") in shown


@pytest.mark.parametrize(
    "address", ["/partners/metropolis/2021/", "/partners/uclg/2023/", "/partners/nobody/2023/"]
)
def test_campaign_that_is_not_there_is_not_found(client, campaign, address):
    assert client.get(address).status_code == 404
