from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from laurels.focus.models import FocusArticlePage, FocusMention
from tests.factories.editions import make_edition
from tests.factories.focus import make_article
from tests.factories.library import make_initiative, make_theme

pytestmark = pytest.mark.django_db


def test_articles_are_listed_newest_first_by_their_place_in_the_tree():
    make_article("Oldest")
    make_article("Newest")
    make_article("Draft", live=False)

    titles = [article.title for article in FocusArticlePage.objects.for_the_list()]

    assert titles == ["Newest", "Oldest"]


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_articles_takes_four_queries(django_assert_num_queries, count):
    for number in range(count):
        article = make_article(f"Article {number}")
        article.themes = [make_theme()]
        article.save()

    with django_assert_num_queries(4):
        found = [
            [theme.slug for theme in article.themes.all()]
            for article in FocusArticlePage.objects.for_the_list()
        ]

    assert found == [["food"]] * count


@pytest.mark.parametrize("count", [1, 3])
def test_cities_gathered_take_one_query(django_assert_num_queries, count):
    article = make_article()
    edition = make_edition()
    for order in range(count):
        FocusMention.objects.create(
            article=article,
            city_name="Cape Town",
            initiative=make_initiative(edition),
            sort_order=order,
        )

    with django_assert_num_queries(1):
        found = [
            (mention.initiative.city.name, mention.initiative.edition.year)
            for mention in article.cities_gathered()
        ]

    assert found == [("Cape Town", 2023)] * count


def test_article_finds_its_initiative_and_the_initiative_its_articles(rf):
    article = make_article()
    page = make_initiative(make_edition())
    mention = FocusMention.objects.create(
        article=article, city_name="Cape Town", country="South Africa", initiative=page
    )

    assert list(FocusArticlePage.objects.naming(page.pk)) == [article]
    assert article.get_context(rf.get("/"))["mentions"] == [mention]
    assert list(article.get_parent().specific.get_context(rf.get("/"))["articles"]) == [article]
    assert str(mention) == "Cape Town, South Africa"


def test_article_refuses_a_teaser_that_is_too_long():
    with pytest.raises(ValidationError, match="at most 250"):
        make_article(teaser="x" * 251)


def test_article_refuses_a_day_that_is_none():
    with pytest.raises(ValidationError, match="Month and day"):
        make_article(international_day="22-04")


def test_cities_gathered_of_an_article_that_is_not_stored_yet_are_those_typed():
    article = FocusArticlePage(title="Draft")
    article.mentions = [FocusMention(city_name="Taipei")]

    assert [mention.city_name for mention in article.cities_gathered()] == ["Taipei"]
