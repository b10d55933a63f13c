from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from laurels.focus.models import FocusCorrection
from laurels.partners.models import Partner
from tests.factories.editions import make_edition
from tests.factories.focus import city_block, initiative_block, make_article, text_block
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
    make_article(
        "Let us go green",
        teaser="Ways to move.",
        published_on=date(2020, 7, 3),
        body=[city_block("Taipei")],
    )
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
    page = make_initiative(
        make_edition(2016), "Cape Town", recorded_title="Food systems", summary="How it eats."
    )
    blocks = [initiative_block(page), city_block("Taipei")]
    make_article("One Earth", international_day="02-29", body=blocks)

    shown = page_of(client, "/focus/one-earth/")

    assert '<a href="/initiatives/2016-cape-town/">Food systems</a>' in shown
    assert "How it eats." in shown
    assert "<bdi>Cape Town</bdi>, South Africa. 2016: Shortlisted" in shown
    assert "<h2> Taipei </h2>" in shown
    assert "Not in the library" in shown
    assert "For the international day on 29 February." in shown
    assert "is not recorded here" in shown


def test_extract_is_the_editors_and_the_facts_are_the_cases(client):
    page = make_initiative(make_edition(2016), recorded_title="Food", summary="The case's words.")
    make_article("One Earth", body=[initiative_block(page, "The editor's words.")])
    page.recorded_title = "Food for all"
    page.save()

    shown = page_of(client, "/focus/one-earth/")

    assert "The editor&#x27;s words." in shown
    assert "The case&#x27;s words." not in shown
    assert "Food for all" in shown


@pytest.mark.parametrize(
    ("day", "published_on", "sentence"),
    [
        ("mother-earth", None, "For Earth Day, 22 April."),
        ("04-22", None, "For Earth Day, 22 April."),
        ("habitat", None, "For World Habitat Day."),
        ("habitat", date(2023, 9, 1), "For World Habitat Day, 2 October."),
    ],
)
def test_article_names_its_day(client, day, published_on, sentence):
    make_article("One Earth", international_day=day, published_on=published_on)

    assert sentence in page_of(client, "/focus/one-earth/")


def test_article_shows_co_publishers_by_name_and_its_corrections(client):
    article = make_article("One Earth")
    for slug, name in (("uclg", "UCLG"), ("metropolis", "Metropolis")):
        article.co_publishers.add(Partner.objects.create(slug=slug, name=name, short_name=name))
    article.corrections.add(
        FocusCorrection(corrected_on=date(2026, 11, 24), note="Malang lies in Indonesia.")
    )
    article.save()

    shown = page_of(client, "/focus/one-earth/")

    assert shown.index("Metropolis") < shown.index("UCLG")
    assert "24 November 2026" in shown
    assert "Malang lies in Indonesia." in shown


def test_article_says_how_long_it_takes_to_read(client):
    make_article("Long", body=[text_block("word " * 400)])

    assert "2 minutes to read" in page_of(client, "/focus/long/")


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
    assert 'href="/focus/?theme=food">Food</a>' in shown
    assert '<a href="/focus/another/">Another</a>' in shown


def test_list_asks_as_much_of_the_database_for_three_articles_as_for_one(client):
    def add(title):
        article = make_article(title)
        article.themes = [make_theme()]
        article.body = [initiative_block(page)]
        article.save()

    def count_queries():
        with CaptureQueriesContext(connection) as queries:
            page_of(client)
        return len(queries)

    page = make_initiative(make_edition())
    add("One")
    page_of(client)
    for_one = count_queries()
    add("Two")
    add("Three")

    assert count_queries() == for_one


def test_list_of_a_theme_keeps_to_it_and_says_when_there_is_none(client):
    article = make_article("Bread", published_on=date(2020, 1, 1))
    article.themes = [make_theme("food")]
    article.save()
    make_article("Another")

    of_theme = page_of(client, "/focus/?theme=food")

    assert "Bread" in of_theme
    assert "Another" not in of_theme
    assert '<option value="food" selected' in of_theme
    assert "No article of this theme and year" in page_of(client, "/focus/?theme=food&year=1999")


def test_pictures_of_an_article_are_kept_under_their_version(client):
    make_article("One Earth, one dream", international_day="04-22")
    make_article("Draft", live=False)
    shown = page_of(client, "/focus/one-earth-one-dream/")
    address = re.search(r'og:image" content="http://[^/]+(/[^"]+)"', shown)[1]

    answer, unversioned = client.get(address), client.get(address.split("?")[0])

    assert Image.open(BytesIO(answer.content)).size == (1200, 630)
    assert "immutable" in answer["Cache-Control"]
    assert "max-age=300" in unversioned["Cache-Control"]
    assert client.get("/focus/share/draft.png").status_code == 404
    cover = client.get(re.search(r'src="(/focus/covers/[^"]+)"', shown)[1])
    assert cover["Content-Type"] == "image/svg+xml"
    assert "immutable" in cover["Cache-Control"]
