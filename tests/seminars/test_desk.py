"""The moderator's desk, the city's private page, what remains and the exports."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from laurels.accounts.models import Person
from laurels.foundation.models import Mail
from laurels.seminars import actions, rules
from laurels.seminars.models import Chapter, CityContact, Question, Room
from laurels.seminars.refusals import QuestionIsNotShown
from tests.factories.rooms import LIVE, answer, ask, make_moderator, make_room, show
from tests.factories.seminars import make_seminar
from tests.html import plain

pytestmark = pytest.mark.django_db
HERE = "/seminars/2023/1/"
DESK, DEED = f"{HERE}desk/", f"{HERE}desk/question/"
JSON = {"Accept": "application/json"}


@pytest.fixture
def seminar(settings):
    settings.DEMO_CLOCKS = {"edition-2023": LIVE}
    return make_room("Cape Town", "Kazan")


@pytest.fixture
def moderator(client, seminar):
    person = make_moderator(seminar)
    client.force_login(person)
    return person


@pytest.fixture
def contact(seminar):
    return actions.invite_city(
        seminar=seminar,
        initiative=seminar.presentations.first().initiative,
        address="ask@capetown.example",
        language="fr",
        person_name="Mo",
        now=LIVE,
    )


def test_desk_is_for_moderators_of_this_seminar_only(client, seminar):
    assert client.get(DESK).status_code == 302
    client.force_login(Person.objects.create_user("guest@award.example"))
    assert [client.get(DESK).status_code, client.post(DEED).status_code] == [403, 403]
    client.force_login(make_moderator(seminar))
    assert client.get(DESK).status_code == 200


def test_moderator_moves_a_question_with_buttons_alone(client, moderator, seminar):
    question = ask(seminar)

    answer = client.post(DEED, {"deed": "show", "question": question.pk, "version": 0})

    assert (answer.status_code, answer["Location"]) == (302, DESK)
    assert Question.objects.get().state == "live"


def test_second_moderator_is_told_on_the_desk_and_keeps_what_was_typed(client, moderator, seminar):
    question = ask(seminar)
    show(question)
    typed = {"deed": "edit", "question": question.pk, "version": 0, "text": "Who pays for it?"}

    refused = client.post(DEED, typed, headers=JSON)
    page = client.post(DEED, typed)

    assert refused.status_code == 409
    assert refused.json()["sentence"].startswith("Not saved: Mo changed this question")
    assert "What you typed:" in plain(page)
    assert "Who pays for it?" in plain(page)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"deed": "hide", "reason": "ugly"}, "Select a valid choice"),
        ({"deed": "hide"}, "Choose a reason of the list."),
        ({"deed": "merge"}, "Choose the question to merge it into."),
        ({"deed": "edit", "text": " "}, "Write something first."),
        ({"deed": "fly"}, "Not saved: use the buttons of the desk."),
        ({"deed": "answered"}, "Not saved: this cannot be done"),
    ],
)
def test_deed_that_cannot_be_done_says_why(client, moderator, seminar, typed, sentence):
    question = ask(seminar)

    answer = client.post(DEED, {"question": question.pk, "version": 0, **typed}, headers=JSON)

    assert sentence in answer.json()["sentence"]
    assert Question.objects.get().version == 0


def test_desk_asks_as_much_of_the_database_for_three_questions_as_for_one(
    client, moderator, seminar
):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(f"{DESK}?columns=1").status_code == 200
        return len(caught)

    ask(seminar, "first")
    queries()
    for_one = queries()
    ask(seminar, "second")
    show(ask(seminar, "third"))

    assert queries() == for_one


def test_city_answers_by_its_private_link_and_it_stands_on_its_page(client, seminar, contact):
    question = show(ask(seminar, "Who pays?", initiative=contact.initiative))
    address = f"/seminars/city/{contact.token}/"
    assert address in Mail.objects.get().text
    typed = {
        "question": question.pk,
        "answer": "La ville.\n\nEt vous.",
        "language": "français",
        "seen": 0,
    }

    answer = client.post(address, typed)

    assert answer.status_code == 302
    page = plain(client.get(contact.initiative.get_url()))
    assert f'id="question-{question.pk}"' in page
    assert '<div lang="fr" dir="auto">' in page
    assert "<p>La ville.</p>" in page
    assert Question.objects.get().state == "answered"


def test_answer_that_is_refused_comes_back_with_what_was_typed(client, seminar, contact):
    question = show(ask(seminar))
    typed = {"question": question.pk, "answer": "Мы.", "language": "Russian!", "seen": 0}

    answer = client.post(f"/seminars/city/{contact.token}/", typed)

    assert answer.status_code == 400
    assert "We know no language of this name." in plain(answer)
    assert "Мы." in plain(answer)


def test_city_cannot_answer_what_another_city_is_asked(seminar, contact):
    other = seminar.presentations.last().initiative
    question = show(ask(seminar, initiative=other))

    with pytest.raises(QuestionIsNotShown):
        answer(contact, question, "No")


def test_unknown_private_link_is_not_found(client, seminar):
    assert client.get(f"/seminars/city/{'x' * 43}/").status_code == 404


def test_notes_go_between_moderators_and_one_city_and_nowhere_else(
    client, moderator, seminar, contact
):
    client.post(f"{HERE}desk/note/", {"contact": contact.pk, "text": "You are next."})
    client.post(f"/seminars/city/{contact.token}/", {"text": "Ready."})

    assert [note.text for note in contact.notes.all()] == ["You are next.", "Ready."]
    assert "Ready." in plain(client.get(DESK))
    assert "Ready." not in plain(client.get(f"{HERE}room/"))


def test_cities_are_asked_once_after_the_seminar_and_reminded_once(seminar, contact):
    Mail.objects.all().delete()
    show(ask(seminar, initiative=contact.initiative))

    def at(award_now):
        return actions.ask_for_answers(seminar=seminar, now=LIVE, award_now=award_now)

    written = [
        at(LIVE),
        at(seminar.ends_at),
        at(seminar.ends_at + timedelta(days=1)),
        at(rules.reminder_due_at(seminar)),
        at(rules.reminder_due_at(seminar) + timedelta(days=1)),
        at(rules.answers_due_at(seminar)),
    ]

    assert written == [0, 1, 0, 1, 0, 0]
    assert Mail.objects.count() == 2


def test_city_without_an_open_question_is_not_written_to(seminar, contact):
    assert actions.ask_for_answers(seminar=seminar, now=LIVE, award_now=seminar.ends_at) == 0
    assert CityContact.objects.get().asked_at is None


def test_what_tells_of_people_has_its_end(client, seminar, contact):
    question = show(ask(seminar, initiative=contact.initiative))
    month = seminar.ends_at + timedelta(days=31)
    quarter = seminar.ends_at + timedelta(days=90)

    forgotten = [
        actions.forget_networks(award_now=seminar.ends_at, edition_id=seminar.edition_id),
        actions.forget_networks(award_now=month, edition_id=seminar.edition_id),
        actions.forget_addresses(seminar=seminar, award_now=month),
        actions.forget_addresses(seminar=seminar, award_now=quarter),
    ]

    assert forgotten == [0, 1, 0, 1]
    question.refresh_from_db()
    assert question.network is None
    assert client.get(f"/seminars/city/{contact.token}/").status_code == 200


def test_what_remains_is_published_with_chapters(client, moderator, seminar):
    kazan = seminar.presentations.last().initiative
    typed = {
        "recording_url": "https://youtu.be/abc",
        "slides_url": "",
        "minutes": "They said much.",
        f"chapter_{kazan.pk}": "1:02:03",
    }

    assert client.post(f"{HERE}afterwards/", typed).status_code == 302
    assert Chapter.objects.get().second == 3723
    room = plain(client.get(f"{HERE}room/"))
    assert 'href="https://youtu.be/abc?t=3723s"' in room
    assert "They said much." in room


def test_chapter_in_no_form_of_a_time_is_refused_and_all_is_kept(client, moderator, seminar):
    kazan = seminar.presentations.last().initiative
    typed = {"minutes": "Long minutes", f"chapter_{kazan.pk}": "half past"}

    answer = client.post(f"{HERE}afterwards/", typed)

    assert answer.status_code == 400
    assert "as in 23:40 or 1:23:40" in plain(answer)
    assert "Long minutes" in plain(answer)


def test_exports_give_the_same_rows_in_three_formats(client, moderator, seminar):
    ask(seminar, "=cmd()|who pays?", name="Lars")

    def get(form):
        answer = client.get(f"{HERE}export/?kind=questions&format={form}")
        assert answer.status_code == 200
        return answer.content

    row = json.loads(get("json"))[0]
    sheet = load_workbook(io.BytesIO(get("xlsx"))).active
    names = [cell.value for cell in sheet[1]]

    assert row["question"] == "=cmd()|who pays?"
    assert "'=cmd()|who pays?" in get("csv").decode("utf-8-sig")
    assert names == list(row)
    assert sheet.cell(2, names.index("question") + 1).value == "'=cmd()|who pays?"


@pytest.mark.parametrize("query", ["", "kind=ballots&format=csv", "kind=questions&format=exe"])
def test_export_of_something_else_is_not_found(client, moderator, query):
    assert client.get(f"{HERE}export/?{query}").status_code == 404


def test_days_without_registrations_are_counted_too():
    day = LIVE.date()

    assert rules.by_day([day, day + timedelta(days=2), day]) == [
        (day, 2),
        (day + timedelta(days=1), 0),
        (day + timedelta(days=2), 1),
    ]
    assert rules.by_day([]) == []
    assert rules.most_first(["b", "a", "b"]) == [("b", 2), ("a", 1)]
    assert [bar.height for bar in rules.bars([("a", 2), ("b", 1), ("c", 0)])] == [120, 60, 0]


def test_moderator_finds_the_desks_of_the_own_seminars_only(client, settings):
    mine = make_room("Cape Town")
    make_seminar(mine.edition, 2, title="Of others")
    past = make_seminar(
        mine.edition, 3, title="Long over", starts_at=mine.starts_at - timedelta(days=9)
    )
    settings.DEMO_CLOCKS = {"edition-2023": LIVE}
    client.force_login(make_moderator(mine))
    past.moderators.add(Person.objects.get())
    past.save()

    client.get("/seminars/desks/")

    with CaptureQueriesContext(connection) as asked:
        shown = plain(client.get("/seminars/desks/"))

    assert len(asked) == 16
    assert shown.index(f"{HERE}desk/") < shown.index("/seminars/2023/3/desk/")
    assert "Of others" not in shown


def test_desk_of_others_says_where_the_own_are(client, seminar):
    client.force_login(Person.objects.create_user("li@award.example", name="Li"))

    answer = client.get(DESK)

    assert answer.status_code == 403
    assert "This page is not open to you" in answer.content.decode()


def test_desks_ask_for_sign_in(client):
    answer = client.get("/seminars/desks/")

    assert answer.headers["Location"] == "/accounts/login/?next=/seminars/desks/"


def test_deed_that_is_sent_again_is_done_once_and_blamed_on_nobody(client, moderator, seminar):
    question = ask(seminar)
    typed = {"deed": "edit", "question": question.pk, "version": 0, "text": "Who pays for it?"}

    answers = [client.post(DEED, typed, headers=JSON) for _ in range(2)]
    other = client.post(DEED, {**typed, "text": "Who pays?"}, headers=JSON)

    assert [answer.json() for answer in answers] == [{"sentence": ""}, {"sentence": ""}]
    assert other.status_code == 409
    assert (Question.objects.get().text, Question.objects.get().version) == ("Who pays for it?", 1)


def test_note_that_is_sent_again_is_one_note_and_a_refused_one_may_be_repeated(
    client, moderator, seminar, contact
):
    note = {"contact": contact.pk, "text": "You are next."}
    assert client.post(f"{HERE}desk/note/", {**note, "text": " "}).status_code == 400
    assert client.post(f"{HERE}desk/note/", {**note, "text": " "}).status_code == 400

    client.post(f"{HERE}desk/note/", note)
    client.post(f"{HERE}desk/note/", note)

    assert [each.text for each in contact.notes.all()] == ["You are next."]


def test_question_goes_before_the_speaker_as_often_as_a_moderator_wishes(
    client, moderator, seminar
):
    question = show(ask(seminar))
    form = {"question": question.pk, "version": 1}

    for deed in ("screen", "screen", "clear", "screen"):
        assert client.post(DEED, {"deed": deed, **form}, headers=JSON).status_code == 200

    assert Room.objects.get().on_screen == question
    assert seminar.messages.filter(kind="screen").count() == 3


@pytest.mark.parametrize(
    ("count", "label", "short"),
    [
        (2, "Came again after a break", "Came again after a break"),
        (4, "Came again after a break", "Came again after…"),
        (12, "Mozambique", "Moza…"),
        (12, date(2023, 11, 6), "11-06"),
    ],
)
def test_words_under_bars_do_not_touch_the_next(count, label, short):
    [first, *_others] = rules.bars([(label, 1)] * count)

    assert (first.label, first.short) == (str(label), short)
