"""Feedback: who may give it, what is kept of it, and who is told how much."""

import csv
import io
import json
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import Error as DatabaseError
from django.db import IntegrityError, transaction
from openpyxl import load_workbook

from laurels.accounts.models import Person
from laurels.foundation.models import Mail
from laurels.seminars import actions, rules
from laurels.seminars.enums import FeedbackHindrance, Grade
from laurels.seminars.models import Feedback, Registrant, Registration, Seminar
from laurels.seminars.refusals import NoFeedback
from tests.factories.editions import make_edition
from tests.factories.library import make_library
from tests.factories.rooms import make_moderator
from tests.factories.seminars import EARLY, NOW, STARTS_AT, ask, come, make_seminar, seat_of
from tests.html import plain
from tests.seminars.test_races import at_once

pytestmark = pytest.mark.django_db

ENDS_AT = STARTS_AT + timedelta(minutes=90)
AFTER, SECOND, DAY = ENDS_AT + timedelta(hours=2), timedelta(seconds=1), timedelta(days=1)
TYPED = {"grade": "4", "keep": "The pace.", "better": "More time\r\nfor questions.\u202e"}
HERE = "/seminars/2023/1/"


@pytest.fixture
def seminar():
    make_library()
    return make_seminar(make_edition(2023), title="Resilient for all")


@pytest.fixture(autouse=True)
def clock_at(settings):
    def stand(now):
        settings.DEMO_CLOCKS = {"edition-2023": now}

    stand(AFTER)
    return stand


def page_of(registrant, number=1):
    return f"/seminars/mine/{registrant.token}/feedback/{number}/"


def give(registration, grade=Grade.FOUR, keep="", better="", award_now=AFTER):
    return actions.give_feedback(
        registration=registration, grade=grade, keep=keep, better=better, award_now=award_now
    )


def answers(seminar, *grades, silent=0):
    """Let one guest give each grade, and others say nothing."""
    for number, grade in enumerate([*grades, *[None] * silent]):
        guest = come(f"p{number}@example.org", seminar, network=f"192.0.{number}.0/24")
        if grade:
            give(seat_of(guest, seminar), Grade(grade))


def said():
    return Feedback.objects.values_list("grade", "keep", "better").get()


@pytest.mark.parametrize(
    ("state", "cancelled_at", "now", "hindrance"),
    [
        ("confirmed", None, STARTS_AT, FeedbackHindrance.NOT_OVER),
        ("confirmed", None, ENDS_AT - SECOND, FeedbackHindrance.NOT_OVER),
        ("confirmed", None, ENDS_AT, None),
        ("confirmed", None, ENDS_AT + 30 * DAY - SECOND, None),
        ("confirmed", None, ENDS_AT + 30 * DAY, FeedbackHindrance.TOO_LATE),
        ("confirmed", EARLY, ENDS_AT, FeedbackHindrance.CANCELLED),
        ("pending", None, ENDS_AT, FeedbackHindrance.NO_SEAT),
        ("waiting", None, ENDS_AT, FeedbackHindrance.NO_SEAT),
        ("cancelled", None, ENDS_AT, FeedbackHindrance.NO_SEAT),
    ],
)
def test_who_had_a_seat_may_for_thirty_days_from_the_end(state, cancelled_at, now, hindrance):
    seminar = Seminar(starts_at=STARTS_AT, ends_at=ENDS_AT, cancelled_at=cancelled_at)

    assert rules.feedback_hindrance(Registration(seminar=seminar, state=state), now) == hindrance


def test_sentences_name_the_days_that_the_rule_counts():
    assert f"for {rules.FEEDBACK_TAKEN.days} days" in str(FeedbackHindrance.TOO_LATE.label)


def test_said_twice_is_one_and_said_otherwise_replaces_it(seminar):
    seat = seat_of(come("ana@example.org", seminar), seminar)

    first = give(seat, keep="The pace.")
    again = give(seat, keep="The pace.", award_now=AFTER + DAY)
    changed = give(seat, Grade.TWO, award_now=AFTER + 2 * DAY)

    assert first.pk == again.pk == changed.pk
    assert (again.written_at, again.changed_at) == (AFTER, None)
    assert (changed.written_at, changed.changed_at) == (AFTER, AFTER + 2 * DAY)
    assert said() == (2, "", "")


