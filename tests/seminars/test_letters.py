"""Letters that are due, the desk's letters, and the clock in all of them."""

import re
from datetime import timedelta

import pytest

from laurels.foundation import outbox
from laurels.foundation.models import AuditEvent, Mail, MailBatch
from laurels.seminars import actions, receivers, rules
from laurels.seminars.enums import LetterKind
from laurels.seminars.models import LetterNote, Registrant, Registration, Seminar
from tests.factories.editions import make_edition
from tests.factories.seminars import (
    EARLY,
    NOW,
    STARTS_AT,
    ask,
    come,
    make_seminar,
)

pytestmark = pytest.mark.django_db

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
ENDS_AT = STARTS_AT + 90 * MINUTE
URL = re.compile(r"https?://\S+")
A_TIME = re.compile(r"\d{1,2}:\d{2}")
# A time, its end and its zone: "20:30-22:00 in Guangzhou (07:30-09:00 in Bogota, your time)".
NAMED = re.compile(
    r"\d\d:\d\d(?:\N{EN DASH}\d\d:\d\d)? in [^()]+ "
    r"\((?:\d\d:\d\d(?:\N{EN DASH}\d\d:\d\d)? (?:in [^(),]+, your time[^()]*|UTC)|your time too)\)"
)


@pytest.fixture
def seminar():
    return make_seminar(make_edition(2023), title="Resilient for all")


def write(seminar, award_now):
    return actions.write_due_letters(seminar=seminar, now=NOW, award_now=award_now)


def kinds():
    return list(LetterNote.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        (25 * HOUR, None),
        (24 * HOUR + MINUTE, None),
        (24 * HOUR, LetterKind.DAY_BEFORE),
        (HOUR + MINUTE, LetterKind.DAY_BEFORE),
        (HOUR, LetterKind.HOUR_BEFORE),
        (16 * MINUTE, LetterKind.HOUR_BEFORE),
        (15 * MINUTE, LetterKind.LINK),
        (-89 * MINUTE, LetterKind.LINK),
        (-90 * MINUTE, None),
    ],
)
def test_due_is_the_newest_that_still_makes_sense(before, kind):
    seminar = Seminar(starts_at=STARTS_AT, ends_at=ENDS_AT)

    due = rules.due_letter(seminar, STARTS_AT - before)

    assert (due[0] if due else None) == kind


def test_cancelled_seminar_reminds_nobody():
    seminar = Seminar(starts_at=STARTS_AT, ends_at=ENDS_AT, cancelled_at=EARLY)

    assert rules.due_letter(seminar, STARTS_AT - HOUR) is None


def test_each_is_reminded_once_of_each_as_the_clock_goes(seminar):
    come("ana@example.org", seminar)
    ask("pending@example.org", seminar)
    times = [STARTS_AT - wait for wait in (25 * HOUR, 24 * HOUR, 2 * HOUR, HOUR, 10 * MINUTE)]

    written = [write(seminar, at) for at in [*times, *times[-1:], ENDS_AT]]

    assert written == [0, 1, 0, 1, 1, 0, 0]
    assert kinds() == ["day-before", "hour-before", "link"]
    subjects = [mail.subject for mail in Mail.objects.order_by("pk")][-3:]
    assert subjects == [
        "Resilient for all begins in 24 hours",
        "Resilient for all begins in 61 minutes",
        "Your link: Resilient for all",
    ]


def test_clock_that_jumps_past_all_writes_the_last_only(seminar):
    come("ana@example.org", seminar)

    written = [write(seminar, STARTS_AT - 5 * MINUTE), write(seminar, STARTS_AT + 5 * MINUTE)]

    assert (written, kinds()) == ([1, 0], ["link"])


def test_clock_that_jumps_past_the_end_writes_nothing(seminar):
    come("ana@example.org", seminar)

    assert write(seminar, ENDS_AT) == 0


