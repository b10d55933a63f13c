from __future__ import annotations

import json
from datetime import timedelta

import pytest
from altcha.v1 import solve_challenge
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.seminars.models import Block, Question
from tests.factories.rooms import LIVE, ask, guest, make_room, show
from tests.html import plain

pytestmark = pytest.mark.django_db
ROOM, ASK, VOTE = (f"/seminars/2023/1/{path}" for path in ("room/", "room/ask/", "room/vote/"))
JSON = {"Accept": "application/json"}
ME = "m" * 43


@pytest.fixture
def seminar(settings):
    settings.DEMO_CLOCKS = {"edition-2023": LIVE}
    return make_room("Cape Town", "Kazan")


def test_room_works_by_forms_alone_from_asking_to_reading(client, seminar):
    answer = client.post(ASK, {"text": " Who\u200b pays? ", "city": "", "name": "Lars", "me": ME})

    assert answer.status_code == 302
    assert answer["Location"] == f"{ROOM}?me={ME}&sent=1#questions"
    assert "A moderator has yet to read it." in plain(client.get(f"{ROOM}?me={ME}"))
    question = Question.objects.get()
    assert (question.text, question.name, question.vote_count) == ("Who pays?", "Lars", 1)
    show(question)
    assert "Who pays?" in plain(client.get(ROOM))


def test_pending_and_hidden_questions_are_on_no_page_of_others(client, seminar):
    ask(seminar, "not yet read")

    assert "not yet read" not in plain(client.get(ROOM))
    assert "not yet read" not in plain(client.get("/seminars/2023/1/stage/"))


def test_too_long_a_question_comes_back_whole_with_a_sentence(client, seminar):
    typed = "x" * 4003

    answer = client.post(ASK, {"text": typed, "me": ME})

    assert answer.status_code == 400
    shown = plain(answer)
    assert "This is 3 characters too long: at most 4000 are taken." in shown
    assert typed in shown
    assert not Question.objects.exists()


@pytest.mark.parametrize("typed", ["", " \n ", "\u200b\u200d", "\x00\x1b"])
def test_question_of_nothing_is_refused(client, seminar, typed):
    assert client.post(ASK, {"text": typed, "me": ME}, headers=JSON).json() == {
        "sentence": "Write your question first."
    }


def test_fourth_question_a_minute_costs_a_proof_of_work_that_is_good_once(client, seminar):
    def send(text, **more):
        return client.post(ASK, {"text": text, "me": ME, **more}, headers=JSON)

    assert [send(f"question {n}").status_code for n in range(3)] == [201, 201, 201]
    refused = send("question 4")
    task = refused.json()["proof"]
    number = solve_challenge(task["challenge"], task["salt"], "SHA-256", task["maxnumber"]).number
    proof = _packed({**task, "number": number})

    assert refused.status_code == 429
    assert send("question 4", proof=proof).status_code == 201
    assert send("question 5", proof=proof).status_code == 429
    assert send("question 5", proof="nonsense").status_code == 429
    assert Question.objects.count() == 4


def test_without_a_script_the_fourth_question_waits_and_is_kept(client, seminar):
    for n in range(3):
        client.post(ASK, {"text": f"question {n}", "me": ME})

    answer = client.post(ASK, {"text": "question 4", "me": ME})

    assert answer.status_code == 429
    assert "Wait a minute and send it again" in plain(answer)
    assert "question 4" in plain(answer)


def test_blocked_person_is_told_so(client, seminar):
    client.post(ASK, {"text": "spam", "me": ME})
    key = bytes(Question.objects.get().asker)
    Block.objects.create(seminar=seminar, key=key, made_at=LIVE)

    answer = client.post(ASK, {"text": "more spam", "me": ME}, headers=JSON)

    assert answer.status_code == 403
    assert "take no more questions from you" in answer.json()["sentence"]


@pytest.mark.parametrize(
    ("now", "status"),
    [
        (LIVE - timedelta(days=5), 201),
        (LIVE, 201),
        (LIVE + timedelta(days=10), 201),
        (LIVE + timedelta(days=20), 409),
    ],
)
def test_questions_are_taken_before_during_and_after(client, seminar, settings, now, status):
    settings.DEMO_CLOCKS = {"edition-2023": now}

    assert client.post(ASK, {"text": "Who?", "me": ME}, headers=JSON).status_code == status


def test_up_vote_counts_once_a_person_and_can_be_taken_back(client, seminar):
    question = show(ask(seminar))

    def vote(me, value):
        return client.post(VOTE, {"question": value, "me": me}, headers=JSON).json()["votes"]

    counts = [vote(ME, question.pk), vote(ME, question.pk), vote("o" * 43, question.pk)]

    assert counts == [2, 2, 3]
    assert vote(ME, -question.pk) == 2


@pytest.mark.parametrize("value", ["", "x", "9" * 30, "-", "2"])
def test_vote_for_what_is_not_shown_is_refused(client, seminar, value):
    ask(seminar)

    assert client.post(VOTE, {"question": value, "me": ME}, headers=JSON).status_code in {403, 409}


def test_form_of_another_site_is_refused(client, seminar):
    elsewhere = {**JSON, "Sec-Fetch-Site": "cross-site"}

    assert client.post(ASK, {"text": "Who?", "me": ME}, headers=elsewhere).status_code == 403


def test_player_is_framed_from_the_platforms_own_origin_only(client, seminar, settings):
    live = client.get(ROOM)
    settings.DEMO_CLOCKS = {"edition-2023": LIVE - timedelta(days=1)}
    before = client.get(ROOM)
    asked_for = client.get(f"{ROOM}?play=1")

    assert "frame-src https://meet.example" in live["Content-Security-Policy"]
    assert '<iframe class="player" src="https://meet.example/embed/1"' in plain(live)
    assert "<iframe" not in plain(before)
    assert "frame-src" not in before["Content-Security-Policy"]
    assert "<iframe" in plain(asked_for)


def test_room_counts_what_was_not_shown_by_reason(client, seminar):
    from tests.seminars.test_moderating import hide

    hide(ask(seminar, "Buy my shoes"), "advertisement")
    hide(ask(seminar, "Buy my hats"), "advertisement")

    shown = plain(client.get(ROOM))

    assert "2 questions were not shown" in shown
    assert "2: It advertises." in shown
    assert "Buy my" not in shown


def test_room_asks_as_much_of_the_database_for_three_questions_as_for_one(client, seminar):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(f"{ROOM}?me={ME}").status_code == 200
        return len(caught)

    initiative = seminar.presentations.first().initiative
    show(ask(seminar, "first", initiative=initiative))
    queries()
    for_one = queries()
    show(ask(seminar, "second", initiative=initiative))
    show(ask(seminar, "third", initiative=initiative))

    assert queries() == for_one


def test_stage_shows_the_question_before_the_speaker(client, seminar):
    from laurels.seminars import actions

    question = show(ask(seminar, "Who pays for the care of the park?"))
    actions.put_on_screen(
        seminar=seminar, question_id=question.pk, version=1, person_name="Mo", now=LIVE
    )

    assert "Who pays for the care of the park?" in plain(client.get("/seminars/2023/1/stage/"))


def test_guests_are_told_apart_by_what_their_browser_keeps():
    assert guest("a") != guest("b")


def _packed(proof):
    from base64 import b64encode

    return b64encode(json.dumps(proof).encode()).decode()
