"""Every letter is written, by the deed that causes it, and none holds a time without its zone."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test.signals import template_rendered

from laurels.accounts.models import Person
from laurels.focus import actions as focus
from laurels.focus.enums import Answer
from laurels.focus.models import Approval, Signatory
from laurels.foundation.models import Mail
from laurels.library import actions as library
from laurels.library.actions.contact import Sender
from laurels.library.models import Contact, InitiativePage
from laurels.partners.models import Partner
from laurels.registrar.models import RegistrarMail
from laurels.seminars import actions, rules
from laurels.seminars.models import Seminar
from laurels.website.actions.people import invite_person
from tests.factories.focus import make_article
from tests.factories.registrar import OTHER_HASH, confirmed, open_register, sign
from tests.factories.rooms import LIVE, make_room, show
from tests.factories.rooms import ask as ask_in_room
from tests.factories.seminars import EARLY, NOW, STARTS_AT, ask, come
from tests.times import CLOCK_TIME, bare_in_text

pytestmark = pytest.mark.django_db(databases=["default", "registrar"])

TEMPLATES = Path(settings.ROOT) / "src/laurels/design/templates"
HOUR = timedelta(hours=1)


def letters_of_seminars(language):
    seminar = make_room("Cape Town")
    Seminar.objects.update(capacity=1, starts_at=STARTS_AT - 13.5 * HOUR, ends_at=STARTS_AT)
    seminar.refresh_from_db()
    zone = {"details": actions.Details(zone="America/Bogota", language=language)}
    come("ana@example.org", seminar, **zone)
    waiting = come("bo@example.org", seminar, **zone)
    ask("eve@example.org", seminar, **zone)
    for before in (24, 1, 0.2):
        actions.write_due_letters(
            seminar=seminar, now=NOW, award_now=seminar.starts_at - before * HOUR
        )
    desk = {"seminar": seminar, "said": "", "person_name": "Mei", "now": NOW}
    actions.thank(**desk, award_now=STARTS_AT)
    start = seminar.starts_at + 24 * HOUR
    actions.move_seminar(
        **desk, starts_at=start, ends_at=start + HOUR, seen_sequence=0, award_now=EARLY
    )
    Seminar.objects.update(capacity=2)
    seminar.refresh_from_db()
    actions.let_move_up(seminar=seminar, now=NOW, award_now=EARLY)
    actions.change_choice(
        registrant=waiting, seminars=[], zone="UTC", language=language, now=NOW, award_now=EARLY
    )
    actions.cancel_seminar(**{**desk, "seminar": seminar}, seen_sequence=1, award_now=EARLY)


def letters_to_a_city(language):
    seminar = Seminar.objects.get()
    Seminar.objects.update(cancelled_at=None)
    page = seminar.presentations.get().initiative
    invited = {"address": "c@example.org", "language": language, "person_name": "Mo"}
    actions.invite_city(seminar=seminar, initiative=page, now=LIVE, **invited)
    show(ask_in_room(seminar, "Who pays?", initiative=page))
    seminar.refresh_from_db()
    for at in (seminar.ends_at + HOUR, rules.reminder_due_at(seminar)):
        actions.ask_for_answers(seminar=seminar, now=NOW, award_now=at)


def letters_of_the_library(_language):
    page = InitiativePage.objects.get()
    page.contacts = [Contact(name="Nomsa", address="nomsa@example.org")]
    page.save()
    sender = Sender("Ana", "ana@example.org", "192.0.2.0/24")
    library.write_to_case(initiative=page, sender=sender, message="How did you pay?", now=NOW)
    library.invite_to_report(initiative=page, person_name="Mei", now=NOW)
    library.tell_adaptation(
        initiative=page,
        adopted=library.Adopted("Medellín", "Colombia", 2025, "twelve schools"),
        told_by="Ana",
        told_from="ana@example.org",
        network="192.0.2.0/24",
        now=NOW,
    )


def letters_of_focus(_language):
    editor = Person.objects.create_superuser("mei@example.org", name="Mei Lin")
    partner = Partner.objects.create(slug="uclg", name="UCLG", short_name="UCLG")
    Signatory.objects.create(partner=partner, name="Signer", email="s@example.org")
    for title, answer in (("Green", Answer.APPROVED), ("Blue", Answer.REFUSED)):
        article = make_article(title, live=False, co_publishers=[partner])
        article.go_live_at = NOW + 99 * HOUR
        article.save_revision(user=editor)
        focus.ask_co_publishers(article_id=article.pk, person=editor, now=NOW)
        approval = Approval.objects.latest("pk")
        focus.answer_approval(
            approval_id=approval.pk, answer=answer, signed_by="S", reason="No.", now=NOW
        )
    invite_person(person=editor, invited_by=editor, now=NOW)


def letters_of_the_registrar(_language):
    register = open_register()
    sign(register, confirmed(register))
    sign(register, confirmed(register), OTHER_HASH)


def write_all(language):
    """Let everything happen that writes a letter; return the templates used, and the letters."""
    used = set()

    def note(template, **_rest):
        used.add(template.name)

    template_rendered.connect(note)
    try:
        for write in (
            letters_of_seminars,
            letters_to_a_city,
            letters_of_the_library,
            letters_of_focus,
            letters_of_the_registrar,
        ):
            write(language)
    finally:
        template_rendered.disconnect(note)
    letters = [*Mail.objects.all(), *RegistrarMail.objects.all()]
    return used, [f"{letter.subject}\n{letter.text}" for letter in letters]


def test_every_letter_of_the_tree_is_written_and_names_the_zone_of_each_time():
    used, letters = write_all("en")

    names = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.glob("*/mail/**/*.txt")}
    assert names - used == set()
    assert len(letters) > 15
    assert {
        text.partition("\n")[0]: bare_in_text(text) for text in letters if bare_in_text(text)
    } == {}
    told = "\n".join(letters)
    assert "still" in told
    assert "in Guangzhou" in told


def test_times_of_arabic_letters_stand_between_marks():
    letters_of_seminars("ar")

    letters = [letter.text for letter in Mail.objects.all()]
    times = [found for text in letters for found in re.finditer(CLOCK_TIME, text)]
    assert len(times) > 20
    for found in times:
        before, after = found.string[found.start() - 1], found.string[found.end()]
        assert before == "\N{FIRST STRONG ISOLATE}"
        assert after in {"\N{POP DIRECTIONAL ISOLATE}", " "}
    opened = sum(
        text.count("\N{FIRST STRONG ISOLATE}") + text.count("\N{RIGHT-TO-LEFT ISOLATE}")
        for text in letters
    )
    assert opened == sum(text.count("\N{POP DIRECTIONAL ISOLATE}") for text in letters)
