from __future__ import annotations

import pytest

from laurels.partners.models import Campaign, Partner
from tests.factories.editions import make_edition
from tests.factories.library import make_library
from tests.html import plain

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _library():
    make_library()


def page_of(client):
    response = client.get("/partners/")
    assert response.status_code == 200
    return plain(response)


def test_partners_are_listed_alphabetically_with_their_campaigns(client):
    for short_name in ("UCLG", "Guangzhou", "Metropolis"):
        Partner.objects.create(
            slug=short_name.lower(), name=f"The {short_name}", short_name=short_name, role="host"
        )
    campaign = Campaign.objects.create(
        partner=Partner.objects.get(slug="uclg"), edition=make_edition(2023)
    )

    shown = page_of(client)

    places = [shown.index(f"<small>The {name}") for name in ("Guangzhou", "Metropolis", "UCLG")]
    assert places == sorted(places)
    assert f'href="{campaign.get_absolute_url()}"' in shown
    assert campaign.get_absolute_url() == "/partners/uclg/2023/"


def test_page_without_partners_says_so(client):
    assert "No partner has been entered yet." in page_of(client)
