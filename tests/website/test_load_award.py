"""Loading: all or nothing, the same twice, and never an outcome before its reveal."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.models import Page, Revision, Site

from laurels.editions.enums import MomentKind, Phase
from laurels.editions.models import AwardTotals, Edition
from laurels.editions.rules import phase
from laurels.focus.models import FocusArticlePage
from laurels.foundation import clock
from laurels.library.enums import Stage
from laurels.library.models import City, Goal, Honour, InitiativePage, Theme
from laurels.partners.models import Campaign, Partner
from laurels.results.models import Reveal
from laurels.seminars.models import Seminar
from laurels.website.actions import Loading, load_award
from laurels.website.award_file.problems import AwardFileIsWrong
from laurels.website.award_file.reading import read_folder
from tests.factories.award import REAL_FILE, make_city_entry, small_documents, write_documents
from tests.factories.ballotbox import make_poll

pytestmark = pytest.mark.django_db

BEFORE = datetime(2023, 11, 5, 9, tzinfo=UTC)
AFTER = datetime(2023, 12, 6, 16, tzinfo=UTC)
# What tells the sixth edition's outcome, in the words of the file and of its addresses.
GIVEAWAYS = (
    "congratulations-xianning", "adnkronos", "2,080,000", "2080000", "520,000", "520000",
    "855,000", "1,482,000", "xnnews", "realnoevremya", "gz-cmc", "kampala-wins", "palladium",
    "medal-of-honour", "auszeichnung-fuer", "reconhecido", "odulleri", "counts visible",
    "first place", "second place", "third place", "delegation visited", "casebook",
)  # fmt: skip

SPECIAL_MENTION = {
    "city": "Accra", "country": "Ghana", "iso2": "GH", "outcomes": ["special mention"],
    "note": "named by the jury",
}  # fmt: skip


@pytest.fixture
def documents() -> dict[str, Any]:
    return small_documents()


@pytest.fixture
def load(tmp_path, documents):
    """Load the documents as they stand, with every award clock at `now`."""

    def load_now(now: datetime = BEFORE) -> Loading:
        award, report = read_folder(write_documents(tmp_path / "award", documents))
        return load_award(award=award, report=report, now_of=lambda _: now)

    return load_now


@pytest.fixture
def edition(documents) -> dict[str, Any]:
    return documents["editions.json"]["editions"][0]


def everything_stored() -> dict[str, list[tuple[Any, ...]]]:
    return {
        model._meta.label: sorted(model.objects.using("default").values_list(), key=str)
        for model in apps.get_models()
        if model._meta.app_label != "registrar" and not model._meta.proxy and model._meta.managed
    }


def addresses() -> list[str]:
    return list(InitiativePage.objects.order_by("slug").values_list("slug", flat=True))


def texts_of(giveaway: str) -> list[str]:
    """Return the columns of the whole database in which a text holds the giveaway."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name, column_name from information_schema.columns "
            "where table_schema = 'public' and table_name <> 'django_migrations'"
        )
        for table, column in cursor.fetchall():
            cursor.execute(
                f'select count(*) from "{table}" where "{column}"::text ilike %s',  # noqa: S608 -- names of the catalogue
                [f"%{giveaway}%"],
            )
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    return found


def test_small_award_is_loaded_whole(load):
    loading = load()

    assert loading.warnings == ()
    assert loading.changed == {}
    assert loading.created == {
        "awardtotals": 1,
        "campaign": 1,
        "city": 2,
        "edition": 1,
        "focusarticlepage": 2,
        "initiativepage": 3,
        "moment": 5,
        "partner": 2,
        "seminar": 1,
        "theme": 2,
    }
    assert addresses() == ["2023-cape-town", "2023-cape-town-2", "2023-durban"]
    page = InitiativePage.objects.get(slug="2023-cape-town")
    assert page.get_url() == "/initiatives/2023-cape-town/"
    assert (page.title, page.stage) == ("Cape Town 2023", Stage.SHORTLISTED)
    assert [theme.slug for theme in page.themes.all()] == ["food"]
    assert [goal.number for goal in page.goals.all()] == [2, 3]
    assert Goal.objects.count() == 17
    assert str(Campaign.objects.get()) == "Metropolis 2023"
    seminar = Seminar.objects.get()
    assert [city.initiative.slug for city in seminar.presentations.all()] == ["2023-durban"]


