"""Mentions became blocks of the body, in pages and drafts, and can become mentions again."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from laurels.focus.models import FocusArticlePage
from tests.factories.editions import make_edition
from tests.factories.focus import city_block, initiative_block, make_article, text_block
from tests.factories.library import make_initiative

BEFORE, AFTER = "0003_co_publishers_and_their_approvals", "0005_delete_mention"


def migrate(name):
    executor = MigrationExecutor(connection)
    executor.migrate([("focus", name)])


def kinds(article):
    return [block["type"] for block in article.body.raw_data]


@pytest.mark.django_db(transaction=True)
def test_blocks_become_mentions_and_mentions_blocks_again():
    page = make_initiative(make_edition())
    article = make_article(body=[initiative_block(page), text_block("Food."), city_block("Taipei")])
    article.save_revision()

    migrate(BEFORE)
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "select city_name, country, initiative_id from focus_focusmention"
                " order by sort_order"
            )
            rows = cursor.fetchall()
    finally:
        migrate(AFTER)

    assert rows == [("Cape Town", "South Africa", page.pk), ("Taipei", "", None)]
    stored = FocusArticlePage.objects.get(pk=article.pk)
    draft = stored.latest_revision.as_object()
    assert kinds(stored) == kinds(draft) == ["text", "initiative", "city"]
    assert [str(city) for city in draft.cities_gathered()] == ["Cape Town, South Africa", "Taipei"]
    assert "mentions" not in stored.latest_revision.content
