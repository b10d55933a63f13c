import json

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page

from laurels.editions.enums import MomentKind
from laurels.library.enums import HonourKind
from laurels.results import log_reading, manifest_draft
from tests.factories.editions import make_edition, make_moment
from tests.factories.library import make_honour, make_initiative
from tests.factories.results import CEREMONY, CLOSES, OPENS, finish, make_draft, publish, vote

pytestmark = pytest.mark.django_db(databases=["default", "registrar"])


@pytest.fixture
def election(sequencer):
    """A published vote of the edition of 2023 with three ballots: two for Kazan, one for both."""
    edition = make_edition(2023)
    make_moment(edition, MomentKind.VOTE, OPENS, CLOSES)
    make_moment(edition, MomentKind.CEREMONY, CEREMONY)
    election = publish(make_draft(edition))
    for picks in ([2], [2], [2, 3]):
        vote(election, picks)
    return election


def test_result_before_the_reveal_tells_when_and_nothing_more(client, election):
    finish(election, until="count")

    page = client.get("/results/2023/")

    text = page.content.decode()
    assert page.status_code == 200
    assert "The result comes on" in text
    assert "7 December 2023" in text
    assert "Kazan" not in text
    assert [client.get(f"/results/2023/{name}").status_code for name in FILES] == [404, 404]


def test_result_before_the_close_shows_no_turnout_by_day(client, election):
    assert 'class="bars days' not in client.get("/results/2023/").content.decode()

    finish(election, until="close")

    assert 'class="bars days' in client.get("/results/2023/").content.decode()


def test_result_after_the_reveal_tells_all_of_it(client, election):
    finish(election)

    text = client.get("/results/2023/").content.decode()

    assert '<h1 class="winner">Kazan</h1>' in text
    assert "by 2 votes" in text
    assert f"ballotlog recount http://localhost:8001/logs/{election.slug} --manifest-hash" in text
    assert election.manifest_hash in text
    assert "What happened in" not in text


def test_result_shows_history_beside_the_count_when_it_is_loaded(client, election):
    # The sequencer's thread sees committed rows only, and such tests begin without any page.
    Locale.objects.get_or_create(language_code="en")
    Page.add_root(title="Root", slug="root")
    initiative = make_initiative(election.edition, "Xianning")
    make_honour(initiative, HonourKind.CITY_OF_YOUR_CHOICE)
    finish(election)

    text = client.get("/results/2023/").content.decode()

    assert "What happened in 2023" in text


@pytest.mark.parametrize("count", [1, 3])
def test_result_asks_as_much_for_three_cities_as_for_one(
    client, election, count, django_assert_num_queries
):
    Locale.objects.get_or_create(language_code="en")
    Page.add_root(title="Root", slug="root")
    for candidate in election.candidates.all()[:count]:
        candidate.initiative = make_initiative(election.edition, candidate.name)
        candidate.save()
    finish(election)
    client.get("/results/2023/")

    with django_assert_num_queries(12):
        client.get("/results/2023/")


def test_files_of_the_result_say_what_the_log_says(client, election):
    finish(election)
    outcome = log_reading.outcome_of(election)

    told = json.loads(client.get("/results/2023/result.json").content)
    lines = client.get("/results/2023/votes.csv").content.decode().splitlines()

    assert told["counts"] == outcome.counts
    assert {each["number"]: each["votes"] for each in told["candidates"]} == {1: 0, 2: 3, 3: 1}
    assert lines == [
        "number,id,name,votes,votes_with_voids",
        "2,2023-kazan,Kazan,3,3",
        "3,2023-xianning,Xianning,1,1",
        "1,2023-cape-town,Cape Town,0,0",
    ]


def test_result_of_a_year_without_an_election_is_not_found(client, db):
    assert client.get("/results/2012/").status_code == 404


def test_result_of_a_draft_is_not_found(client, db):
    make_draft(make_edition(2023))

    assert client.get("/results/2023/").status_code == 404


def test_rule_book_is_the_very_text_that_the_manifest_names(client, db):
    page = client.get(reverse("results:rule_book"))

    assert page.content == manifest_draft.RULE_BOOK
    assert page["Content-Type"] == "text/plain; charset=utf-8"


FILES = ("result.json", "votes.csv")
