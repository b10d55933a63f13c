"""A partner's own page: what it carries."""

from __future__ import annotations

from datetime import date

import pytest

from laurels.partners.models import Campaign, EmbedVisit, Partner
from tests.factories.editions import make_edition
from tests.factories.focus import make_article
from tests.factories.library import make_library
from tests.html import plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    make_library()
    return Partner.objects.create(slug="uclg", name="United Cities", short_name="UCLG")


def test_partner_without_anything_says_so(client, partner):
    shown = plain(client.get("/partners/uclg/"))

    assert "<h1>United Cities</h1>" in shown
    assert "No campaign of this partner is recorded." in shown
    assert "None so far." in shown
    assert shown.count("Not recorded") == 3
    assert "Keys it keeps" not in shown


def test_partner_shows_campaigns_and_the_articles_that_it_co_signs(client, partner):
    Campaign.objects.create(partner=partner, edition=make_edition(2023, vote_name="Popular City"))
    signed = make_article("Let us go green")
    signed.co_publishers = [partner]
    signed.save()
    make_article("Of somebody else")

    shown = plain(client.get("/partners/uclg/"))

    assert 'href="/partners/uclg/2023/">Popular City, 2023</a>' in shown
    assert 'href="/focus/let-us-go-green/"' in shown
    assert "Of somebody else" not in shown


def test_visits_by_embeds_are_shown_in_plain_counts(client, partner):
    for day in (1, 2):
        EmbedVisit.objects.create(
            partner=partner, day=date(2026, 6, day), kind="countdown", address="2026", count=21
        )

    shown = plain(client.get("/partners/uclg/"))

    assert "42 visits" in shown
    assert "Countdown to the close of the vote" in shown


def test_list_leads_to_each_partner(client, partner):
    assert 'href="/partners/uclg/">UCLG</a>' in plain(client.get("/partners/"))


def test_unknown_partner_is_not_found(client, partner):
    assert client.get("/partners/nobody/").status_code == 404