def test_what_was_said_stands_when_a_later_change_is_refused(seminar):
    seat = seat_of(come("ana@example.org", seminar), seminar)
    give(seat, keep="The pace.")

    with pytest.raises(NoFeedback) as refused:
        give(seat, Grade.ONE, award_now=ENDS_AT + 30 * DAY)

    assert refused.value.sentence == str(FeedbackHindrance.TOO_LATE.label)
    assert said() == (4, "The pace.", "")


def test_seat_that_was_given_back_meanwhile_is_seen(seminar):
    seat = seat_of(come("ana@example.org", seminar), seminar)
    Registration.objects.update(state="cancelled")

    with pytest.raises(NoFeedback):
        give(seat)

    assert Feedback.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_form_sent_twice_at_once_is_one(seminar):
    seat = seat_of(come("ana@example.org", seminar), seminar)

    outcomes = at_once(*[lambda: give(seat, keep="The pace.")] * 4)

    assert outcomes == [None] * 4
    assert said() == (4, "The pace.", "")


def test_database_keeps_no_other_grade(seminar):
    seat = seat_of(come("ana@example.org", seminar), seminar)

    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.create(registration=seat, grade=6, written_at=AFTER)


def test_feedback_goes_with_the_registrant(seminar):
    ana = come("ana@example.org", seminar)
    give(seat_of(ana, seminar), keep="I am Ana.")

    Registrant.objects.get(pk=ana.pk).delete()

    assert Feedback.objects.count() == 0


def test_form_is_sent_shown_again_and_changed_without_a_cookie(client, seminar):
    ana = come("ana@example.org", seminar)

    sent = client.post(page_of(ana), TYPED)
    shown = client.get(sent.url)
    client.post(page_of(ana), {"grade": "5"})

    page = plain(shown)
    assert sent.status_code == 302
    assert "Saved. Thank you." in page
    assert "The pace.</textarea>" in page
    assert "More time for questions.</textarea>" in page
    assert page.count("checked") == 1
    assert shown["X-Robots-Tag"] == "noindex"
    assert "no-store" in shown["Cache-Control"]
    assert not client.cookies
    assert said() == (5, "", "")


@pytest.mark.parametrize(
    ("wrong", "status", "sentence"),
    [
        ({"grade": ""}, 422, "Choose how useful it was, from 1 to 5."),
        ({"grade": "6"}, 422, "Choose how useful it was, from 1 to 5."),
        ({"better": "é" * 2_001}, 422, "This is 1 character too long: at most 2000 are taken."),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 403, "This was not sent from our page."),
    ],
)
def test_refused_form_says_what_to_do_and_keeps_what_was_typed(
    client, seminar, wrong, status, sentence
):
    ana = come("ana@example.org", seminar)
    headers = {name: value for name, value in wrong.items() if name.startswith("HTTP_")}

    answer = client.post(page_of(ana), {**TYPED, **wrong, "keep": "<b>Pace"}, **headers)

    page = plain(answer)
    assert answer.status_code == status
    assert sentence in page
    assert "&lt;b&gt;Pace</textarea>" in page
    assert Feedback.objects.count() == 0


def test_form_that_comes_too_late_keeps_what_was_typed(client, seminar, clock_at):
    ana = come("ana@example.org", seminar)
    clock_at(ENDS_AT + 30 * DAY)

    answer = client.post(page_of(ana), TYPED)

    assert answer.status_code == 409
    assert str(FeedbackHindrance.TOO_LATE.label) in plain(answer)
    assert "The pace.</textarea>" in plain(answer)


def test_database_that_fails_loses_nothing_typed(client, seminar, monkeypatch):
    ana = come("ana@example.org", seminar)

    def fail(**_rest):
        raise DatabaseError

    monkeypatch.setattr(actions, "give_feedback", fail)
    answer = client.post(page_of(ana), TYPED)

    assert answer.status_code == 503
    assert "The pace.</textarea>" in plain(answer)


@pytest.mark.parametrize(
    ("now", "hindrance"),
    [
        (STARTS_AT, FeedbackHindrance.NOT_OVER),
        (ENDS_AT + 30 * DAY, FeedbackHindrance.TOO_LATE),
    ],
)
def test_page_before_and_after_shows_a_sentence_and_no_form(
    client, seminar, clock_at, now, hindrance
):
    ana = come("ana@example.org", seminar)
    clock_at(now)

    page = plain(client.get(page_of(ana)))

    assert str(hindrance.label) in page
    assert "<textarea" not in page
    assert "feedback/1/" not in plain(client.get(f"/seminars/mine/{ana.token}/"))


