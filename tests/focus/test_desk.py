from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.accounts.models import Person
from laurels.editions.models import Edition
from laurels.focus import actions, refusals, rules, standings, suggestions
from laurels.focus.actions.drafting import Draft
from laurels.focus.days import calendar
from laurels.focus.models import Approval, FocusArticlePage
from laurels.focus.rules import Candidate
from laurels.foundation import clock
from laurels.library.models import City
from laurels.partners.models import Member
from tests.factories.editions import make_edition
from tests.factories.focus import initiative_block, make_article
from tests.factories.library import make_initiative, make_theme
from tests.html import plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return Person.objects.create_superuser("editor@example.org", name="Mei Lin")


def make_case(name, country, code, *, year=2016, themes=(), **fields):
    edition = Edition.objects.filter(year=year).first() or make_edition(year)
    page = make_initiative(edition, name, **fields)
    page.city, _ = City.objects.get_or_create(
        name=name, country_code=code, defaults={"country": country}
    )
    page.themes = [make_theme(slug) for slug in themes]
    page.save()
    return page


def candidate(key, fitness, region="africa", year=2016, city=""):
    return Candidate(key, fitness, region, year, city or f"City {key}")


@pytest.mark.parametrize(
    ("candidates", "most", "expected"),
    [
        ([], 3, []),
        ([candidate(1, 2.0), candidate(2, 3.0)], 3, [2, 1]),
        ([candidate(1, 2.0), candidate(2, 2.0)], 1, [1]),
        # The third of one region and year gives way to a weaker one from elsewhere.
        (
            [candidate(1, 5.0), candidate(2, 4.9), candidate(3, 3.5, "asia", 2018)],
            3,
            [1, 3, 2],
        ),
        # A second case of the same city comes late.
        (
            [candidate(1, 5.0, city="Wuhan"), candidate(2, 4.9, city="Wuhan"), candidate(3, 1.0)],
            2,
            [1, 3],
        ),
    ],
)
def test_suggestions_are_balanced(candidates, most, expected):
    assert [each.key for each in rules.balanced(candidates, most)] == expected


@pytest.mark.parametrize(
    ("chosen", "deed", "one", "expected"),
    [
        ([1, 2], "add", 3, [1, 2, 3]),
        ([1, 2], "add", 2, [1, 2]),
        ([1, 2, 3], "remove", 2, [1, 3]),
        ([1, 2, 3], "up", 3, [1, 3, 2]),
        ([1, 2, 3], "up", 1, [1, 2, 3]),
        ([1, 2, 3], "down", 1, [2, 1, 3]),
        ([1, 2, 3], "down", 3, [1, 2, 3]),
        ([1, 2], "up", 9, [1, 2]),
        ([1, 1, 2], "down", 1, [2, 1]),
    ],
)
def test_chosen_initiatives_move_by_buttons(chosen, deed, one, expected):
    assert rules.moved(chosen, deed, one) == expected


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("", []),
        ("  \n\n ", []),
        (
            "One\nline.\n\nTwo <b>.",
            [{"type": "text", "value": "<p>One line.</p><p>Two &lt;b&gt;.</p>"}],
        ),
    ],
)
def test_opening_becomes_a_block_of_text(opening, expected):
    assert rules.opening_blocks(opening) == expected


def test_suggestions_fit_the_theme_and_say_why():
    wuhan = make_case("Wuhan", "China", "CN", themes=["waste"], summary="A dump became a park.")
    make_case("Ulm", "Germany", "DE", themes=["health"])
    told = make_case("Dakar", "Senegal", "SN", year=2012, themes=["waste"])
    make_article(body=[initiative_block(told)])

    found = suggestions.suggest(themes=["waste"])

    assert [each.initiative for each in found] == [wuhan, told]
    assert found[0].reasons == (
        "theme: Waste",
        "first here from Asia",
        "first here of 2016",
        "not in FOCUS yet",
    )
    assert found[1].reasons == ("theme: Waste", "first here from Africa", "first here of 2012")


def test_suggestions_after_a_choice_are_like_it_and_without_it():
    chosen = make_case("Wuhan", "China", "CN", themes=["waste", "health"])
    like = make_case("Ulm", "Germany", "DE", themes=["waste", "health"])

    found = suggestions.suggest(themes=["waste"], chosen=[chosen.pk])

    assert [each.initiative for each in found] == [like]
    assert "like those chosen: Health" in found[0].reasons


