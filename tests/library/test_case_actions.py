"""Letters, reports, adaptations and corrected names: what they leave, done or refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from laurels.foundation import ids
from laurels.foundation.models import AuditEvent, Mail, RateCount
from laurels.library import actions
from laurels.library.enums import Told
from laurels.library.models import Adaptation, City, Contact, FollowUp, FollowUpInvitation
from laurels.library.refusals import AlreadyDecided, LinkIsUsedUp, TooManyLetters
from tests.factories.editions import make_edition
from tests.factories.library import make_city, make_full_case, make_initiative

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
ANA = actions.Sender("Ana", "ana@bogota.example", "192.0.2.0/24")
TWELVE = actions.Adopted("Bogotá", "Colombia", 2025, "twelve schools", "https://bogota.example/")


@pytest.fixture
def case():
    return make_full_case(make_edition(2023))


def write(case, message="How did you pay the farmers?", sender=ANA, now=NOW):
    return actions.write_to_case(initiative=case, sender=sender, message=message, now=now)


def tell(case, adopted=TWELVE, now=NOW):
    return actions.tell_adaptation(
        initiative=case,
        adopted=adopted,
        told_by="Ana",
        told_from="ana@bogota.example",
        network="192.0.2.0/24",
        now=now,
    )


def secret_in(mail):
    return next(
        line.rstrip("/").rpartition("/")[2]
        for line in mail.text.splitlines()
        if "/follow-up/" in line or "/adaptations/" in line
    )


def test_letter_goes_to_every_contact_once_and_is_answered_to_the_writer(case):
    case.contacts = [
        *case.contacts.all(),
        Contact(name="The same once more", address="nomsa@cape-town.example"),
        Contact(name="Thabo", address="thabo@cape-town.example"),
    ]
    case.save()

    assert write(case) == 2

    letters = Mail.objects.order_by("address")
    assert [(each.address, each.reply_to) for each in letters] == [
        ("nomsa@cape-town.example", "ana@bogota.example"),
        ("thabo@cape-town.example", "ana@bogota.example"),
    ]
    assert letters[0].subject == "Ana writes about Food for every school (Cape Town)"
    assert "How did you pay the farmers?" in letters[0].text
    assert "thabo@" not in letters[0].text


def test_letter_to_a_case_without_a_contact_goes_to_the_secretariat(settings):
    settings.SECRETARIAT_ADDRESS = "The Award <desk@award.example>"
    case = make_initiative(make_edition(2012), "Vienna")

    assert write(case) == 1

    [mail] = Mail.objects.all()
    assert mail.address == "desk@award.example"
    assert "No contact is recorded for this initiative" in mail.text


def test_letter_sent_twice_by_a_double_click_goes_once(case):
    assert [write(case), write(case)] == [1, 0]
    assert write(case, now=NOW + timedelta(days=2)) == 1
    assert Mail.objects.count() == 2


def test_letters_of_one_sender_are_limited_and_a_refused_one_leaves_nothing(case):
    for number in range(5):
        write(case, f"Question {number}")
    counted = dict(RateCount.objects.values_list("name", "count"))

    with pytest.raises(TooManyLetters) as refused:
        write(case, "Question 6")

    assert Mail.objects.count() == 5
    assert dict(RateCount.objects.values_list("name", "count")) == counted
    assert refused.value.resets_at == NOW + timedelta(days=1)
    assert write(case, "Question 6", now=NOW + timedelta(days=1)) == 1


def test_no_counter_keeps_an_address(case):
    write(case)

    kept = " ".join(f"{row.name} {row.key}" for row in RateCount.objects.all())
    assert "@" not in kept


def test_city_is_invited_by_a_link_of_which_only_a_fingerprint_is_kept(case):
    count = actions.invite_to_report(initiative=case, person_name="Mei", now=NOW)

    [mail], [invitation] = Mail.objects.all(), FollowUpInvitation.objects.all()
    assert count == 1
    assert mail.address == "nomsa@cape-town.example"
    assert bytes(invitation.fingerprint) == ids.fingerprint(secret_in(mail))
    assert FollowUpInvitation.objects.opened_by(secret_in(mail), NOW) == invitation
    assert FollowUpInvitation.objects.opened_by(secret_in(mail), invitation.expires_at) is None
    assert AuditEvent.objects.get().deed == "invite to report"


def test_case_without_a_contact_cannot_be_invited():
    case = make_initiative(make_edition(2012), "Vienna")

    assert actions.invite_to_report(initiative=case, person_name="Mei", now=NOW) == 0
    assert not FollowUpInvitation.objects.exists()


@pytest.fixture
def invitation(case):
    actions.invite_to_report(initiative=case, person_name="Mei", now=NOW)
    return FollowUpInvitation.objects.get()


def report(invitation, text="It goes on.", now=NOW):
    return actions.report_follow_up(invitation=invitation, text=text, told_by="Nomsa", now=now)


def test_report_waits_until_an_editor_shows_it(case, invitation):
    told = report(invitation)
    assert not FollowUp.objects.shown().exists()

    actions.decide_follow_up(follow_up=told, is_shown=True, person_name="Mei", now=NOW)

    assert list(case.follow_ups.shown()) == [told]
    with pytest.raises(AlreadyDecided):
        actions.decide_follow_up(follow_up=told, is_shown=False, person_name="Li", now=NOW)
    assert FollowUp.objects.get().decided_by == "Mei"


def test_report_sent_twice_is_kept_once(invitation):
    assert report(invitation) == report(invitation)


def test_link_brings_five_reports_and_no_more(invitation):
    for number in range(5):
        report(invitation, f"Report {number}")

    with pytest.raises(LinkIsUsedUp):
        report(invitation, "Report 6")
    assert FollowUp.objects.count() == 5


def test_link_is_good_for_half_a_year(invitation):
    with pytest.raises(LinkIsUsedUp):
        report(invitation, now=NOW + timedelta(days=180))


def test_adaptation_is_shown_only_after_the_first_city_says_yes(case):
    told = tell(case)
    [mail] = Mail.objects.all()
    assert mail.address == "nomsa@cape-town.example"
    assert "ana@bogota.example" not in mail.text
    assert not Adaptation.objects.shown().exists()

    asked = Adaptation.objects.confirmed_by_link(secret_in(mail))
    actions.decide_adaptation(adaptation=asked, is_shown=True, person_name="the city", now=NOW)

    assert list(case.adaptations.shown()) == [told]
    with pytest.raises(AlreadyDecided):
        actions.decide_adaptation(adaptation=told, is_shown=False, person_name="Mei", now=NOW)


def test_adaptation_told_twice_asks_once(case):
    assert tell(case) is not None
    assert tell(case) is None
    assert (Adaptation.objects.count(), Mail.objects.count()) == (1, 1)


def test_answer_of_the_first_city_sent_twice_is_one_answer(case):
    answer = {"adaptation": tell(case), "is_shown": True, "person_name": "the city", "now": NOW}

    actions.decide_adaptation(**answer)
    actions.decide_adaptation(**answer)

    assert Adaptation.objects.get().state == Told.SHOWN
    assert AuditEvent.objects.filter(deed="confirm adaptation").count() == 1


def test_refused_adaptation_is_never_shown(case):
    actions.decide_adaptation(
        adaptation=tell(case), is_shown=False, person_name="the city", now=NOW
    )

    assert not case.adaptations.shown().exists()
    assert Adaptation.objects.get().state == Told.REFUSED


def test_corrected_name_moves_the_address_and_leaves_a_redirect():
    city = make_city("Cape Twon")
    city.name = "Cape Town"
    city.save()

    assert actions.settle_city_address(city=city) == "za-cape-town"
    assert City.objects.at("za-cape-twon") == City.objects.at("za-cape-town") == city
    assert City.objects.at("za-cape-twon").slug == "za-cape-town"


def test_name_taken_back_gives_the_first_address_again():
    city = make_city("Cape Town")
    for name in ("Mother City", "Cape Town"):
        city.name = name
        city.save()
        actions.settle_city_address(city=city)

    city.refresh_from_db()
    assert city.slug == "za-cape-town"
    assert [each.slug for each in city.former_addresses.all()] == ["za-mother-city"]


@pytest.mark.parametrize(
    ("before", "after", "address"),
    [
        ("Cape Town", "Cape", "za-cape"),
        ("Cape Town", "CAPE TOWN", "za-cape-town"),
        ("Cape Town", "Cape Town (iKapa)", "za-cape-town"),
    ],
)
def test_address_moves_only_where_the_name_gives_another(before, after, address):
    city = make_city(before)
    city.name = after
    city.save()

    assert actions.settle_city_address(city=city) == address