def test_page_is_its_own_registrants_and_of_a_seminar_it_chose(client, seminar):
    ana = come("ana@example.org", seminar)
    make_seminar(seminar.edition, 2)

    assert client.get(page_of(ana, number=2)).status_code == 404
    assert client.get("/seminars/mine/nobody/feedback/1/").status_code == 404
    assert f'href="{page_of(ana)}"' in plain(client.get(f"/seminars/mine/{ana.token}/"))


def test_page_asks_the_database_no_more_for_a_full_hall(client, seminar, django_assert_num_queries):
    answers(seminar, 5, 4, 3, silent=3)
    ana = come("ana@example.org", seminar)
    client.get(page_of(ana))

    with django_assert_num_queries(7):
        client.get(page_of(ana))


def thank(seminar, award_now=AFTER):
    return actions.thank(
        seminar=seminar, said="", person_name="Mei Lin", now=NOW, award_now=award_now
    )


def test_letter_of_thanks_leads_to_the_form_beside_a_form_elsewhere(seminar, settings):
    ana = come("ana@example.org", seminar)
    seminar.feedback_url = "https://forms.example/1"
    seminar.save()

    assert thank(seminar) == 1

    text = Mail.objects.last().text
    assert settings.SITE_URL + page_of(ana) in text
    assert "https://forms.example/1" in text


def test_letter_of_thanks_that_goes_late_leads_to_no_closed_form(seminar):
    come("ana@example.org", seminar)

    assert thank(seminar, ENDS_AT + 30 * DAY) == 1

    assert "/feedback/" not in Mail.objects.last().text


def test_desk_sees_grades_and_texts_and_nobodys_address(client, seminar):
    answers(seminar, 4, 4, 1, silent=1)
    Feedback.objects.filter(grade=1).update(better="<b>Shorter.")
    client.force_login(make_moderator(seminar))

    page = plain(client.get(f"{HERE}afterwards/"))

    assert "How useful, by feedback" in page
    assert "<title>4: Useful: 2</title>" in page
    assert "<title>5: Very useful: 0</title>" in page
    assert "&lt;b&gt;Shorter." in page
    assert "@example.org" not in page


def test_desk_and_export_are_closed_to_others(client, seminar):
    client.force_login(Person.objects.create_user("bo@example.org"))

    for address in (f"{HERE}afterwards/", f"{HERE}export/?kind=feedback&format=json"):
        assert client.get(address).status_code == 403


def test_export_holds_what_was_said_in_three_formats_and_nobody(client, seminar):
    ana = come("ana@example.org", seminar)
    give(seat_of(ana, seminar), keep="=cmd()|pace", better="Nothing.")
    client.force_login(make_moderator(seminar))

    def get(form):
        return client.get(f"{HERE}export/?kind=feedback&format={form}").content

    row = {
        "useful_1_to_5": 4,
        "keep": "=cmd()|pace",
        "better": "Nothing.",
        "written_on": "2023-11-07",
    }
    cells = [
        [cell.value for cell in line] for line in load_workbook(io.BytesIO(get("xlsx"))).active
    ]
    [read] = csv.DictReader(io.StringIO(get("csv").decode("utf-8-sig")))
    assert json.loads(get("json")) == [row]
    assert cells == [list(row), [4, "'=cmd()|pace", "Nothing.", "2023-11-07"]]
    assert read == {**row, "useful_1_to_5": "4", "keep": "'=cmd()|pace"}


@pytest.mark.parametrize(
    ("grades", "line"),
    [
        ((5, 4, 4, 1), ""),
        ((5, 4, 4, 1, 3), "5 of 7 guests answered; 3 of them found it useful or very useful."),
    ],
)
def test_public_is_told_counts_where_five_have_answered(client, seminar, grades, line):
    answers(seminar, *grades, silent=2)
    ask("pending@example.org", seminar)
    Feedback.objects.update(keep="A secret text.")

    page = plain(client.get(HERE))

    assert ("guests answered" in page) == bool(line)
    assert line in page
    assert "A secret text." not in page


def test_public_is_told_nothing_before_the_end(client, seminar, clock_at):
    answers(seminar, 5, 5, 5, 5, 5)
    clock_at(ENDS_AT - SECOND)

    assert "guests answered" not in plain(client.get(HERE))


def test_migration_can_be_taken_back():
    migration = import_module("laurels.seminars.migrations.0006_feedback").Migration

    assert all(operation.reversible for operation in migration.operations)
