"""Questions, and the people who ask and moderate them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from laurels.accounts.models import Person
from laurels.seminars import actions
from laurels.seminars.models import Answer, CityContact, Presentation, Question, Seminar
from tests.factories.editions import make_edition
from tests.factories.library import make_initiative
from tests.factories.seminars import STARTS_AT, make_seminar

LIVE = STARTS_AT + timedelta(minutes=20)


def guest(name: str = "guest") -> actions.Guest:
    """One person in a network of its own."""
    return actions.Guest(name.encode().ljust(32, b"."), name.encode().ljust(32, b"n"))


def make_room(*cities: str) -> Seminar:
    """A seminar of 2023 in which these cities present."""
    edition = make_edition(2023)
    seminar = make_seminar(edition, embed_url="https://meet.example/embed/1")
    for order, city in enumerate(cities, 1):
        initiative = make_initiative(edition, city)
        Presentation.objects.create(seminar=seminar, initiative=initiative, order=order)
    return seminar


def ask(seminar: Seminar, text: str = "Who pays?", by: str = "", **fields: Any) -> Question:
    asked = {"name": "", "initiative": None, "language": "en", **fields}
    return actions.ask_question(
        seminar=seminar,
        guest=guest(by or text[:30]),
        asked=actions.Asked(text=text, **asked),
        now=LIVE,
        award_now=LIVE,
    )


def show(question: Question) -> Question:
    return actions.show_question(
        seminar=question.seminar,
        question_id=question.pk,
        version=question.version,
        person_name="Mo",
        now=LIVE,
    )


def make_moderator(seminar: Seminar, email: str = "mo@award.example") -> Person:
    person = Person.objects.create_user(email, name="Mo")
    seminar.moderators.add(person)
    seminar.save()
    return person


def invite(seminar: Seminar, city: str, language: str = "en") -> CityContact:
    """Send one of the cities of a seminar its private link."""
    presentation = seminar.presentations.select_related("initiative__city").get(
        initiative__city__name=city
    )
    return actions.invite_city(
        seminar=seminar,
        initiative=presentation.initiative,
        address=f"ask@{presentation.initiative.slug}.example",
        language=language,
        person_name="Mo",
        now=LIVE,
    )


def answer(
    contact: CityContact, question: Question, text: str, language: str = "en", **fields: Any
) -> Answer:
    values = {"seen_version": 0, "award_now": LIVE, **fields}
    return actions.write_answer(
        contact=contact, question_id=question.pk, text=text, language=language, **values
    )
