from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from laurels.focus.gathering import Gathered
from laurels.focus.models import FocusArticlePage
from laurels.focus.queries import ListQuestion
from tests.factories.editions import make_edition
from tests.factories.focus import city_block, initiative_block, make_article, text_block
from tests.factories.library import make_initiative, make_theme

pytestmark = pytest.mark.django_db


def titles(articles):
    return [article.title for article in articles]


def test_articles_are_listed_newest_first_by_their_place_in_the_tree():
    make_article("Oldest")
    make_article("Newest")
    make_article("Draft", live=False)

    assert titles(FocusArticlePage.objects.for_the_list()) == ["Newest", "Oldest"]


def test_article_that_went_out_here_stands_before_those_loaded():
    went_out = make_article("Went out here", published_at=datetime(2026, 11, 24, tzinfo=UTC))
    make_article("Loaded later")

    assert titles(FocusArticlePage.objects.for_the_list()) == ["Went out here", "Loaded later"]
    assert went_out.day == date(2026, 11, 24)


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_articles_takes_three_queries(django_assert_num_queries, count):
    for number in range(count):
        article = make_article(f"Article {number}")
        article.themes = [make_theme()]
        article.save()

    with django_assert_num_queries(3):
        found = [
            [theme.slug for theme in article.themes.all()]
            for article in FocusArticlePage.objects.for_the_list()
        ]

    assert found == [["food"]] * count


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Undated", "Bread", "Water"]),
        ({"theme": "food"}, ["Undated", "Bread"]),
        ({"year": "2020"}, ["Bread"]),
        ({"theme": "food", "year": "2021"}, []),
        ({"theme": "x\x00", "year": "soon"}, []),
        ({"year": "20201"}, ["Undated", "Bread", "Water"]),
    ],
)
def test_list_is_narrowed_by_theme_and_year(asked, found):
    for title, themes, year in (
        ("Water", [], 2018),
        ("Bread", ["food"], 2020),
        ("Undated", ["food"], 0),
    ):
        article = make_article(title, published_on=date(year, 3, 1) if year else None)
        article.themes = [make_theme(slug) for slug in themes]
        article.save()

    articles = FocusArticlePage.objects.for_the_list()

    assert titles(articles.answering(ListQuestion.read(asked))) == found
    assert articles.years() == [2020, 2018]


@pytest.mark.parametrize("count", [1, 3])
def test_cities_gathered_take_five_queries(django_assert_num_queries, count):
    edition = make_edition()
    pages = [make_initiative(edition) for _ in range(count)]
    article = make_article(body=[initiative_block(page) for page in pages])

    with django_assert_num_queries(5):
        found = [
            (
                city.initiative.city.name,
                city.initiative.edition.year,
                list(city.initiative.themes.all()),
            )
            for city in article.cities_gathered()
        ]

    assert found == [("Cape Town", 2023, [])] * count


def test_article_finds_its_initiative_and_the_initiative_its_articles(rf):
    page = make_initiative(make_edition())
    article = make_article(body=[text_block("Food."), initiative_block(page), city_block("Taipei")])
    make_article("Another", body=[city_block("Cape Town", "South Africa")])

    assert list(FocusArticlePage.objects.naming(page.pk)) == [article]
    assert article.get_context(rf.get("/"))["gathered"] == [
        Gathered("Cape Town", "South Africa", page),
        Gathered("Taipei", ""),
    ]
    assert str(Gathered("Cape Town", "South Africa", page)) == "Cape Town, South Africa"


def test_case_that_is_unpublished_or_deleted_leaves_the_article(rf):
    edition = make_edition()
    stays, hidden, deleted = (make_initiative(edition, name) for name in ("Wuhan", "Malang", "Ulm"))
    article = make_article(body=[initiative_block(page) for page in (hidden, stays, deleted)])
    hidden.unpublish()
    deleted.delete()

    context = FocusArticlePage.objects.get(pk=article.pk).get_context(rf.get("/"))

    assert [city.city_name for city in context["gathered"]] == ["Wuhan"]
    assert [piece["initiative"] for piece in context["pieces"]] == [stays]


def test_article_refuses_a_teaser_that_is_too_long():
    with pytest.raises(ValidationError, match="at most 250"):
        make_article(teaser="x" * 251)


@pytest.mark.parametrize("day", ["22-04", "no-such-day", "02-30"])
def test_article_refuses_a_day_that_is_none(day):
    with pytest.raises(ValidationError, match="month and day"):
        make_article(international_day=day)


def test_article_that_is_not_stored_yet_has_the_cities_typed():
    article = FocusArticlePage(title="Draft", body=[city_block("Taipei")])

    assert [city.city_name for city in article.cities_gathered()] == ["Taipei"]


def test_editor_chooses_the_day_by_its_name(client, co_published):
    client.force_login(co_published.editor)

    page = client.get(f"/cms/pages/{co_published.article.pk}/edit/").content.decode()

    assert 'list="international_day-days"' in page
    assert '<option value="mother-earth">Earth Day</option>' in page