def test_suggestions_are_found_by_words_with_a_spelling_mistake():
    park = make_case("Wuhan", "China", "CN", recorded_title="A landfill becomes a garden park")
    make_case("Ulm", "Germany", "DE", recorded_title="Buses at night")

    found = suggestions.suggest(words="landfil")

    assert [each.initiative for each in found] == [park]
    assert "found by the words" in found[0].reasons


def test_nothing_asked_suggests_nothing():
    make_case("Wuhan", "China", "CN", themes=["waste"])

    assert suggestions.suggest() == []


@pytest.mark.parametrize("count", [1, 4])
def test_suggestions_take_as_many_queries_however_many(count):
    for number in range(count):
        make_case(f"City {number}", "China", "CN", themes=["waste"])

    with CaptureQueriesContext(connection) as queries:
        suggestions.suggest(themes=["waste"])

    assert len(queries) == 7


def test_draft_has_the_initiatives_in_their_order(editor):
    first, second = make_case("Wuhan", "China", "CN"), make_case("Ulm", "Germany", "DE")
    hidden = make_case("Bonn", "Germany", "DE")
    hidden.unpublish()
    draft = Draft(
        title="Let's go green!",
        initiatives=[second.pk, hidden.pk, first.pk, second.pk],
        opening="Two cities.",
        international_day="mother-earth",
        themes=["food"],
    )
    make_theme("food")

    article = actions.draft_article(draft=draft, person=editor, now=clock.now())

    stored = FocusArticlePage.objects.get(pk=article.pk)
    assert (stored.slug, stored.live, stored.owner) == ("lets-go-green", False, editor)
    assert [city.city_name for city in stored.cities_gathered()] == ["Ulm", "Wuhan"]
    assert stored.body.raw_data[0]["value"] == "<p>Two cities.</p>"
    assert [theme.slug for theme in stored.themes.all()] == ["food"]


def test_second_draft_of_a_day_is_refused_and_one_without_a_day_is_not(editor):
    page = make_case("Wuhan", "China", "CN")

    def draft(day):
        said = Draft(title="Earth", initiatives=[page.pk], international_day=day)
        return actions.draft_article(draft=said, person=editor, now=clock.now())

    first = draft("mother-earth")
    with pytest.raises(refusals.AlreadyDrafted) as refused:
        draft("mother-earth")

    assert refused.value.article_id == first.pk
    assert draft("").slug == "earth-2"
    with pytest.raises(refusals.NothingChosen):
        actions.draft_article(draft=Draft("None", []), person=editor, now=clock.now())


@pytest.mark.parametrize(
    ("today", "is_due"),
    [(date(2026, 10, 16), False), (date(2026, 10, 17), True), (date(2026, 10, 31), True)],
)
def test_draft_is_due_two_weeks_before_its_day(today, is_due):
    ahead = {each.day.key: each for each in standings.days_ahead(today)}

    assert ahead["cities"].on == date(2026, 10, 31)
    assert ahead["cities"].is_due is is_due


@pytest.mark.parametrize(
    ("fields", "is_there"),
    [
        ({"live": False}, True),
        ({"published_at": datetime(2026, 10, 20, tzinfo=UTC)}, True),
        (
            {"published_at": datetime(2025, 10, 20, tzinfo=UTC), "has_unpublished_changes": True},
            False,
        ),
    ],
)
def test_article_of_last_year_leaves_the_day_open(fields, is_there):
    make_article("Cities", international_day="cities", **fields)

    ahead = {each.day.key: each for each in standings.days_ahead(date(2026, 10, 25))}

    assert (ahead["cities"].article is not None) is is_there


def test_desk_tells_of_days_drafts_and_lost_cases(client, editor):
    client.force_login(editor)
    lost = make_case("Wuhan", "China", "CN")
    make_article("Names what is gone", body=[initiative_block(lost)])
    lost.unpublish()
    soon = next(each for each in standings.days_ahead(clock.now().date()))
    make_article("On its way", live=False, international_day=soon.day.key)

    shown = plain(client.get("/cms/focus/"))

    assert "On its way" in shown
    assert soon.day.recorded_name in shown
    assert "Wuhan 2016" in shown
    assert "names a case that is not public any more: Wuhan 2016" in plain(client.get("/cms/"))


