"""Counts of what partners' embeds brought: a number a day, and nobody behind it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.partners.actions import count_visit
from laurels.partners.models import EmbedVisit, Partner
from laurels.partners.queries import Brought

pytestmark = pytest.mark.django_db

NOON = datetime(2023, 11, 5, 12, tzinfo=UTC)


@pytest.fixture
def partner():
    return Partner.objects.create(slug="metropolis", name="Metropolis", short_name="Metropolis")


def test_visits_of_a_day_are_one_row(partner):
    for _ in range(3):
        count_visit(partner=partner, kind="focus", address="one-earth", now=NOON)
    count_visit(partner=partner, kind="focus", address="one-earth", now=NOON + timedelta(days=1))

    rows = EmbedVisit.objects.order_by("day").values_list("day", "count")
    assert list(rows) == [(date(2023, 11, 5), 3), (date(2023, 11, 6), 1)]


def test_a_visit_costs_one_statement(partner):
    with CaptureQueriesContext(connection) as asked:
        count_visit(partner=partner, kind="focus", address="one-earth", now=NOON)

    assert len(asked) == 1


def test_partner_reads_what_each_embed_brought(partner):
    other = Partner.objects.create(slug="uclg", name="UCLG", short_name="UCLG")
    for days, address in ((0, "one-earth"), (1, "one-earth"), (1, "2023")):
        kind = "campaign" if address == "2023" else "focus"
        now = NOON + timedelta(days=days)
        count_visit(partner=partner, kind=kind, address=address, now=now)
    count_visit(partner=other, kind="focus", address="one-earth", now=NOON)

    assert partner.embed_visits.total() == 3
    assert partner.embed_visits.by_embed() == [
        Brought("focus", "one-earth", 2, date(2023, 11, 5), date(2023, 11, 6)),
        Brought("campaign", "2023", 1, date(2023, 11, 6), date(2023, 11, 6)),
    ]
    assert Partner.objects.create(slug="new", name="N", short_name="N").embed_visits.total() == 0
