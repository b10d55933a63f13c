import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages

from laurels.accounts.models import Person
from laurels.results import log_reading, rules
from laurels.results.enums import State
from tests.factories.results import make_draft, publish

pytestmark = pytest.mark.django_db(databases=["default", "registrar"])


def sign_in(client, *codenames):
    person = Person.objects.create(email="ana@example.org", name="Ana", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(person)
    return person


@pytest.fixture
def secretary(client):
    return sign_in(client, "access_admin", "run_election")


def state(election):
    return rules.state(log_reading.facts_of(election))


def sentences(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize("path", ["/cms/elections/", "/cms/elections/{slug}/"])
def test_pages_are_for_the_secretariat_only(client, path):
    path = path.format(slug=make_draft().slug)

    assert client.get(path).status_code == 302
    sign_in(client, "access_admin")
    assert client.get(path).status_code == 302


def test_a_person_without_the_permission_takes_no_step(client):
    election = make_draft()
    sign_in(client, "access_admin")

    client.post(f"/cms/elections/{election.slug}/step/", {"step": "rehearse"})

    assert state(election) == State.DRAFT


def test_the_menu_shows_elections_to_those_who_run_them(client, secretary):
    assert "/cms/elections/" in client.get("/cms/").content.decode()


def test_the_list_names_every_election_with_its_state(client, secretary):
    make_draft()

    text = client.get("/cms/elections/").content.decode()

    assert "City of Your Choice" in text
    assert "Draft" in text


def test_the_page_has_one_button_for_the_next_step(client, secretary):
    election = make_draft()

    text = client.get(f"/cms/elections/{election.slug}/").content.decode()

    assert text.count('name="step"') == 1
    assert 'name="step" value="rehearse"' in text


def test_the_button_takes_the_step_and_the_trail_names_the_person(client, secretary):
    election = make_draft()

    answer = client.post(f"/cms/elections/{election.slug}/step/", {"step": "rehearse"})

    assert sentences(answer) == ["Done: Rehearse."]
    assert state(election) == State.REHEARSED
    text = client.get(f"/cms/elections/{election.slug}/").content.decode()
    assert "Ana" in text


def test_a_second_click_finds_the_step_done(client, secretary):
    election = make_draft()
    for _click in range(2):
        answer = client.post(f"/cms/elections/{election.slug}/step/", {"step": "rehearse"})

    assert sentences(answer)[-1] == "Done: Rehearse."
    assert election.rehearsals.count() == 1


def test_a_step_that_may_not_be_taken_says_why(client, secretary, sequencer):
    election = publish(make_draft())
    election.edition = None

    answer = client.post(f"/cms/elections/{election.slug}/step/", {"step": "freeze"})

    assert sentences(answer) == ["First comes: “Close the vote”."]


def test_what_is_missing_stands_in_the_place_of_the_button(client, secretary):
    election = make_draft()
    election.candidates.all().delete()

    text = client.get(f"/cms/elections/{election.slug}/").content.decode()

    assert "The ballot has no candidates yet." in text
    assert 'name="step"' not in text


def test_trustees_of_a_real_vote_are_asked_for_their_keys(client, secretary):
    election = make_draft(is_demo=False)

    answer = client.post(f"/cms/elections/{election.slug}/step/", {"step": "open_keys"})

    [sentence] = sentences(answer)
    assert sentence == (
        "The trustees of this vote keep their keys at home. Take this step with the command "
        "“manage election” and the key files that they bring."
    )


@pytest.mark.parametrize("step", ["", "explode"])
def test_an_unknown_step_changes_nothing(client, secretary, step):
    election = make_draft()

    answer = client.post(f"/cms/elections/{election.slug}/step/", {"step": step})

    assert sentences(answer) == ["There is no such step. Load the page again."]
    assert state(election) == State.DRAFT


def test_a_step_is_never_taken_by_a_link(client, secretary):
    election = make_draft()

    assert client.get(f"/cms/elections/{election.slug}/step/").status_code == 405