def test_builder_keeps_its_state_in_its_address(client, editor):
    client.force_login(editor)
    page = make_case("Wuhan", "China", "CN", themes=["waste-circular"])
    like = make_case("Ulm", "Germany", "DE", themes=["waste-circular"])

    asked = plain(client.get("/cms/focus/new/?day=zero-waste"))
    added = client.get(f"/cms/focus/new/?day=zero-waste&chosen={page.pk}&add={like.pk}")

    assert "Wuhan, China, 2016" in asked
    assert "first here from Asia" in asked
    assert 'value="International Day of Zero Waste"' in asked
    assert added.url == f"/cms/focus/new/?day=zero-waste&chosen={page.pk}&chosen={like.pk}#chosen"
    assert (
        client.get("/cms/focus/new/?chosen=x&chosen=99999999999&q=%00&theme=%00").status_code == 200
    )


def test_builder_makes_a_draft_and_leads_to_its_editor(client, editor):
    client.force_login(editor)
    page = make_case("Wuhan", "China", "CN", themes=["waste-circular"])
    typed = {"chosen": [page.pk], "day": "zero-waste", "title": "", "opening": "Less."}

    refused = client.post("/cms/focus/new/", typed)
    made = client.post("/cms/focus/new/", {**typed, "title": "Waste not"})

    assert refused.status_code == 422
    assert "Less." in refused.content.decode()  # nothing typed is lost
    article = FocusArticlePage.objects.get(title="Waste not")
    assert made.url == f"/cms/pages/{article.pk}/edit/"
    assert article.international_day == "zero-waste"
    again = client.post("/cms/focus/new/", {**typed, "title": "Waste not twice"})
    assert (again.status_code, f"/cms/focus/{article.pk}/" in again.content.decode()) == (422, True)


def test_desk_is_closed_to_visitors_and_to_staff_without_the_right(client):
    assert client.get("/cms/focus/").status_code == 302
    juror = Person.objects.create_user("juror@example.org")
    client.force_login(juror)

    assert client.get("/cms/focus/new/").status_code == 302
    assert client.post("/cms/focus/1/send/").status_code == 302


def admin_access(person):
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return person


def test_person_of_a_partner_approves_with_an_account_and_nobody_else(client, co_published):
    case = co_published
    approvals = actions.ask_co_publishers(
        article_id=case.article.pk, person=case.editor, now=clock.now()
    )
    of_uclg = next(each for each in approvals if each.partner.slug == "uclg")
    of_metropolis = next(each for each in approvals if each.partner.slug == "metropolis")
    signer = admin_access(Person.objects.create_user("Signer@uclg.example.org", name="Ana"))
    client.force_login(signer)

    assert "Let us go green" in plain(client.get("/cms/focus/"))
    shown = plain(client.get(f"/cms/focus/{case.article.pk}/"))
    assert shown.count("/cms/focus/answer/") == 1
    refused = client.post(f"/cms/focus/answer/{of_metropolis.pk}/")
    assert refused.url == "/cms/"
    client.post(f"/cms/focus/answer/{of_uclg.pk}/", {"answer": "approved"})

    assert Approval.objects.approved().get().answered_by == "Ana"
    assert client.post(f"/cms/focus/{case.article.pk}/send/").url == "/cms/"
    client.force_login(admin_access(Person.objects.create_user("else@example.org")))
    assert client.get(f"/cms/focus/{case.article.pk}/").url == "/cms/"


def test_member_of_a_partner_answers_for_it(client, co_published):
    case = co_published
    approvals = actions.ask_co_publishers(
        article_id=case.article.pk, person=case.editor, now=clock.now()
    )
    editor = admin_access(Person.objects.create_user("bo@uclg.example.org", name="Bo"))
    Member.objects.create(person=editor, partner=case.partners[0])
    client.force_login(editor)
    address = f"/cms/focus/{case.article.pk}/"
    of_uclg = next(each for each in approvals if each.partner.slug == "uclg")
    client.post(f"/cms/focus/answer/{of_uclg.pk}/", {"answer": "refused", "reason": "Not yet."})

    assert "Not yet." in plain(client.get(address))


def test_admins_publish_button_saves_and_leads_to_the_co_publishers(client, co_published):
    client.force_login(co_published.editor)
    page = client.get(f"/cms/pages/{co_published.article.pk}/edit/").content.decode()

    assert "action-send-to-co-publishers" in page
    assert 'name="action-publish"' not in page
    assert "Save, then send" in page


def test_editor_sends_from_the_page_of_an_article(client, co_published):
    client.force_login(co_published.editor)

    sent = client.post(f"/cms/focus/{co_published.article.pk}/send/", follow=True)

    assert "each co-publisher gets a letter" in sent.content.decode()
    assert Approval.objects.count() == 2


def test_every_day_of_the_calendar_is_within_a_year():
    today = clock.now().date()

    assert {
        day.next_after(today) - today <= timedelta(days=366) for day in calendar().values()
    } == {True}
