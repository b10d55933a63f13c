from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django_tasks_db.models import DBTaskResult

from laurels.accounts.enums import Role
from laurels.accounts.models import Person
from laurels.ballotbox.models import Election
from laurels.demo import actions, queries
from laurels.demo.mailbox import Mailbox
from laurels.demo.models import ClockTrip
from laurels.foundation import clock
from tests.factories.editions import make_edition
from tests.factories.results import BEFORE, make_draft
from tests.factories.seminars import make_seminar

pytestmark = pytest.mark.django_db(databases=["default", "registrar"])


@pytest.fixture
def election():
    """The demo's election on 5 November 2023, published as far as its pages can tell."""
    edition = make_edition(2023)
    make_seminar(edition)
    election = make_draft(edition, slug=queries.SLUG)
    clock.start(queries.CLOCK, BEFORE)
    clock.advance(queries.CLOCK, actions.READY_AT)
    Election.objects.filter(pk=election.pk).update(
        clock_name=queries.CLOCK, manifest=b"{}", manifest_hash="ab" * 32
    )
    election.refresh_from_db()
    return election


def buttons(page):
    text = page.content.decode()
    return [
        stop
        for stop in ("first-seminar", "last-hour", "past-the-close", "ceremony")
        if f'value="{stop}"' in text
    ]


def sentences(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def begin_trip(election, **changed):
    facts = {
        "destination": election.ceremony_at,
        "started_at": clock.now(),
        "heard_at": clock.now(),
        **changed,
    }
    return ClockTrip.objects.create(election=election, **facts)


def test_demo_before_it_is_set_up_says_so(client):
    page = client.get("/demo/")

    assert page.status_code == 200
    assert "still being set up" in page.content.decode()


def test_demo_has_a_button_for_each_stop_ahead(client, election):
    assert buttons(client.get("/demo/")) == [
        "first-seminar",
        "last-hour",
        "past-the-close",
        "ceremony",
    ]

    clock.advance(queries.CLOCK, election.closing_at + timedelta(hours=1))

    assert buttons(client.get("/demo/")) == ["ceremony"]


def test_demo_past_the_last_stop_says_how_to_begin_anew(client, election):
    clock.advance(queries.CLOCK, election.ceremony_at)

    assert "./laurels up --fresh" in client.get("/demo/").content.decode()


def test_move_clock_writes_a_trip_and_leaves_it_to_a_task(client, election):
    client.post("/demo/clock/", {"stop": "ceremony"})

    trip = ClockTrip.objects.get()
    assert (trip.election, trip.destination, trip.ended_at) == (
        election,
        election.ceremony_at,
        None,
    )
    task = DBTaskResult.objects.get(task_path="laurels.demo.tasks.make_trip")
    assert task.args_kwargs["args"] == [trip.pk]


def test_move_clock_twice_is_one_trip(client, election):
    for stop in ("first-seminar", "ceremony"):
        client.post("/demo/clock/", {"stop": stop})

    [trip] = ClockTrip.objects.all()
    assert trip.destination < election.closes_at


@pytest.mark.parametrize("stop", ["", "yesterday"])
def test_move_clock_to_no_stop_is_refused(client, election, stop):
    answer = client.post("/demo/clock/", {"stop": stop})

    assert sentences(answer) == ["There is no such stop. Load the page again and choose one."]
    assert not ClockTrip.objects.exists()


def test_move_clock_back_is_refused(client, election):
    clock.advance(queries.CLOCK, election.ceremony_at)

    answer = client.post("/demo/clock/", {"stop": "last-hour"})

    assert sentences(answer) == ["The clock is past that already. It only runs forward."]


def test_move_clock_is_never_a_link(client, election):
    assert client.get("/demo/clock/").status_code == 405


def test_demo_under_way_loads_itself_again(client, election):
    begin_trip(election, ballots_to_cast=900, ballots_cast=120)

    page = client.get("/demo/")

    assert page["Refresh"] == "2"
    assert "120 of 900 demo ballots" in page.content.decode()
    assert buttons(page) == []


@pytest.mark.parametrize(
    "stuck", [{"problem": "The ballot box does not answer."}, {"heard_at": BEFORE}]
)
def test_a_trip_that_stopped_waits_for_a_person(client, election, stuck):
    begin_trip(election, **stuck)

    page = client.get("/demo/")

    assert "Refresh" not in page
    assert "Go on" in page.content.decode()


def test_sign_in_makes_anyone_the_demos_secretariat(client, election):
    answer = client.post("/demo/sign-in/")

    assert answer["Location"] == "/cms/elections/2023/"
    assert "You are signed in" in client.get("/demo/").content.decode()


def test_the_secretariat_may_run_elections_and_has_no_password(client):
    for _time in range(2):
        person = actions.appoint(Role.SECRETARIAT)

    assert person.has_perm("results.run_election")
    assert person.has_perm("wagtailadmin.access_admin")
    assert not person.is_superuser
    assert not person.has_usable_password()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SECRETARIAT])
def test_sign_in_as_another_role_leads_to_the_admin(client, role):
    answer = client.post("/demo/sign-in/", {"role": role.value})

    person = Person.objects.get(pk=client.session["_auth_user_id"])
    assert answer.url == "/cms/"
    assert [group.name for group in person.groups.all()] == [role.value]
    assert not person.has_perm("results.run_election")


def test_sign_in_is_never_a_link(client):
    assert client.get("/demo/sign-in/").status_code == 405


def test_mailbox_shows_letters_as_text(client):
    text = "Your code: 123456 <script>alert(1)</script>"
    Mailbox().send_messages(
        [mail.EmailMessage("<b>Code</b>", text, "award@award.example", ["ana@demo.example"])]
    )

    page = client.get("/demo/mailbox/").content.decode()

    assert 'data-code="123456"' in page
    assert "&lt;script&gt;" in page
    assert "<b>Code</b>" not in page


def test_the_strip_is_on_every_page_with_both_zones(client, election):
    page = client.get("/demo/mailbox/").content.decode()

    assert "Sunday 5 November 2023, 17:0" in page
    assert 'class="demo-strip"' in page
