"""Telling a room what changed: written in the transaction of the change, in order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import connection

from laurels.seminars import rules
from laurels.seminars.enums import MessageKind
from laurels.seminars.models import Room, RoomMessage

if TYPE_CHECKING:
    from laurels.seminars.models import Answer, Question, Seminar

CHANNEL = "seminar_rooms"


def lock_room(seminar: Seminar) -> Room:
    """Return the room of a seminar, alone until the end of the transaction."""
    Room.objects.get_or_create(seminar=seminar)
    return Room.objects.select_for_update().get(seminar=seminar)


def tell(room: Room, kind: MessageKind, body: dict[str, Any]) -> None:
    """Tell all who watch the room; a room that is locked, so that numbers follow one another."""
    room.last_number += 1
    room.save(update_fields=["last_number"])
    RoomMessage.objects.create(
        seminar_id=room.seminar_id,
        number=room.last_number,
        kind=kind,
        body=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
    )
    notify("told", room.seminar_id)


def notify(what: str, seminar_id: int) -> None:
    """Wake the streams when this transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [CHANNEL, f"{what} {seminar_id}"])


def clear_screen_of(room: Room) -> None:
    """Take what stands before the speaker away; a room that is locked."""
    if room.on_screen_id is None:
        return
    room.on_screen = None
    room.save(update_fields=["on_screen"])
    tell(room, MessageKind.SCREEN, {"question": None})


def told_of(question: Question) -> dict[str, Any]:
    """Return what the public may know of a question that is shown; of long answers the beginning.

    Two thousand people get each message at once: the whole answer stands on the city's page.
    """
    answers = question.answers.select_related("initiative__city")
    return {
        "id": question.pk,
        "state": question.state,
        "text": question.text,
        "original": question.original_text,
        "name": question.name,
        "city": question.initiative_id,
        "votes": question.vote_count,
        "second": question.answered_second,
        "answers": [_told_of_answer(each) for each in answers],
    }


def _told_of_answer(answer: Answer) -> dict[str, Any]:
    text = rules.excerpt(answer.text)
    return {
        "city": answer.initiative_id,
        "name": answer.initiative.city.name,
        "language": answer.language,
        "text": text,
        "is_whole": text == answer.text,
    }