def test_who_registered_since_a_letter_fell_due_does_not_get_it(seminar):
    come("ana@example.org", seminar, award_now=STARTS_AT - 3 * HOUR)

    assert [write(seminar, STARTS_AT - 2 * HOUR), write(seminar, STARTS_AT - HOUR)] == [0, 1]


def test_who_stopped_the_reminders_gets_none_but_is_told_of_a_move(seminar):
    ana = come("ana@example.org", seminar)
    actions.stop_reminders(registrant=ana, now=NOW)

    assert write(seminar, STARTS_AT - HOUR) == 0
    assert move(seminar, STARTS_AT + HOUR, award_now=EARLY) == 1


def test_reminders_never_come_twice_and_what_must_not_be_missed_may(seminar):
    come("ana@example.org", seminar)
    write(seminar, STARTS_AT - 24 * HOUR)
    write(seminar, STARTS_AT - 10 * MINUTE)
    move_mail = Mail.objects.order_by("pk")

    assert [mail.is_once for mail in move_mail] == [False, False, True, False]
    assert move_mail[2].expires_at == NOW + 25.5 * HOUR
    assert move_mail[2].stop_url.endswith("/stop/")


def test_worker_writes_what_is_due_by_the_award_clock(seminar, settings):
    come("ana@example.org", seminar)
    settings.DEMO_CLOCKS = {"edition-2023": STARTS_AT - HOUR}

    receivers.keep_house(now=NOW)
    receivers.keep_house(now=NOW)

    assert kinds() == ["hour-before"]


def crowd(seminar, count):
    """Register many in one go; those above the capacity wait."""
    people = Registrant.objects.bulk_create(
        Registrant(
            edition=seminar.edition,
            address=f"p{number}@example.org",
            canonical=f"p{number}@example.org",
            zone="America/Bogota",
            language="en",
            created_at=NOW,
            consented_at=NOW,
            confirmed_at=NOW,
        )
        for number in range(count)
    )
    Registration.objects.bulk_create(
        Registration(
            registrant=person,
            seminar=seminar,
            state="confirmed" if number < seminar.capacity else "waiting",
            created_at=NOW,
            queued_at=NOW,
            seated_at=EARLY if number < seminar.capacity else None,
            change_count=1,
        )
        for number, person in enumerate(people)
    )


def move(seminar, starts_at, *, award_now=EARLY, seen=0):
    return actions.move_seminar(
        seminar=seminar,
        starts_at=starts_at,
        ends_at=starts_at + HOUR,
        said="The hall is closed.",
        seen_sequence=seen,
        person_name="Mei Lin",
        now=NOW,
        award_now=award_now,
    )


def test_move_tells_all_three_hundred_once_when_released_and_changes_calendars_at_once(client):
    seminar = make_seminar(make_edition(2023), capacity=297)
    crowd(seminar, 300)

    told = move(seminar, STARTS_AT + 24 * HOUR)
    with pytest.raises(actions.DeskRefusal, match="changed meanwhile"):
        move(seminar, STARTS_AT + 24 * HOUR)
    calendar = client.get("/seminars/2023/calendar.ics").content.decode()
    held = Mail.objects.waiting().count()
    batch = MailBatch.objects.get()
    released = outbox.release(batch=batch, person_name="Bo", now=NOW)

    assert told == 300
    assert "DTSTART;TZID=Asia/Shanghai:20231107T203000" in calendar
    assert "SEQUENCE:1" in calendar
    assert batch.title == "Moved: Seminar 1 (2023/1)"
    assert (held, released, Mail.objects.waiting().count()) == (0, 300, 300)
    letters = list(Mail.objects.order_by("pk"))
    assert {mail.subject for mail in letters} == {"Moved: Seminar 1"}
    assert len({mail.address for mail in letters}) == len(letters) == 300
    assert sum("SEQUENCE:2" in mail.calendar for mail in letters) == 297
    assert [bool(mail.calendar) for mail in letters[297:]] == [False] * 3
    assert "The hall is closed." in letters[0].text
    seminar.refresh_from_db()
    assert (seminar.first_starts_at, seminar.sequence) == (STARTS_AT, 1)
    assert list(AuditEvent.objects.order_by("pk").values_list("person_name", "deed", "about")) == [
        ("Mei Lin", "move a seminar", "seminar 2023/1"),
        ("Bo", "release letters", "seminar 2023/1"),
    ]


