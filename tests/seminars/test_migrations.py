"""Answers became rows of their own, in the tables and in what rooms were told, and can go back."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from laurels.seminars.models import Answer, Question, RoomMessage
from tests.factories.rooms import LIVE, answer, ask, invite, make_room, show

BEFORE = "0007_answer"


def migrate(*names):
    executor = MigrationExecutor(connection)
    executor.migrate(names or executor.loader.graph.leaf_nodes("seminars"))


@pytest.mark.django_db(transaction=True)
def test_answers_become_columns_and_columns_answers_again():
    seminar = make_room("Cape Town", "Kazan")
    cape_town, kazan = invite(seminar, "Cape Town"), invite(seminar, "Kazan")
    question = show(ask(seminar))
    answer(kazan, question, "Да.", "ru")
    answer(cape_town, question, "Yes.")

    migrate(("seminars", BEFORE))
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "select answer, answer_language, answer_written_at, answered_at, initiative_id"
                " from seminars_question"
            )
            rows = cursor.fetchall()
            cursor.execute("select body from seminars_roommessage order by number desc limit 1")
            told = json.loads(cursor.fetchone()[0])
    finally:
        migrate()

    assert rows == [("Да.", "ru", LIVE, None, kazan.initiative_id)]
    assert (told["answer"], told["language"], told["city"]) == ("Да.", "ru", kazan.initiative_id)
    [kept] = Answer.objects.all()
    assert (kept.text, kept.initiative_id, kept.written_at) == ("Да.", kazan.initiative_id, LIVE)
    stored = Question.objects.get()
    assert (stored.state, stored.answered_at, stored.is_answered_live) == ("answered", LIVE, False)
    again = json.loads(RoomMessage.objects.order_by("number").last().body)
    assert again["answers"] == [
        {
            "city": kazan.initiative_id,
            "name": "Kazan",
            "language": "ru",
            "text": "Да.",
            "is_whole": True,
        }
    ]
