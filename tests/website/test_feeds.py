"""Feeds, read back as a feed reader does."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import feedparser
import pytest

from laurels.focus.models import FocusArticlePage
from laurels.library.models import InitiativePage
from laurels.library.search.keeping import indexed_together, touch
from tests.factories.editions import make_edition
from tests.factories.focus import make_article
from tests.factories.library import make_initiative, make_library, make_theme

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
FIRST, LATER = datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 3, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def library():
    make_library()
    for year, city, at in ((2021, "Quito", LATER), (2023, "Lyon", FIRST)):
        page = make_initiative(
            make_edition(year), city, recorded_title=f"What {city} did", summary=f"In {city}."
        )
        page.themes = [make_theme("food" if city == "Quito" else "water")]
        page.save()
        InitiativePage.objects.filter(pk=page.pk).update(
            first_published_at=FIRST, last_published_at=at
        )
        with indexed_together():
            touch([page.pk])


def parsed(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    read = feedparser.parse(response.content)
    assert not read.bozo
    return read


def test_library_feed_has_lasting_ids_and_true_dates_latest_change_first(client):
    read = parsed(client, "/feeds/initiatives.atom")

    assert [entry.id for entry in read.entries] == [
        f"{SITE}/initiatives/2021-quito/",
        f"{SITE}/initiatives/2023-lyon/",
    ]
    assert [entry.updated for entry in read.entries] == [
        "2024-03-01T00:00:00+00:00",
        "2024-01-01T00:00:00+00:00",
    ]
    assert read.feed.updated == "2024-03-01T00:00:00+00:00"
    assert read.entries[0].title == "Quito: What Quito did"
    assert read.entries[0].summary == "In Quito."
    assert [tag.term for tag in read.entries[0].tags] == ["food", "2021"]
    assert read.feed.links[1].href == f"{SITE}/feeds/initiatives.atom"


@pytest.mark.parametrize(
    "address",
    [
        "/feeds/initiatives.atom?theme=water",
        "/feeds/initiatives.atom?edition=2023",
        "/feeds/initiatives.atom?q=lyon",
        "/feeds/cities/za-lyon.atom",
    ],
)
def test_feed_of_a_theme_an_edition_a_search_and_a_city(client, address):
    assert [entry.title for entry in parsed(client, address).entries] == ["Lyon: What Lyon did"]


def test_feed_in_another_language_keeps_the_ids(client):
    ids = [entry.id for entry in parsed(client, "/feeds/initiatives.atom").entries]
    read = parsed(client, "/ar/feeds/initiatives.atom")

    assert [entry.id for entry in read.entries] == ids
    assert read.entries[0].link == f"{SITE}/ar/initiatives/2021-quito/"
    assert read.feed.language == "ar"


def test_focus_feed_and_json(client):
    page = make_article("One Earth", teaser="Cities that protect.")
    FocusArticlePage.objects.filter(pk=page.pk).update(last_published_at=LATER)

    read = parsed(client, "/feeds/focus.atom")
    said = json.loads(client.get("/feeds/focus.json").content)

    assert [(entry.title, entry.summary) for entry in read.entries] == [
        ("One Earth", "Cities that protect.")
    ]
    assert said["version"] == "https://jsonfeed.org/version/1.1"
    assert said["items"][0]["id"] == read.entries[0].id == f"{SITE}/focus/one-earth/"
    assert said["items"][0]["date_modified"] == "2024-03-01T00:00:00+00:00"


def test_empty_feed_does_not_pretend_that_something_changed_now(client):
    assert parsed(client, "/feeds/focus.atom").feed.updated == "1970-01-01T00:00:00+00:00"


def test_unchanged_feed_is_not_sent_again(client):
    first = client.get("/feeds/initiatives.atom")

    again = client.get("/feeds/initiatives.atom", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304


@pytest.mark.parametrize(
    "address",
    [
        "/feeds/initiatives.rss",
        "/feeds/initiatives.atom?theme=nothing",
        "/feeds/initiatives.atom?edition=never",
        "/feeds/cities/xx-nowhere.atom",
    ],
)
def test_feed_of_what_does_not_exist_is_not_there(client, address):
    assert client.get(address).status_code == 404
