from __future__ import annotations

import pytest
from django.db import IntegrityError

from laurels.editions.enums import MomentKind
from laurels.partners.models import Campaign, Partner
from tests.factories.editions import NOON, make_edition, make_moment

pytestmark = pytest.mark.django_db


def test_partners_stand_alphabetically_by_the_name_on_their_wordmark():
    for short_name in ("UCLG", "metropolis", "Guangzhou"):
        Partner.objects.create(
            slug=short_name.lower(), name="The " + short_name, short_name=short_name
        )

    found = [partner.short_name for partner in Partner.objects.alphabetical()]

    assert found == ["Guangzhou", "metropolis", "UCLG"]


def test_campaign_is_found_by_its_address_with_partner_and_calendar(django_assert_num_queries):
    partner = Partner.objects.create(slug="uclg", name="United Cities", short_name="UCLG")
    edition = make_edition(2023)
    make_moment(edition, MomentKind.VOTE, NOON)
    campaign = Campaign.objects.create(partner=partner, edition=edition)

    with django_assert_num_queries(2):
        found = Campaign.objects.of(slug="uclg", year=2023).get()
        assert found.edition.moment(MomentKind.VOTE).opens_at == NOON
        assert str(found) == "UCLG 2023"

    assert found == campaign
    assert not Campaign.objects.of(slug="uclg", year=2021).exists()
    assert list(Campaign.objects.newest_first()) == [campaign]


def test_campaign_is_one_per_partner_and_edition():
    partner = Partner.objects.create(slug="uclg", name="United Cities", short_name="UCLG")
    campaign = Campaign.objects.create(partner=partner, edition=make_edition())

    with pytest.raises(IntegrityError, match="campaign_is_one_per_partner_and_edition"):
        Campaign.objects.create(partner=partner, edition=campaign.edition)
