"""Registration: asked for, confirmed, changed and given back."""

from datetime import timedelta

import pytest

from laurels.foundation.models import Mail
from laurels.foundation.rate_limits import LimitReached
from laurels.seminars import actions
from laurels.seminars.models import Registrant, Registration
from tests.factories.editions import make_edition
from tests.factories.seminars import (
    BOGOTA,
    EARLY,
    NOW,
    ask,
    come,
    make_seminar,
    seat_of,
    states_of,
)

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def edition():
    return make_edition(2023)


@pytest.fixture
def seminar(edition):
    return make_seminar(edition, 1, title="Resilient for all")


def subjects():
    return list(Mail.objects.order_by("pk").values_list("subject", flat=True))


def test_request_takes_no_seat_and_writes_one_letter(edition, seminar):
    second = make_seminar(edition, 2)

    registrant = ask("Ana@Example.org", seminar, second)

    assert states_of(seminar) == [("Ana@example.org", "pending")]
    assert (registrant.canonical, registrant.zone, registrant.confirmed_at) == (
        "ana@example.org",
        "America/Bogota",
        None,
    )
    [letter] = Mail.objects.all()
    assert letter.subject == "Confirm your registration for the seminars"
    assert f"/seminars/mine/{registrant.token}/confirm/" in letter.text
    assert "07:30" in letter.text
    assert letter.text.count("* ") == 2


def test_confirmed_address_has_its_seats_once_however_often_it_is_confirmed(edition, seminar):
    registrant = come("ana@example.org", seminar)
    actions.confirm_address(registrant=registrant, now=NOW, award_now=EARLY)

    assert states_of(seminar) == [("ana@example.org", "confirmed")]
    assert subjects() == ["Confirm your registration for the seminars", "Your seminars"]
    letter = Mail.objects.last()
    assert f"/seminars/join/{seat_of(registrant, seminar).token}/" in letter.text
    assert "BEGIN:VEVENT" in letter.calendar
    assert letter.stop_url == ""


@pytest.mark.parametrize("after", [0 * MINUTE, MINUTE])
def test_form_sent_twice_is_one_request_and_one_letter(seminar, after):
    ask("ana@example.org", seminar)
    ask("ANA@example.org", seminar, now=NOW + after)

    assert Registration.objects.count() == 1
    assert len(subjects()) == 1


def test_form_sent_again_later_asks_for_the_letter_again(seminar):
    ask("ana@example.org", seminar)
    ask("ana@example.org", seminar, now=NOW + 3 * MINUTE)

    assert len(subjects()) == 2


def test_stranger_who_types_an_address_changes_nothing_and_learns_nothing(edition, seminar):
    second = make_seminar(edition, 2)
    come("ana@example.org", seminar)
    zoned = actions.Details(zone="Asia/Tokyo", language="ar", name="Eve")

    registrant = ask("ana@example.org", second, details=zoned, now=NOW + 3 * MINUTE)

    assert (registrant.zone, registrant.language, registrant.name) == ("America/Bogota", "en", "")
    assert states_of(second) == [("ana@example.org", "pending")]
    assert states_of(seminar) == [("ana@example.org", "confirmed")]


def test_who_lost_the_letter_gets_the_links_again(seminar):
    come("ana@example.org", seminar)
    ask("ana@example.org", seminar, now=NOW + 3 * MINUTE)

    assert subjects()[-1] == "Your seminars"


def test_address_is_written_to_five_times_an_hour_at_the_most(seminar):
    for number in range(5):
        ask("ana@example.org", seminar, now=NOW + 3 * number * MINUTE)

    with pytest.raises(LimitReached):
        ask("ana@example.org", seminar, now=NOW + 15 * MINUTE)

    assert len(subjects()) == 5


def test_full_seminar_puts_on_the_waiting_list_and_moves_up_in_order(edition):
    seminar = make_seminar(edition, 1, capacity=1)
    ana, bo, chi = (come(f"{name}@example.org", seminar) for name in ("ana", "bo", "chi"))

    before = states_of(seminar)
    change(ana)

    assert before == [
        ("ana@example.org", "confirmed"),
        ("bo@example.org", "waiting"),
        ("chi@example.org", "waiting"),
    ]
    assert states_of(seminar) == [
        ("ana@example.org", "cancelled"),
        ("bo@example.org", "confirmed"),
        ("chi@example.org", "waiting"),
    ]
    letter = Mail.objects.get(subject="A seat is yours: Seminar 1")
    assert letter.address == "bo@example.org"
    assert f"/join/{seat_of(bo, seminar).token}/" in letter.text
    assert "STATUS:CONFIRMED" in letter.calendar
    assert seat_of(chi, seminar).state == "waiting"


