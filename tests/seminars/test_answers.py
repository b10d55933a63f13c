"""Every question is answered by each city that it was asked of, for good."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from laurels.accounts.models import Person
from laurels.foundation.models import Mail
from laurels.seminars import actions, rules
from laurels.seminars.forms.moderating import AnswerForm
from laurels.seminars.models import Answer, CityContact, Question, Room, RoomMessage
from laurels.seminars.receivers import keep_house
from laurels.seminars.refusals import AnsweredMeanwhile, QuestionIsNotShown
from tests.factories.rooms import LIVE, answer, ask, invite, make_moderator, make_room, show
from tests.html import plain

pytestmark = pytest.mark.django_db
HERE = "/seminars/2023/1/"
JSON = {"Accept": "application/json"}
CITIES = ("Cape Town", "Kazan", "Hebron")


@pytest.fixture
def seminar(settings):
    settings.DEMO_CLOCKS = {"edition-2023": LIVE}
    return make_room(*CITIES)


@pytest.fixture
def cape_town(seminar):
    return invite(seminar, "Cape Town")


@pytest.fixture
def kazan(seminar):
    return invite(seminar, "Kazan", "ru")


def page_of(client, contact):
    return plain(client.get(contact.initiative.get_url()))


def open_to(contact):
    asked = Question.objects.for_the_city(contact.seminar, contact.initiative_id)
    return [each.text for each in asked.unanswered_by(contact.initiative_id)]


def newest_told(seminar):
    return json.loads(RoomMessage.objects.filter(seminar=seminar).order_by("number").last().body)


def test_question_to_all_is_answered_by_each_city_on_its_own_page(
    client, seminar, cape_town, kazan
):
    question = show(ask(seminar, "Who pays?"))

    answer(cape_town, question, "The city.")
    answer(kazan, question, "Республика.", "ru")

    question.refresh_from_db()
    assert (question.state, question.initiative) == ("answered", None)
    here, there = page_of(client, cape_town), page_of(client, kazan)
    assert "Asked of all cities." in here
    assert "<p>The city.</p>" in here
    assert "Республика." not in here
    address = f"{kazan.initiative.get_url()}#question-{question.pk}"
    assert f'href="{address}"><bdi>Kazan</bdi></a>' in here
    assert "<p>Республика.</p>" in there
    assert "The city has not answered yet." in page_of(client, invite(seminar, "Hebron"))


def test_room_shows_and_is_told_all_answers_with_their_cities(client, seminar, cape_town, kazan):
    question = show(ask(seminar, "Who pays?"))
    answer(cape_town, question, "word " * 300)
    answer(kazan, question, "Республика.", "ru")

    page = plain(client.get(f"{HERE}room/?order=answered"))
    first, second = newest_told(seminar)["answers"]

    assert 'lang="ru" dir="auto">Республика.</p>' in page
    assert f"{' '.join(['word'] * 120)}…" in page
    assert (first["name"], first["is_whole"]) == ("Cape Town", False)
    assert len(first["text"]) <= rules.LONGEST_EXCERPT + 1
    assert second == {
        "city": kazan.initiative_id,
        "name": "Kazan",
        "language": "ru",
        "text": "Республика.",
        "is_whole": True,
    }


def test_city_is_reminded_of_what_it_has_not_answered_itself(seminar, cape_town, kazan):
    to_all = show(ask(seminar, "To all"))
    show(ask(seminar, "To Kazan", initiative=kazan.initiative))
    answered_live = show(ask(seminar, "Said already"))
    actions.answer_question(
        seminar=seminar,
        question_id=answered_live.pk,
        version=answered_live.version,
        person_name="Mo",
        now=LIVE,
        award_now=LIVE,
    )

    answer(cape_town, to_all, "Ours.")

    assert open_to(cape_town) == []
    assert open_to(kazan) == ["To all", "To Kazan"]


def test_letters_name_the_hour_until_which_answers_are_asked_for(seminar, kazan):
    show(ask(seminar))
    until = "20 November 2023, 22:00 in Guangzhou (20 November 2023, 14:00 UTC)"
    seminar.interpretation = []
    contact = CityContact.objects.get(pk=kazan.pk)
    contact.language = "en"
    contact.save()
    Mail.objects.all().delete()

    invite(seminar, "Cape Town")
    for at in (seminar.ends_at, rules.reminder_due_at(seminar)):
        actions.ask_for_answers(seminar=seminar, now=LIVE, award_now=at)

    texts = [mail.text for mail in Mail.objects.filter(address__contains="kazan")]
    assert len(texts) == 2
    assert all(until in text for text in texts)
    assert until in Mail.objects.filter(address__contains="cape-town").first().text


def test_second_of_two_colleagues_sees_what_the_first_published(client, seminar, kazan):
    question = show(ask(seminar))
    answer(kazan, question, "Первый.", "ru")
    address = f"/seminars/city/{kazan.token}/"
    typed = {"question": question.pk, "answer": "Второй.", "language": "ru", "seen": 0}

    told = client.post(address, typed, headers=JSON)
    page = plain(client.post(address, typed))

    assert told.status_code == 409
    assert "a colleague published another answer" in told.json()["sentence"]
    assert "Второй.</textarea>" in page
    assert 'lang="ru" dir="auto">Первый.</p>' in page
    assert Answer.objects.get().text == "Первый."
    saved = client.post(address, {**typed, "seen": 1}, headers=JSON)
    assert saved.json() == {"address": f"{address}?saved=1#main"}
    assert (Answer.objects.get().text, Answer.objects.get().version) == ("Второй.", 2)


def test_same_answer_sent_twice_is_one(seminar, kazan):
    question = show(ask(seminar))
    first = answer(kazan, question, "Мы.", "ru")

    assert answer(kazan, question, "Мы.", "ru") == first
    assert RoomMessage.objects.filter(seminar=seminar).count() == 2
    with pytest.raises(AnsweredMeanwhile):
        answer(kazan, question, "Они.", "ru", seen_version=7)


def test_answer_after_the_two_weeks_is_taken_and_the_page_says_so(client, settings, seminar, kazan):
    question = show(ask(seminar, initiative=kazan.initiative))
    settings.DEMO_CLOCKS = {"edition-2023": rules.answers_due_at(seminar) + timedelta(days=400)}
    address = f"/seminars/city/{kazan.token}/"

    before = plain(client.get(address))
    typed = {"question": question.pk, "answer": "Наконец.", "language": "Russian", "seen": 0}
    sent = client.post(address, typed)

    assert "The two weeks for answers are over:" in before
    assert "Later answers are taken too" in before
    assert sent.status_code == 302
    assert "<p>Наконец.</p>" in page_of(client, kazan)


def test_page_of_an_initiative_has_a_lasting_place_for_each_question(client, seminar, kazan):
    question = show(ask(seminar, "من يدفع؟", initiative=kazan.initiative, language="ar"))
    actions.answer_question(
        seminar=seminar,
        question_id=question.pk,
        version=question.version,
        person_name="Mo",
        now=LIVE,
        award_now=LIVE,
    )
    type(seminar).objects.filter(pk=seminar.pk).update(recording_url="https://youtu.be/abc")

    page = page_of(client, kazan)

    assert '<h3 lang="ar" dir="auto">من يدفع؟</h3>' in page
    assert f'href="#question-{question.pk}"' in page
    assert 'href="https://youtu.be/abc?t=1200s"' in page
    assert "A guest" in page
    assert "The city has not answered yet." not in page


def test_page_asks_as_much_of_the_database_for_three_questions_as_for_one(
    client, seminar, cape_town, kazan
):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            page_of(client, kazan)
        return len(caught)

    def answered(text):
        question = show(ask(seminar, text))
        answer(kazan, question, "Да.", "ru")
        answer(cape_town, question, "Yes.")

    answered("first")
    queries()
    for_one = queries()
    answered("second")
    answered("third")

    assert queries() == for_one


def test_presentation_that_is_taken_out_loses_nothing_of_its_city(client, seminar, kazan):
    named = show(ask(seminar, "To Kazan", initiative=kazan.initiative))
    to_all = show(ask(seminar, "To all, answered"))
    show(ask(seminar, "To all, open"))
    answer(kazan, to_all, "Да.", "ru")

    seminar.presentations.get(initiative=kazan.initiative).delete()

    page = page_of(client, kazan)
    assert ("To Kazan" in page, "To all, answered" in page) == (True, True)
    assert "To all, open" not in page
    assert open_to(kazan) == ["To Kazan"]
    answer(kazan, named, "Мы.", "ru")
    client.force_login(make_moderator(seminar))
    desk = plain(client.get(f"{HERE}desk/"))
    assert "This city left the programme." in desk
    assert "It left the programme." in desk
    assert "To Kazan." in plain(client.get(f"{HERE}room/?order=answered"))


def test_cities_of_a_cancelled_seminar_are_still_asked(client, settings, seminar, kazan):
    show(ask(seminar, "To Kazan", initiative=kazan.initiative))
    type(seminar).objects.filter(pk=seminar.pk).update(cancelled_at=LIVE)
    seminar.refresh_from_db()
    contact = CityContact.objects.get()
    contact.language = "en"
    contact.save()
    Mail.objects.all().delete()

    settings.DEMO_CLOCKS = {"edition-2023": seminar.ends_at}
    keep_house(now=LIVE)

    assert "was cancelled, but people still wait to hear from Kazan" in Mail.objects.get().text
    assert "(cancelled)" in page_of(client, kazan)
    assert "Its questions stay" in plain(client.get(f"/seminars/city/{kazan.token}/"))
    client.force_login(make_moderator(seminar))
    desk = plain(client.get(f"{HERE}desk/"))
    assert "which are still asked to answer in writing" in desk
    assert "<b>1 question waits for its answer.</b> Asked by letter." in desk
    assert "No question waits for its answer. It has no private link yet." in desk


def test_questions_come_along_when_a_seminar_is_moved(client, seminar, kazan):
    show(ask(seminar, "To Kazan", initiative=kazan.initiative))
    moved = {"starts_at": seminar.starts_at + timedelta(days=2), "moved_at": LIVE}
    moved |= {"ends_at": seminar.ends_at + timedelta(days=2), "first_starts_at": seminar.starts_at}
    type(seminar).objects.filter(pk=seminar.pk).update(**moved)
    seminar.refresh_from_db()
    client.force_login(make_moderator(seminar))

    desk = plain(client.get(f"{HERE}desk/"))

    assert "All questions came along." in desk
    assert "22 November 2023, 22:00" in plain(client.get(f"/seminars/city/{kazan.token}/"))
    assert "To Kazan" in page_of(client, kazan)


def test_merged_question_hands_on_its_answers(seminar, cape_town, kazan):
    main, duplicate = show(ask(seminar, "Who pays?")), show(ask(seminar, "who is paying"))
    answer(cape_town, main, "Ours stays.")
    answer(cape_town, duplicate, "Not twice.")
    answer(kazan, duplicate, "Да.", "ru")
    duplicate.refresh_from_db()

    actions.merge_questions(
        seminar=seminar,
        question_id=duplicate.pk,
        version=duplicate.version,
        into_id=main.pk,
        person_name="Mo",
        now=LIVE,
    )

    assert [each.text for each in main.answers.all()] == ["Ours stays.", "Да."]
    assert duplicate.answers.count() == 2
    assert [each["name"] for each in newest_told(seminar)["answers"]] == ["Cape Town", "Kazan"]


@pytest.mark.parametrize(("pending", "state"), [(False, "answered"), (True, "pending")])
def test_merged_answer_makes_answered_what_a_moderator_has_read(seminar, kazan, pending, state):
    main, duplicate = ask(seminar, "Who pays?"), show(ask(seminar, "who is paying"))
    main = main if pending else show(main)
    answer(kazan, duplicate, "Да.", "ru")
    duplicate.refresh_from_db()

    merged = actions.merge_questions(
        seminar=seminar,
        question_id=duplicate.pk,
        version=duplicate.version,
        into_id=main.pk,
        person_name="Mo",
        now=LIVE,
    )

    assert (merged.state, merged.answered_at) == (state, LIVE)


def test_live_answer_that_is_taken_back_leaves_no_minute(seminar):
    question = show(ask(seminar))
    words = {"seminar": seminar, "question_id": question.pk, "person_name": "Mo", "now": LIVE}
    answered = actions.answer_question(version=question.version, award_now=LIVE, **words)
    back = actions.show_question(version=answered.version, **words)

    assert (answered.is_answered_live, answered.answered_second) == (True, 1200)
    assert (back.state, back.is_answered_live) == ("live", False)
    assert (back.answered_at, back.answered_second) == (None, None)


def test_answer_in_writing_takes_its_question_off_the_screen(seminar, kazan):
    question = show(ask(seminar))
    actions.put_on_screen(
        seminar=seminar,
        question_id=question.pk,
        version=question.version,
        person_name="Mo",
        now=LIVE,
    )

    answer(kazan, question, "Да.", "ru")

    assert Room.objects.get().on_screen is None


def test_hidden_question_takes_no_answer(seminar, kazan):
    question = ask(seminar)

    with pytest.raises(QuestionIsNotShown):
        answer(kazan, question, "Да.", "ru")
    assert not Answer.objects.exists()


def test_export_has_a_row_an_answer(client, seminar, cape_town, kazan):
    question = show(ask(seminar, "Who pays?"))
    answer(cape_town, question, "The city.")
    answer(kazan, question, "=Да.", "ru")
    client.force_login(make_moderator(seminar))

    def get(kind, form):
        return client.get(f"{HERE}export/?kind={kind}&format={form}").content

    [asked] = json.loads(get("questions", "json"))
    rows = list(csv.DictReader(io.StringIO(get("answers", "csv").decode("utf-8-sig"))))

    assert asked["answered_in_writing_by"] == "Cape Town; Kazan"
    told = [(row["question_id"], row["asked_of"], row["city"], row["answer"]) for row in rows]
    assert told == [
        (str(question.pk), "all", "Cape Town", "The city."),
        (str(question.pk), "all", "Kazan", "'=Да."),
    ]


def test_initiative_that_was_asked_something_is_not_deleted(client, seminar, kazan):
    show(ask(seminar, initiative=kazan.initiative))
    client.force_login(Person.objects.create_superuser("lead@award.example"))

    sent = client.post(reverse("wagtailadmin_pages:delete", args=[kazan.initiative_id]))

    said = [str(message) for message in get_messages(sent.wsgi_request)]
    assert said == [
        "Not deleted: 1 question of a seminar stands on this page for good. Unpublish it instead."
    ]
    with pytest.raises(ProtectedError):
        kazan.initiative.delete()


@pytest.mark.parametrize(
    "wrong",
    [{"text": ""}, {"language": ""}, {"changed_at": LIVE - timedelta(days=1)}],
)
def test_database_holds_no_answer_that_says_nothing(seminar, kazan, wrong):
    question = show(ask(seminar))
    right = {"text": "Да.", "language": "ru", "written_at": LIVE, "initiative": kazan.initiative}

    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(question=question, **{**right, **wrong})


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ru", "ru"),
        ("Русский", "ru"),
        ("russian", "ru"),
        ("العربيّة", "ar"),
        ("zu", "zu"),
        ("ZH-HANS", "zh-hans"),
        ("Klingon!", None),
        ("", None),
    ],
)
def test_language_is_said_by_name_or_code(typed, code):
    form = AnswerForm({"question": 1, "answer": "x", "language": typed, "seen": 0})

    assert (form.cleaned_data["language"] if form.is_valid() else None) == code


@pytest.mark.parametrize(
    ("text", "page_language", "language"),
    [
        ("Who pays?", "en", "en"),
        ("من يدفع؟", "en", ""),
        ("من يدفع؟", "ar", "ar"),
        ("谁付钱?", "zh-hans", "zh-hans"),
        ("Кто платит?", "ru", "ru"),
        ("🌳 12?", "en", ""),
    ],
)
def test_language_of_a_question_is_told_where_its_letters_allow_it(text, page_language, language):
    assert rules.text_language(text, page_language) == language


def test_excerpt_ends_with_a_word_where_there_are_words():
    assert rules.excerpt("short") == "short"
    assert rules.excerpt(f"{'ab ' * 300}") == f"{' '.join(['ab'] * 200)}…"
    assert rules.excerpt("字" * 700) == f"{'字' * 600}…"
