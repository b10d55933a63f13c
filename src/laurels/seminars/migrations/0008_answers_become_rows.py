"""What a city answered moves from its question into a row of its own, and so in what rooms are told.

The first answer made a question to all that city's, so each answer has its city.
"""

import json

from django.db import migrations
from django.db.models import F, Q

AT_ONCE = 500
# As `rules.LONGEST_EXCERPT` was then; what rooms are told of an answer is its beginning.
LONGEST = 600


def into_rows(apps, schema_editor):
    Question = apps.get_model("seminars", "Question")
    Answer = apps.get_model("seminars", "Answer")
    Question.objects.filter(answered_at__isnull=False).update(is_answered_live=True)
    answered = Question.objects.exclude(answer="").filter(initiative__isnull=False)
    Answer.objects.bulk_create(
        [
            Answer(
                question=each,
                initiative_id=each.initiative_id,
                text=each.answer,
                language=each.answer_language,
                written_at=each.answer_written_at,
            )
            for each in answered.iterator(AT_ONCE)
        ],
        batch_size=AT_ONCE,
    )
    Question.objects.filter(answered_at=None).update(answered_at=F("answer_written_at"))
    _rewrite(apps, _with_answers)


def into_columns(apps, schema_editor):
    """Give back the columns; of several answers the first stays, and makes the question its city's."""
    Question = apps.get_model("seminars", "Question")
    Answer = apps.get_model("seminars", "Answer")
    named = dict(Question.objects.values_list("pk", "initiative_id"))
    # The first comes last, and stays.
    for each in Answer.objects.order_by("-written_at", "-pk").iterator(AT_ONCE):
        question = Question.objects.get(pk=each.question_id)
        question.answer, question.answer_language = each.text, each.language
        question.answer_written_at = each.changed_at or each.written_at
        question.initiative_id = named[question.pk] or each.initiative_id
        question.save()
    Question.objects.filter(is_answered_live=False).update(answered_at=None)
    Answer.objects.all().delete()
    _rewrite(apps, _with_one)


def _rewrite(apps, change):
    Message = apps.get_model("seminars", "RoomMessage")
    City = apps.get_model("library", "InitiativePage")
    names = dict(City.objects.values_list("pk", "city__name"))
    changed = []
    for message in Message.objects.filter(Q(kind="question") | Q(kind="screen")).iterator(AT_ONCE):
        body = json.loads(message.body)
        question = body.get("question") if message.kind == "screen" else body
        if question is None:
            continue
        change(question, names)
        message.body = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        changed.append(message)
    Message.objects.bulk_update(changed, ["body"], batch_size=AT_ONCE)


def _with_answers(question, names):
    text, language = question.pop("answer", ""), question.pop("language", "")
    city = question["city"]
    question.setdefault("answers", [])
    if text and city:
        beginning = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
        question["answers"].append(
            {
                "city": city,
                "name": names.get(city, ""),
                "language": language,
                "text": beginning,
                "is_whole": beginning == text,
            }
        )


def _with_one(question, names):
    answers = question.pop("answers", [])
    first = answers[0] if answers else {"text": "", "language": "", "city": question["city"]}
    question["answer"], question["language"] = first["text"], first["language"]
    question["city"] = question["city"] or first["city"]


class Migration(migrations.Migration):

    dependencies = [
        ("seminars", "0007_answer"),
    ]

    operations = [migrations.RunPython(into_rows, into_columns)]