def test_pages_stand_under_the_home_page(load):
    load()

    site = Site.objects.get()
    assert site.root_page.specific_class.__name__ == "HomePage"
    assert [page.slug for page in site.root_page.get_children()] == ["initiatives", "focus"]
    assert (site.hostname, site.is_default_site) == ("127.0.0.1", True)
    assert Page.find_problems() == ([], [], [], [], [])


def test_articles_are_listed_as_in_the_file_and_link_what_the_library_has(load, documents):
    load()
    documents["focus.json"]["articles"].insert(1, {"title": "Between", "kind": "news"})
    load()

    articles = list(FocusArticlePage.objects.for_the_list())
    assert [article.title for article in articles] == ["Newest", "Between", "Oldest"]
    assert [
        (mention.city_name, mention.country, mention.initiative and mention.initiative.slug)
        for mention in articles[0].cities_gathered()
    ] == [("Cape Town", "South Africa", "2023-cape-town"), ("Atlantis", "", None)]


def test_article_does_not_link_an_initiative_that_came_after_it(load, documents):
    documents["focus.json"]["articles"][0]["published_on"] = "2020-07-03"

    load()

    mentions = FocusArticlePage.objects.get(title="Newest").cities_gathered()
    assert [mention.initiative for mention in mentions] == [None, None]


def test_change_of_an_article_that_partners_sign_is_a_draft_until_they_approve(load, documents):
    load()
    article = FocusArticlePage.objects.get(title="Newest")
    article.co_publishers = list(Partner.objects.all())
    article.save()
    documents["focus.json"]["articles"][0]["about"] = "How cities eat together."

    load()

    article = FocusArticlePage.objects.get(title="Newest")
    assert (article.live, article.teaser) == (True, "How cities eat.")
    assert article.get_latest_revision_as_object().teaser == "How cities eat together."


def test_second_loading_changes_nothing(load):
    load()
    before = everything_stored()

    loading = load()

    assert loading == Loading({}, {}, ())
    assert everything_stored() == before
    assert not Revision.objects.exists()


def test_a_change_in_the_file_is_written_and_the_address_stays(load, edition):
    load()
    edition["cities"][0] |= {"initiative_title": "Another title", "themes": ["health"], "sdgs": [5]}
    edition["counts"]["initiatives"] = 274
    edition["seminars"][0]["cities"] = ["Cape Town", "Durban"]

    loading = load()

    assert loading.changed == {"edition": 1, "initiativepage": 1, "seminar": 1}
    page = InitiativePage.objects.get(slug="2023-cape-town")
    assert (page.recorded_title, page.title) == ("Another title", "Cape Town 2023")
    assert [theme.slug for theme in page.themes.all()] == ["health"]
    assert [goal.number for goal in page.goals.all()] == [5]
    assert Edition.objects.get().initiatives_count == 274
    cities = [city.initiative.slug for city in Seminar.objects.get().presentations.all()]
    assert cities == ["2023-cape-town", "2023-durban"]


def test_a_renamed_city_keeps_its_address_and_its_row(load, edition):
    load()
    city = City.objects.get(name="Durban")
    edition["cities"][1]["city"] = "eThekwini"
    edition["seminars"][0]["cities"] = ["eThekwini"]

    loading = load()

    assert loading.warnings == ()
    page = InitiativePage.objects.get(slug="2023-durban")
    assert (page.city_id, page.city.name, page.title) == (city.pk, "eThekwini", "eThekwini 2023")
    assert addresses() == ["2023-cape-town", "2023-cape-town-2", "2023-durban"]
    assert not City.objects.filter(name="Durban").exists()
    assert load() == Loading({}, {}, ())


