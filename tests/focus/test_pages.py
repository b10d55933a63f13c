from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.focus.models import FocusMention
from tests.factories.editions import make_edition
from tests.factories.focus import make_article
from tests.factories.library import make_initiative, make_library, make_theme
from tests.html import plain

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _library():
    make_library()


def page_of(client, address="/focus/"):
    response = client.get(address)
    assert response.status_code == 200
    return plain(response)


def test_list_shows_title_day_teaser_and_cities_of_each_article(client):
    article = make_article("Let us go green", teaser="Ways to move.", published_on=date(2020, 7, 3))
    FocusMention.objects.create(article=article, city_name="Taipei")
    make_article("Newest")

    shown = page_of(client)

    assert shown.index("Newest") < shown.index("Let us go green")
    assert 'href="/focus/let-us-go-green/"' in shown
    assert "Ways to move." in shown
    assert '<time datetime="2020-07-03">' in shown
    assert shown.count("Day not recorded") == 1
    assert "Taipei" in shown


def test_list_without_articles_says_so(client):
    assert "No article has been published yet." in page_of(client)


def test_article_links_what_the_library_has_and_names_what_it_lacks(client):
    article = make_article("One Earth", international_day="02-29", teaser="Cities that protect.")
    page = make_initiative(make_edition(2016), "Cape Town", recorded_title="Food systems")
    FocusMention.objects.create(article=article, city_name="Cape Town", initiative=page)
    FocusMention.objects.create(article=article, city_name="Taipei", country="", sort_order=1)

    shown = page_of(client, "/focus/one-earth/")

    assert '<a href="/initiatives/2016-cape-town/">Cape Town</a>' in shown
    assert "Food systems" in shown
    assert "<h3> Taipei </h3>" in shown
    assert "Not in the library" in shown
    assert "For the international day on 29 February." in shown
    assert "is not recorded here" in shown


def test_article_of_which_no_city_is_recorded_says_so(client):
    make_article("Community")

    assert "this article gathered is not recorded" in page_of(client, "/focus/community/")


def test_article_shows_its_own_text_themes_and_others(client):
    article = make_article("Community", body=[("text", "<p>Neighbours plan together.</p>")])
    article.themes = [make_theme("food")]
    article.save()
    make_article("Another")

    shown = page_of(client, "/focus/community/")

    assert "Neighbours plan together." in shown
    assert "is not recorded here" not in shown
    assert 'href="/initiatives/?theme=food">Food</a>' in shown
    assert '<a href="/focus/another/">Another</a>' in shown


def test_list_asks_as_much_of_the_database_for_three_articles_as_for_one(client):
    def add(title):
        article = make_article(title)
        article.themes = [make_theme()]
        article.mentions = [FocusMention(city_name="Taipei")]
        article.save()

    def count_queries():
        with CaptureQueriesContext(connection) as queries:
            page_of(client)
        return len(queries)

    add("One")
    page_of(client)
    for_one = count_queries()
    add("Two")
    add("Three")

    assert count_queries() == for_one
