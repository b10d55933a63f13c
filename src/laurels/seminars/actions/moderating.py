"""What moderators do with questions. Each is told the version that its person saw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from laurels.foundation import audit
from laurels.seminars import rules
from laurels.seminars.actions.telling import clear_screen_of, lock_room, tell, told_of
from laurels.seminars.enums import MessageKind, QuestionState
from laurels.seminars.models import Answer, Block, Question, Vote
from laurels.seminars.queries.question import SHOWN
from laurels.seminars.refusals import ChangedMeanwhile, StepIsNotPossible

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from laurels.seminars.models import Room, Seminar


@transaction.atomic
def show_question(
    *, seminar: Seminar, question_id: int, version: int, person_name: str, now: datetime
) -> Question:
    """Show a pending question; or take back that one was answered live."""
    room, question = _take(seminar, question_id, version)
    if question.state == QuestionState.ANSWERED:
        question.answered_at, question.answered_second = None, None
        question.is_answered_live = False
    return _move(room, question, QuestionState.LIVE, person_name=person_name, now=now)


@transaction.atomic
def take_down_question(
    *, seminar: Seminar, question_id: int, version: int, person_name: str, now: datetime
) -> Question:
    """Put a question back among the pending, from the live or the hidden ones."""
    room, question = _take(seminar, question_id, version)
    duplicate_of = question.merged_into
    question.reason, question.merged_into = "", None
    moved = _move(room, question, QuestionState.PENDING, person_name=person_name, now=now)
    if duplicate_of is not None:
        _recount(moved)
    return moved


@transaction.atomic
def hide_question(
    *,
    seminar: Seminar,
    question_id: int,
    version: int,
    reason: str,
    person_name: str,
    now: datetime,
) -> Question:
    """Reject a question for a reason of the published list."""
    room, question = _take(seminar, question_id, version)
    question.reason = reason
    return _move(room, question, QuestionState.HIDDEN, person_name=person_name, now=now)


@transaction.atomic
def answer_question(
    *,
    seminar: Seminar,
    question_id: int,
    version: int,
    person_name: str,
    now: datetime,
    award_now: datetime,
) -> Question:
    """Note that a question was answered live, and in which second since the start."""
    room, question = _take(seminar, question_id, version)
    question.answered_at, question.is_answered_live = award_now, True
    seconds = int((award_now - seminar.starts_at).total_seconds())
    is_in_it = 0 <= seconds <= (seminar.ends_at - seminar.starts_at).total_seconds() + 7200
    question.answered_second = seconds if is_in_it else None
    return _move(room, question, QuestionState.ANSWERED, person_name=person_name, now=now)


@transaction.atomic
def put_on_screen(
    *, seminar: Seminar, question_id: int, version: int, person_name: str, now: datetime
) -> Question:
    """Bring a live question before the speaker, in place of the one before."""
    room, question = _take(seminar, question_id, version)
    if question.state != QuestionState.LIVE:
        raise StepIsNotPossible
    if room.on_screen_id == question.pk:
        return question
    room.on_screen = question
    room.save(update_fields=["on_screen"])
    tell(room, MessageKind.SCREEN, {"question": told_of(question)})
    _record(question, "bring question before the speaker", person_name, now=now)
    return question


@transaction.atomic
def clear_screen(*, seminar: Seminar, person_name: str, now: datetime) -> None:
    room = lock_room(seminar)
    if room.on_screen_id is not None:
        audit.record(
            person_name=person_name, deed="clear the screen", about=_about(seminar), now=now
        )
    clear_screen_of(room)


@transaction.atomic
def edit_question(
    *,
    seminar: Seminar,
    question_id: int,
    version: int,
    text: str,
    person_name: str,
    now: datetime,
) -> Question:
    """Edit the language of a question; what was asked first is kept and shown beside it."""
    room, question = _take(seminar, question_id, version)
    if question.state == QuestionState.HIDDEN:
        raise StepIsNotPossible
    question.original_text = question.original_text or question.text
    question.text = text
    if question.text == question.original_text:
        question.original_text = ""
    _save(question, person_name)
    _tell_of(room, question)
    if room.on_screen_id == question.pk:
        tell(room, MessageKind.SCREEN, {"question": told_of(question)})
    _record(question, "edit question", person_name, now=now)
    return question


@transaction.atomic
def merge_questions(
    *,
    seminar: Seminar,
    question_id: int,
    version: int,
    into_id: int,
    person_name: str,
    now: datetime,
) -> Question:
    """Merge a duplicate into another question; return that one. A person counts once in it.

    What was answered to the duplicate is answered to the other, unless it has an answer already.
    """
    room = lock_room(seminar)
    found = _lock(seminar, [question_id, into_id])
    duplicate, main = found.get(question_id), found.get(into_id)
    if duplicate is None or main is None or duplicate == main:
        raise StepIsNotPossible
    _refuse_old(duplicate, version)
    if QuestionState.HIDDEN in {duplicate.state, main.state}:
        raise StepIsNotPossible
    # What was merged into the duplicate before follows it.
    Question.objects.filter(merged_into=duplicate).update(merged_into=main)
    voters = {bytes(vote.voter) for vote in Vote.objects.filter(question=duplicate)}
    Vote.objects.bulk_create(
        [Vote(question=main, voter=voter) for voter in sorted(voters)], ignore_conflicts=True
    )
    _recount(main)
    _take_answers(duplicate, main)
    was_shown = duplicate.state in SHOWN
    duplicate.state, duplicate.merged_into = QuestionState.HIDDEN, main
    _save(duplicate, person_name)
    _save(main, person_name)
    if was_shown:
        _tell_gone(room, duplicate)
    _tell_of(room, main)
    _record(duplicate, "merge question", person_name, now=now, into=main.pk)
    return main


@transaction.atomic
def block_asker(
    *, seminar: Seminar, question_id: int, version: int, person_name: str, now: datetime
) -> Question:
    """Take no more questions from this person, nor from its network while that is known."""
    _room, question = _take(seminar, question_id, version)
    keys = [bytes(key) for key in (question.asker, question.network) if key]
    Block.objects.bulk_create(
        [Block(seminar=seminar, key=key, made_at=now) for key in keys], ignore_conflicts=True
    )
    _record(question, "block asker", person_name, now=now)
    return question


def _take_answers(duplicate: Question, main: Question) -> None:
    written = Answer.objects.filter(question=duplicate).order_by("written_at", "pk")
    copies = [
        Answer(
            question=main,
            initiative_id=each.initiative_id,
            text=each.text,
            language=each.language,
            written_at=each.written_at,
            changed_at=each.changed_at,
        )
        for each in written
    ]
    Answer.objects.bulk_create(copies, ignore_conflicts=True)
    if duplicate.answered_at is None or main.answered_at is not None:
        return
    main.answered_at = duplicate.answered_at
    main.is_answered_live = duplicate.is_answered_live
    main.answered_second = duplicate.answered_second
    # Nobody has read a pending one yet: it comes with its answers when it is approved.
    if main.state == QuestionState.LIVE:
        main.state = QuestionState.ANSWERED


def _take(seminar: Seminar, question_id: int, version: int) -> tuple[Room, Question]:
    """Lock room and question. Raise StepIsNotPossible or ChangedMeanwhile."""
    room = lock_room(seminar)
    question = _lock(seminar, [question_id]).get(question_id)
    if question is None:
        raise StepIsNotPossible
    _refuse_old(question, version)
    return room, question


def _lock(seminar: Seminar, ids: Iterable[int]) -> dict[int, Question]:
    wanted = Question.objects.of(seminar).filter(pk__in=list(ids)).order_by("pk")
    return {found.pk: found for found in wanted.select_for_update(no_key=True)}


def _refuse_old(question: Question, version: int) -> None:
    if question.version != version:
        raise ChangedMeanwhile(by=question.changed_by, state=question.get_state_display())


def _move(
    room: Room, question: Question, state: QuestionState, *, person_name: str, now: datetime
) -> Question:
    if not rules.may_become(question.state, state):
        raise StepIsNotPossible
    was_shown, before = question.state in SHOWN, question.state
    question.state = state
    _save(question, person_name)
    if state in SHOWN:
        _tell_of(room, question)
    elif was_shown:
        _tell_gone(room, question)
    if state != QuestionState.LIVE and room.on_screen_id == question.pk:
        clear_screen_of(room)
    _record(question, f"question: {before} to {state}", person_name, now=now)
    return question


def _save(question: Question, person_name: str) -> None:
    question.version += 1
    question.changed_by = person_name
    # Not the count: votes go on beside a moderator's deed and are written by themselves.
    question.save(
        update_fields=[
            "state",
            "reason",
            "merged_into",
            "text",
            "original_text",
            "answered_at",
            "is_answered_live",
            "answered_second",
            "version",
            "changed_by",
        ]
    )


def _recount(question: Question) -> None:
    question.vote_count = question.votes.count()
    question.save(update_fields=["vote_count"])


def _tell_of(room: Room, question: Question) -> None:
    if question.state in SHOWN:
        tell(room, MessageKind.QUESTION, told_of(question))


def _tell_gone(room: Room, question: Question) -> None:
    tell(room, MessageKind.GONE, {"id": question.pk})
    if room.on_screen_id == question.pk:
        clear_screen_of(room)


def _record(
    question: Question, deed: str, person_name: str, *, now: datetime, **detail: object
) -> None:
    about = f"{_about(question.seminar)}, question {question.pk}"
    audit.record(person_name=person_name, deed=deed, about=about, now=now, detail=dict(detail))


def _about(seminar: Seminar) -> str:
    return f"seminar {seminar.edition.year}/{seminar.number}"