def test_a_city_renamed_with_its_title_is_found_by_its_place_on_earth(load, edition):
    load()
    edition["cities"][1] |= {"city": "eThekwini", "initiative_title": None}
    edition["seminars"] = []

    load()

    page = InitiativePage.objects.get(slug="2023-durban")
    assert (page.city.name, page.recorded_title) == ("eThekwini", None)


def test_a_city_renamed_for_one_initiative_only_becomes_another_city(load, edition):
    load()
    edition["cities"][0]["city"] = "City of Cape Town"

    load()

    assert addresses() == ["2023-cape-town", "2023-cape-town-2", "2023-durban"]
    names = InitiativePage.objects.order_by("slug").values_list("city__name", flat=True)
    assert list(names) == ["City of Cape Town", "Cape Town", "Durban"]


def test_a_new_city_where_another_is_gone_is_left_to_people(load, edition):
    load()
    before = everything_stored()
    edition["cities"][1] = make_city_entry("Gqeberha", lat=-33.96, lon=25.6)
    edition["seminars"] = []

    with pytest.raises(AwardFileIsWrong) as caught:
        load()

    assert [str(problem) for problem in caught.value.problems] == [
        (
            "editions.json: editions[0].cities[1]: Gqeberha is new while Durban (2023-durban) is "
            'no longer in the file: if it was renamed, add its "address"; if this is another, '
            'give it an "address" of its own'
        )
    ]
    assert everything_stored() == before


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("2023-durban", ["2023-cape-town", "2023-cape-town-2", "2023-durban"]),
        (
            "2023-gqeberha",
            ["2023-cape-town", "2023-cape-town-2", "2023-durban", "2023-gqeberha"],
        ),
    ],
)
def test_an_address_in_the_file_says_which_initiative_it_is(load, edition, address, expected):
    load()
    edition["cities"][1] = make_city_entry("Gqeberha", lat=-33.96, lon=25.6, address=address)
    edition["seminars"] = []

    load()

    assert addresses() == expected
    assert InitiativePage.objects.get(slug=address).city.name == "Gqeberha"


def test_an_address_of_another_edition_is_refused(load, documents):
    load()
    other = {"ordinal": 2, "year": 2026, "ceremony": {"date": "2023-01-01"}}
    other["cities"] = [make_city_entry("Accra", "GH", address="2023-durban")]
    documents["editions.json"]["editions"].append(other)

    with pytest.raises(AwardFileIsWrong, match="2023-durban is the address of another"):
        load()

    assert Edition.objects.count() == 1


def test_what_is_no_longer_in_the_file_stays_and_is_noted(load, edition, documents):
    load()
    edition["cities"].pop()
    edition["seminars"] = []
    documents["focus.json"]["articles"].pop()

    loading = load()

    assert [str(warning) for warning in loading.warnings] == [
        "editions.json: 2023-durban is no longer in the file; its page stays",
        "focus.json: oldest is no longer in the file; its page stays",
    ]
    assert "2023-durban" in addresses()


def test_a_moment_that_is_no_longer_in_the_file_goes(load, edition):
    load()
    del edition["vote"]

    load()

    assert Edition.objects.get().moment(MomentKind.VOTE) is None


def test_an_edition_keeps_its_year(load, edition):
    load()
    edition["year"] = 2024

    with pytest.raises(
        AwardFileIsWrong, match=r"editions\[0\].year: edition 1 is stored with 2023"
    ):
        load()


