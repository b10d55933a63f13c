"""The cities in a seminar: their private link, notes with the moderators, answers in writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from laurels.design.instants import as_text
from laurels.foundation import audit, outbox
from laurels.foundation.models import Mail
from laurels.seminars import rules
from laurels.seminars.actions.telling import clear_screen_of, lock_room, tell, told_of
from laurels.seminars.enums import MessageKind, QuestionState
from laurels.seminars.models import Answer, CityContact, CityNote, Question
from laurels.seminars.refusals import AnsweredMeanwhile, QuestionIsNotShown

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.library.models import InitiativePage
    from laurels.seminars.models import Seminar


@transaction.atomic
def invite_city(
    *,
    seminar: Seminar,
    initiative: InitiativePage,
    address: str,
    language: str,
    person_name: str,
    now: datetime,
) -> CityContact:
    """Send a city its private link; to another address or again, it is the same link."""
    contact, _is_new = CityContact.objects.update_or_create(
        seminar=seminar,
        initiative=initiative,
        defaults={"address": address, "language": language},
    )
    _post(contact, "invitation", now=now)
    audit.record(
        person_name=person_name,
        deed="invite city",
        about=f"seminar {seminar.edition.year}/{seminar.number}",
        now=now,
        detail={"initiative": initiative.slug},
    )
    return contact


@transaction.atomic
def write_note(
    *, contact: CityContact, text: str, author: str, is_from_city: bool, now: datetime
) -> CityNote:
    """Write between moderators and one city. The same note again at once is sent once."""
    newest = contact.notes.last()
    if newest and (newest.text, newest.is_from_city) == (text, is_from_city):
        return newest
    return CityNote.objects.create(
        contact=contact, text=text, author=author, is_from_city=is_from_city, written_at=now
    )


@transaction.atomic
def write_answer(
    *,
    contact: CityContact,
    question_id: int,
    text: str,
    language: str,
    seen_version: int,
    award_now: datetime,
) -> Answer:
    """Publish a city's answer in writing, or a better one; the room and its page show it.

    It is taken however late it comes. Raise QuestionIsNotShown where the question is not the
    city's or not shown any more, AnsweredMeanwhile where a colleague published another answer
    than the one that was seen (`seen_version`, 0 for none). Twice the same changes nothing.
    """
    room = lock_room(contact.seminar)
    asked = Question.objects.for_the_city(contact.seminar, contact.initiative_id)
    question = asked.select_for_update(no_key=True).filter(pk=question_id).first()
    if question is None:
        raise QuestionIsNotShown
    answer = question.answers.filter(initiative=contact.initiative_id).first()
    if answer is not None and (answer.text, answer.language) == (text, language):
        return answer
    if seen_version != (answer.version if answer else 0):
        raise AnsweredMeanwhile
    if answer is None:
        answer = Answer(question=question, initiative=contact.initiative, written_at=award_now)
    else:
        answer.version += 1
        # A demo's clock may have been set back.
        answer.changed_at = max(award_now, answer.written_at)
    answer.text, answer.language = text, language
    answer.save()
    _note_answered(question, award_now)
    if room.on_screen_id == question.pk:
        clear_screen_of(room)
    tell(room, MessageKind.QUESTION, told_of(question))
    return answer


def ask_for_answers(*, seminar: Seminar, now: datetime, award_now: datetime) -> int:
    """After a seminar, ask its cities to answer in writing, and remind them once; say how many."""
    if award_now < seminar.ends_at or award_now >= rules.answers_due_at(seminar):
        return 0
    contacts = CityContact.objects.filter(seminar=seminar).values_list("pk", flat=True)
    return sum(_ask(pk, now=now, award_now=award_now) for pk in contacts)


@transaction.atomic
def forget_addresses(*, seminar: Seminar, award_now: datetime) -> int:
    """Empty the addresses of a seminar's cities once nothing is written to them any more."""
    if award_now < seminar.ends_at + rules.CITY_ADDRESSES_KEPT:
        return 0
    return CityContact.objects.filter(seminar=seminar).exclude(address="").update(address="")


@transaction.atomic
def _ask(contact_id: int, *, now: datetime, award_now: datetime) -> bool:
    # Who finds the row locked leaves it to the other worker: each letter is written once.
    locked = CityContact.objects.select_for_update(skip_locked=True, of=["self"])
    contact = (
        locked.select_related("seminar__edition", "initiative__city").filter(pk=contact_id).first()
    )
    if contact is None or not _open_questions(contact):
        return False
    if contact.asked_at is None:
        contact.asked_at = now
        kind = "questions"
    elif contact.reminded_at is None and award_now >= rules.reminder_due_at(contact.seminar):
        contact.reminded_at = now
        kind = "reminder"
    else:
        return False
    contact.save(update_fields=["asked_at", "reminded_at"])
    _post(contact, kind, now=now)
    return True


def _note_answered(question: Question, award_now: datetime) -> None:
    """A question is answered with its first answer; those of further cities are added to it."""
    question.answered_at = question.answered_at or award_now
    question.state = QuestionState.ANSWERED
    question.version += 1
    question.changed_by = _("the city")
    question.save(update_fields=["answered_at", "state", "version", "changed_by"])


def _open_questions(contact: CityContact) -> int:
    asked = Question.objects.for_the_city(contact.seminar, contact.initiative_id)
    return asked.unanswered_by(contact.initiative_id).count()


def _post(contact: CityContact, kind: str, *, now: datetime) -> None:
    seminar = contact.seminar
    with translation.override(contact.language):
        context = {
            "seminar": seminar,
            "city": contact.initiative.city.name,
            "count": _open_questions(contact),
            "due_at": as_text(rules.answers_due_at(seminar), seminar.timezone),
            "address": settings.SITE_URL + reverse("seminars:city", args=[contact.token]),
        }
        text = render_to_string(f"seminars/mail/city-{kind}.txt", context)
    subject, _line, body = text.partition("\n")
    outbox.post(Mail(address=contact.address, subject=subject, text=body.lstrip("\n")), now=now)