def test_who_was_reminded_is_reminded_again_of_the_new_time(seminar):
    come("ana@example.org", seminar)
    write(seminar, STARTS_AT - 24 * HOUR)
    move(seminar, STARTS_AT + 48 * HOUR, award_now=STARTS_AT - 20 * HOUR)
    seminar.refresh_from_db()

    assert write(seminar, STARTS_AT + 23 * HOUR) == 0
    assert write(seminar, STARTS_AT + 24 * HOUR) == 1


@pytest.mark.parametrize(
    ("starts_at", "award_now", "sentence"),
    [
        (STARTS_AT, EARLY, "Resilient|ends before|time already"),
        (EARLY - HOUR, EARLY, "has passed"),
        (STARTS_AT + HOUR, STARTS_AT, "has begun"),
    ],
)
def test_move_that_makes_no_sense_changes_nothing_and_tells_nobody(
    seminar, starts_at, award_now, sentence
):
    come("ana@example.org", seminar)
    Seminar.objects.update(ends_at=STARTS_AT + HOUR)
    before = Mail.objects.count()

    with pytest.raises(actions.DeskRefusal, match=sentence):
        move(seminar, starts_at, award_now=award_now)

    assert Mail.objects.count() == before
    assert Seminar.objects.get().sequence == 0


def test_thanks_go_once_to_those_with_a_seat_when_it_is_over(seminar):
    come("ana@example.org", seminar)
    ask("pending@example.org", seminar)
    Seminar.objects.update(recording_url="https://video.example/1")
    told = {"seminar": seminar, "said": "", "person_name": "Mei", "now": NOW}

    with pytest.raises(actions.DeskRefusal):
        actions.thank(**told, award_now=STARTS_AT)
    counts = [actions.thank(**told, award_now=ENDS_AT) for _ in range(2)]

    assert counts == [1, 0]
    letter = Mail.objects.last()
    assert letter.subject == "Thank you: Resilient for all"
    assert "https://video.example/1" in letter.text


def test_no_letter_of_ours_holds_a_time_without_its_zone():
    """Every kind is written, for a seminar across midnight of which every zone is another day."""
    seminar = make_seminar(
        make_edition(2023), starts_at=STARTS_AT - 13 * HOUR - 30 * MINUTE, capacity=1
    )
    start = seminar.starts_at
    ana = come("ana@example.org", seminar)
    come("bo@example.org", seminar)
    for wait in (24 * HOUR, HOUR, 10 * MINUTE):
        write(seminar, start - wait)
    actions.change_choice(
        registrant=ana, seminars=[], zone=ana.zone, language="en", now=NOW, award_now=EARLY
    )
    move(seminar, start + HOUR)
    outbox.release(batch=MailBatch.objects.get(), person_name="Mei", now=NOW)
    seminar.refresh_from_db()
    Seminar.objects.update(ends_at=start + 2 * HOUR)
    actions.thank(seminar=seminar, said="", person_name="Mei", now=NOW, award_now=start + 3 * HOUR)
    actions.cancel_seminar(
        seminar=seminar, said="", seen_sequence=1, person_name="Mei", now=NOW, award_now=EARLY
    )

    mails = list(Mail.objects.all())
    texts = [URL.sub("", f"{mail.subject}\n{mail.text}") for mail in mails]
    bare = [text for text in texts if A_TIME.search(NAMED.sub("", text))]
    written = {mail.subject.partition(":")[0].partition(" begins")[0] for mail in mails}

    assert bare == []
    assert len(written) == 9, written
    assert any("Tuesday in Guangzhou" in text or "still" in text for text in texts)