def test_what_people_wrote_is_kept_where_the_file_has_not_changed(load, edition):
    load()
    page = InitiativePage.objects.get(slug="2023-durban")
    page.summary = "Written by an editor."
    page.save_revision().publish()
    edition["cities"][1]["population"] = 600_000

    loading = load()

    page.refresh_from_db()
    assert loading.warnings == ()
    assert (page.summary, page.population) == ("Written by an editor.", 600_000)
    assert page.get_latest_revision_as_object().population == 600_000


def test_what_both_have_changed_is_kept_and_noted(load, edition):
    load()
    InitiativePage.objects.filter(slug="2023-durban").update(summary="Written by an editor.")
    edition["cities"][1]["summary"] = "Changed in the file."

    loading = load()

    assert [str(warning) for warning in loading.warnings] == [
        (
            "editions.json: editions[0].cities[1] (summary): has changed in the file and on the "
            "site; the site's text is kept"
        )
    ]
    assert InitiativePage.objects.get(slug="2023-durban").summary == "Written by an editor."
    assert load().warnings == ()


def test_a_draft_keeps_its_words_and_gets_the_change_of_the_file(load, edition):
    load()
    page = InitiativePage.objects.get(slug="2023-durban")
    page.summary = "A draft."
    page.save_revision()
    edition["cities"][1]["population"] = 600_000

    load()

    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert (page.summary, page.population) == ("", 600_000)
    assert (draft.summary, draft.population) == ("A draft.", 600_000)


def test_nothing_of_an_outcome_is_stored_before_the_reveal(load, edition):
    edition["special_mention"] = SPECIAL_MENTION
    edition["vote"] |= {"rules": "told later", "opens_note": "told later too"}

    load(BEFORE)

    stored = Edition.objects.get()
    assert not Honour.objects.exists()
    assert (stored.vote_winner, stored.vote_rules, stored.sources) == ("", "", [])
    assert stored.moment(MomentKind.VOTE).note == ""
    assert addresses() == ["2023-cape-town", "2023-cape-town-2", "2023-durban"]
    assert set(InitiativePage.objects.values_list("public_votes", "note")) == {(None, "")}
    assert AwardTotals.objects.get().source == ""
    for giveaway in ("4711", "the-winner", "told later", "Accra", "the jury"):
        assert texts_of(giveaway) == []


def test_after_the_reveal_a_second_loading_brings_the_outcome(load, edition):
    edition["special_mention"] = SPECIAL_MENTION
    edition["vote"]["opens_note"] = "told later"
    load(BEFORE)

    loading = load(AFTER)

    assert loading.changed == {"awardtotals": 1, "edition": 1, "initiativepage": 2, "moment": 1}
    assert sorted(Honour.objects.values_list("initiative__slug", "kind")) == [
        ("2023-accra", "special_mention"),
        ("2023-cape-town", "winner"),
        ("2023-durban", "medal_of_honor"),
    ]
    page = InitiativePage.objects.get(slug="2023-cape-town")
    assert (page.public_votes, page.sources) == (4711, ["https://award.example/the-winner"])
    assert Edition.objects.get().vote_winner == "Cape Town"
    assert InitiativePage.objects.get(slug="2023-accra").stage == Stage.ENTERED
    assert load(AFTER) == Loading({}, {}, ())


def test_an_outcome_waits_until_the_votes_own_result_is_told(load, settings):
    load(BEFORE)
    edition = Edition.objects.get()
    poll = make_poll(settings.KEYS, now=BEFORE, slug="2023", edition=edition)

    load(AFTER)
    assert not Honour.objects.exists()

    Reveal.objects.create(election=poll.election, revealed_at=AFTER)
    load(AFTER)
    assert Honour.objects.count() == 2


def test_an_edition_without_a_ceremony_is_never_told(load, edition):
    del edition["ceremony"]

    load(datetime(2999, 1, 1, tzinfo=UTC))

    assert not Honour.objects.exists()