def test_seats_that_are_added_go_to_those_who_wait(edition):
    seminar = make_seminar(edition, 1, capacity=1)
    for name in ("ana", "bo", "chi", "dee"):
        come(f"{name}@example.org", seminar)
    seminar.capacity = 3
    seminar.save()

    moved = actions.let_move_up(seminar=seminar, now=NOW, award_now=EARLY)

    assert moved == 2
    assert [state for _address, state in states_of(seminar)] == [
        "confirmed",
        "confirmed",
        "confirmed",
        "waiting",
    ]


def test_nobody_who_comes_passes_those_who_wait(edition):
    seminar = make_seminar(edition, 1, capacity=1)
    come("ana@example.org", seminar)
    come("bo@example.org", seminar)
    seminar.capacity = 2
    seminar.save()

    come("chi@example.org", seminar)

    assert states_of(seminar)[1:] == [("bo@example.org", "waiting"), ("chi@example.org", "waiting")]


def test_who_gives_back_and_comes_again_waits_behind_all(edition):
    seminar = make_seminar(edition, 1, capacity=1)
    ana = come("ana@example.org", seminar)
    bo = come("bo@example.org", seminar)
    change(ana)
    change(ana, seminar, now=NOW + MINUTE)

    assert seat_of(bo, seminar).state == "confirmed"
    assert seat_of(ana, seminar).state == "waiting"


def test_choice_is_changed_in_one_letter_that_takes_out_of_the_calendar_too(edition, seminar):
    second = make_seminar(edition, 2)
    ana = come("ana@example.org", seminar)

    changed = change(ana, second)
    again = change(ana, second)

    assert (changed, again) == (True, False)
    letter = Mail.objects.last()
    assert "You are no longer registered for" in letter.text
    assert letter.calendar.count("STATUS:CANCELLED") == 1
    assert letter.calendar.count("STATUS:CONFIRMED") == 1


def test_seminar_that_is_over_is_neither_taken_nor_given_back(seminar):
    ana = ask("ana@example.org", seminar)
    bo = come("bo@example.org", seminar)
    over = seminar.ends_at

    actions.confirm_address(registrant=ana, now=NOW, award_now=over)
    changed = change(bo, award_now=over)

    assert changed is False
    assert states_of(seminar) == [("ana@example.org", "cancelled"), ("bo@example.org", "confirmed")]


def test_one_click_stops_and_another_resumes(seminar):
    ana = come("ana@example.org", seminar)
    actions.stop_reminders(registrant=ana, now=NOW)
    actions.stop_reminders(registrant=ana, now=NOW + MINUTE)

    stopped = Registrant.objects.get().reminders_stopped_at
    actions.resume_reminders(registrant=ana)

    assert stopped == NOW
    assert Registrant.objects.get().reminders_stopped_at is None


def test_letter_is_in_the_persons_language(seminar):
    zh = actions.Details(zone="Asia/Shanghai", language="zh-hans")
    ask("ana@example.org", seminar, details=zh)

    assert "/zh-hans/seminars/mine/" in Mail.objects.get().text


def change(registrant, *seminars, now=NOW, award_now=EARLY):
    return actions.change_choice(
        registrant=registrant,
        seminars=seminars,
        zone=BOGOTA.zone,
        language="en",
        now=now,
        award_now=award_now,
    )


def test_address_that_nobody_confirmed_is_forgotten_after_a_week(seminar):
    ask("typed-by-a-stranger@example.org", seminar)
    come("ana@example.org", seminar)

    counts = [actions.forget_unconfirmed(now=NOW + timedelta(days=days)) for days in (6, 8)]

    assert counts == [0, 1]
    assert states_of(seminar) == [("ana@example.org", "confirmed")]


def test_wish_that_nobody_confirmed_falls_away_from_who_confirmed_before(edition, seminar):
    second = make_seminar(edition, 2)
    come("ana@example.org", seminar)
    ask("ana@example.org", second, now=NOW + 3 * MINUTE)

    for days in (6, 8):
        actions.forget_unconfirmed(now=NOW + timedelta(days=days))
        states = states_of(second)
        assert states == [("ana@example.org", "pending" if days == 6 else "cancelled")]
    assert states_of(seminar) == [("ana@example.org", "confirmed")]
