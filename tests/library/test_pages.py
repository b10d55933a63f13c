"""The library's list, an initiative's page and its cover."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.editions.enums import MomentKind
from laurels.library import pictures
from laurels.library.enums import HonourKind, Stage
from laurels.library.models import City
from laurels.library.search import ROWS_PER_PAGE
from tests.factories.editions import make_edition, make_moment, make_revealed_edition
from tests.factories.library import make_honour, make_initiative, make_library, make_theme

pytestmark = pytest.mark.django_db

NOW = datetime(2023, 11, 5, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _library(settings):
    settings.DEMO_CLOCKS = {"edition-2023": NOW}
    make_library()


@pytest.fixture
def edition():
    edition = make_edition(2023, ordinal=6, initiatives_count=274, shortlisted_count=15)
    make_moment(edition, MomentKind.SHORTLIST, NOW - timedelta(days=50))
    make_moment(edition, MomentKind.VOTE, NOW - timedelta(days=4), NOW + timedelta(days=25))
    make_moment(edition, MomentKind.CEREMONY, NOW + timedelta(days=32))
    return edition


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def names_found(client, query):
    page = client.get(f"/initiatives/?{query}").context["initiatives"]
    return [initiative.city.name for initiative in page]


def test_list_finds_words_without_accents_in_city_country_title_and_summary(client, edition):
    make_initiative(edition, "São Paulo", recorded_title="Tô Legal")
    make_initiative(edition, "Kampala", summary="Residents order licensed emptying.")

    assert names_found(client, "q=sao") == ["São Paulo"]
    assert names_found(client, "q=TO+legal") == ["São Paulo"]
    assert sorted(names_found(client, "q=south+africa")) == ["Kampala", "São Paulo"]
    assert names_found(client, "q=emptying") == ["Kampala"]
    assert names_found(client, "q=sao+south+africa") == ["São Paulo"]


def test_list_filters_by_theme_country_and_edition(client, edition):
    food = make_theme("food")
    first = make_initiative(edition, "Cape Town")
    first.themes = [food]
    first.save()
    make_initiative(make_edition(2021), "Vienna")
    vienna = City.objects.get(name="Vienna")
    vienna.country, vienna.country_code = "Austria", "AT"
    vienna.save()

    assert names_found(client, "theme=food") == ["Cape Town"]
    assert names_found(client, "country=AT") == ["Vienna"]
    assert names_found(client, "edition=2023") == ["Cape Town"]
    assert names_found(client, "edition=2021&country=ZA") == []


@pytest.mark.parametrize(
    "query", ["edition=last", "edition=٢٠٢٣", "edition=99999", "page=0", "page=x", "theme=%00"]
)
def test_list_takes_nonsense_for_no_question_or_no_answer(client, edition, query):
    make_initiative(edition, "Cape Town")

    assert client.get(f"/initiatives/?{query}").status_code == 200


def test_list_without_an_answer_says_what_to_do(client, edition):
    make_initiative(edition, "Cape Town")

    assert "Nothing here answers that. Try fewer or other words, or begin from a theme:" in page_of(
        client, "/initiatives/?q=atlantis"
    )


def test_list_is_cut_in_pages_that_keep_the_question(client, edition):
    for number in range(ROWS_PER_PAGE + 1):
        make_initiative(edition, f"City {number:02}")

    first = page_of(client, "/initiatives/?q=city")

    assert "21 initiatives" in first
    assert 'href="?q=city&amp;page=2"' in first
    assert names_found(client, "q=city&page=2") == ["City 20"]


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_as_many_queries_however_long(client, edition, count):
    client.get("/initiatives/")
    for number in range(count):
        make_initiative(edition, f"City {number}").themes.add(make_theme("food"))

    with CaptureQueriesContext(connection) as queries:
        client.get("/initiatives/")

    assert len(queries) == LIST_QUERIES


LIST_QUERIES = 24


def test_initiative_shows_what_is_recorded(client, edition):
    page = make_initiative(
        edition,
        "Cape Town",
        recorded_title="Building Resilient Food Systems",
        summary="Over forty actions.",
        population=4_800_000,
        population_note="figure submitted to the award, 2023",
        sources=["https://award.example/3314 as of 2023", "seed document"],
    )
    page.themes = [make_theme("food")]
    page.save()

    shown = page_of(client, page.url)

    assert shown.count("Building Resilient Food Systems") >= 3
    assert "Over forty actions." in shown
    assert "4 800 000" in shown
    assert "?theme=food" in shown
    assert '<a href="https://award.example/3314"' in shown
    assert "seed document" in shown
    assert 'src="/covers/2023-cape-town.svg?v=' in shown


def test_initiative_says_with_grace_what_is_not_recorded(client, edition):
    page = make_initiative(edition, "Vienna")

    shown = page_of(client, page.url)

    assert "Vienna: Title not recorded" in shown
    assert "The title of this initiative is not recorded." in shown
    assert shown.count("Not recorded") == 1
    assert (
        "A summary, figures of the city, the problem, what was done, by whom, cost and funding, "
        "results, what failed, what another city needs, themes and global goals."
    ) in shown
    assert "None" not in shown


def test_initiative_tells_no_honour_before_its_reveal(client, edition):
    page = make_initiative(edition, "Kampala")
    make_honour(page, HonourKind.WINNER)

    shown = page_of(client, page.url)

    assert "Winner" not in shown


def test_initiative_tells_its_honours_after_the_reveal(client):
    revealed = make_revealed_edition(2021, now=NOW)
    page = make_initiative(revealed, "Quito")
    make_honour(page, HonourKind.WINNER)

    assert "<b>Winner</b>" in page_of(client, page.url)


def test_list_tells_no_honour_before_its_reveal(client, edition):
    make_honour(make_initiative(edition, "Kampala"), HonourKind.WINNER)

    assert "Winner" not in page_of(client, "/initiatives/")


def test_initiative_that_was_not_shortlisted_has_no_vote_on_its_path(client, edition):
    page = make_initiative(edition, "Durban", stage=Stage.DESERVING)

    assert "Public vote" not in page_of(client, page.url)


def test_cover_is_kept_for_a_year_under_its_version_only(client, edition):
    page = make_initiative(edition, "Cape Town")

    kept = client.get(pictures.address(page))
    passing = client.get("/covers/2023-cape-town.svg?v=0")

    assert kept["Content-Type"] == "image/svg+xml"
    assert kept.content.startswith(b"<svg ")
    assert kept["Cache-Control"] == "public, max-age=31536000, immutable"
    assert passing["Cache-Control"] == "public, max-age=300"
    assert passing.content == kept.content


def test_cover_of_an_unknown_city_is_not_found(client):
    assert client.get("/covers/2023-atlantis.svg").status_code == 404


@pytest.mark.parametrize(
    ("ordinal", "hour"), [(1, 21), (2, 0), (3, 3), (4, 6), (5, 9), (6, 12), (7, 15)]
)
def test_covers_of_each_edition_show_another_hour(ordinal, hour):
    assert pictures.hour(make_edition(2000 + ordinal, ordinal=ordinal)) == hour