def test_initiatives_wait_until_the_shortlist_is_announced(load):
    loading = load(datetime(2023, 9, 13, tzinfo=UTC))

    assert addresses() == []
    assert Seminar.objects.count() == 0
    assert [str(warning) for warning in loading.warnings] == [
        (
            "editions.json: editions[0]: its initiatives wait in the file: on this edition's clock "
            "the shortlist is not announced yet (technical_committee.announced)"
        )
    ]


def test_command_names_every_problem_and_stores_nothing(tmp_path, documents, edition):
    edition["cities"][0]["lat"] = 95
    documents["focus.json"]["articles"][0]["kind"] = "essay"
    folder = write_documents(tmp_path / "award", documents)

    with pytest.raises(CommandError) as caught:
        call_command("load_award", str(folder))

    assert str(caught.value) == (
        "The award's file has 2 problems; nothing was loaded:\n"
        "  editions.json: editions[0].cities[0].lat: 95 is not between -90 and 90\n"
        '  focus.json: articles[0].kind: "essay" is not one of: bundle, news'
    )
    assert not Edition.objects.exists()


def test_command_says_what_it_did(tmp_path, documents, edition, capsys):
    edition["colour"] = "red"
    folder = write_documents(tmp_path / "award", documents)

    call_command("load_award", str(folder))
    first = capsys.readouterr()
    call_command("load_award", str(folder))

    assert first.out.startswith("The award is loaded: made 1 awardtotals, 1 campaign, 2 city,")
    assert first.err == (
        "Note: editions.json: editions[0].colour: is not a field that Laurels knows; "
        "it is not loaded\n"
    )
    assert capsys.readouterr().out == "The award is loaded: nothing has changed.\n"


def test_guangzhou_award_is_loaded_without_the_outcome_of_its_sixth_edition(settings):
    settings.DEMO = True
    settings.DEMO_CLOCKS = {"edition-2023": datetime(2023, 10, 31, 15, tzinfo=UTC)}

    call_command("load_award", str(REAL_FILE))

    shortlist = InitiativePage.objects.filter(stage=Stage.SHORTLISTED)
    sixth = Edition.objects.get(year=2023)
    moments = sixth.moments_by_kind
    assert Edition.objects.count() == 7
    assert (Theme.objects.count(), Partner.objects.count()) == (19, 3)
    assert shortlist.count() == 90
    assert shortlist.filter(recorded_title=None).count() == 57
    assert shortlist.filter(summary="").count() == 42
    assert InitiativePage.objects.filter(stage=Stage.DESERVING).count() == 24
    assert InitiativePage.objects.filter(edition=sixth).count() == 16
    assert (moments["vote"].opens_at, moments["vote"].closes_at) == (
        datetime(2023, 10, 31, 16, tzinfo=UTC),
        datetime(2023, 11, 30, 16, tzinfo=UTC),
    )
    assert moments["ceremony"].opens_at == AFTER
    assert [seminar.presentations.count() for seminar in Seminar.objects.of(sixth)] == [4, 2, 0, 0]
    assert Honour.objects.exclude(edition=sixth).count() == 42
    assert not Honour.objects.filter(edition=sixth).exists()
    assert [(text, texts_of(text)) for text in GIVEAWAYS] == [(text, []) for text in GIVEAWAYS]

    before = {page.pk: page.slug for page in InitiativePage.objects.all()}
    clock.advance("edition-2023", AFTER)
    call_command("load_award", str(REAL_FILE))

    sixth = Edition.objects.get(year=2023)
    assert phase(sixth.moments.all(), AFTER) == Phase.CEREMONY
    assert Honour.objects.filter(edition=sixth, kind="winner").count() == 5
    assert Honour.objects.filter(edition=sixth, kind="medal_of_honor").count() == 10
    assert sixth.vote_winner == "Xianning"
    votes = InitiativePage.objects.get(slug="2023-xianning").public_votes
    assert votes == 2_080_000
    assert {page.pk: page.slug for page in InitiativePage.objects.all()} == before
