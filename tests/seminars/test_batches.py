"""The letters of a move, a cancellation and the thanks wait: what becomes of them meanwhile."""

from datetime import timedelta

import pytest

from laurels.foundation import outbox
from laurels.foundation.models import Mail, MailBatch
from laurels.seminars import actions
from laurels.seminars.models import LetterNote, Registration, Seminar
from tests.factories.editions import make_edition
from tests.factories.seminars import EARLY, NOW, STARTS_AT, ask, come, make_seminar

pytestmark = pytest.mark.django_db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ENDS_AT = STARTS_AT + timedelta(minutes=90)


@pytest.fixture
def seminar():
    seminar = make_seminar(make_edition(2023), title="Resilient for all", capacity=2)
    come("ana@example.org", seminar)
    Mail.objects.all().delete()
    return seminar


def move(seminar, starts_at, *, said=""):
    return actions.move_seminar(
        seminar=seminar,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
        said=said,
        seen_sequence=Seminar.objects.get(pk=seminar.pk).sequence,
        person_name="Mei Lin",
        now=NOW,
        award_now=EARLY,
    )


def cancel(seminar):
    return actions.cancel_seminar(
        seminar=seminar,
        said="",
        seen_sequence=Seminar.objects.get(pk=seminar.pk).sequence,
        person_name="Mei Lin",
        now=NOW,
        award_now=EARLY,
    )


def thank(seminar):
    return actions.thank(
        seminar=seminar, said="", person_name="Mei Lin", now=NOW, award_now=ENDS_AT
    )


def again(seminar, said=""):
    return actions.write_again(
        seminar=seminar, said=said, person_name="Mei Lin", now=NOW, award_now=EARLY
    )


def newest():
    return MailBatch.objects.order_by("-pk").first()


def release():
    """Send the newest batch and return its letters, by address."""
    outbox.release(batch=newest(), person_name="Bo", now=NOW)
    return {mail.address: mail.text for mail in newest().letters.all()}


def discard():
    return outbox.discard(batch=newest(), person_name="Bo", now=NOW)


def test_second_move_takes_the_place_of_the_first_and_tells_what_each_knows(seminar):
    move(seminar, STARTS_AT + DAY)
    come("bo@example.org", seminar)
    move(seminar, STARTS_AT + 2 * DAY)

    letters = release()

    first = MailBatch.objects.order_by("pk").first()
    assert (first.discarded_by, first.letters.count()) == ("Mei Lin", 0)
    assert "It was: Monday 6 November 2023" in letters["ana@example.org"]
    assert "It was: Tuesday 7 November 2023" in letters["bo@example.org"]


def test_second_move_after_the_letters_went_says_the_time_they_told(seminar):
    move(seminar, STARTS_AT + DAY)
    release()
    move(seminar, STARTS_AT + 2 * DAY)

    assert "It was: Tuesday 7 November 2023" in release()["ana@example.org"]


def test_who_never_heard_of_a_move_is_not_told_that_it_is_taken_back(seminar):
    move(seminar, STARTS_AT + DAY)
    come("bo@example.org", seminar)

    told = move(seminar, STARTS_AT)

    assert told == 1
    assert list(release()) == ["bo@example.org"]


def test_move_that_is_taken_back_leaves_no_letter_and_no_batch_that_waits(seminar):
    move(seminar, STARTS_AT + DAY)

    assert move(seminar, STARTS_AT) == 0
    assert not MailBatch.objects.waiting().exists()
    assert actions.discarded_change(Seminar.objects.get()) is None


def test_cancellation_takes_the_place_of_a_move_and_names_the_time_that_people_know(seminar):
    move(seminar, STARTS_AT + DAY)
    assert cancel(seminar) == 1

    [text] = release().values()

    assert "It was: Monday 6 November 2023" in text
    assert MailBatch.objects.filter(discarded_by="Mei Lin").count() == 1


def test_move_whose_letters_were_thrown_away_can_be_told_again_to_the_same_people(seminar):
    move(seminar, STARTS_AT + DAY, said="The hall burns.")
    come("bo@example.org", seminar)
    with pytest.raises(actions.DeskRefusal, match="no letters to write again"):
        again(seminar)
    discard()
    thrown = actions.discarded_change(Seminar.objects.get())

    told = again(seminar, said="The hall is closed.")

    assert thrown.discarded_by == "Bo"
    assert told == 1
    [text] = release().values()
    assert "The hall is closed." in text
    assert "It was: Monday 6 November 2023" in text
    assert actions.discarded_change(Seminar.objects.get()) is None
    with pytest.raises(actions.DeskRefusal, match="no letters to write again"):
        again(seminar)


def test_move_after_letters_were_thrown_away_says_the_time_that_people_know(seminar):
    move(seminar, STARTS_AT + DAY)
    discard()
    move(seminar, STARTS_AT + 2 * DAY)

    assert "It was: Monday 6 November 2023" in release()["ana@example.org"]


def test_cancellation_can_be_told_again(seminar):
    cancel(seminar)
    discard()

    assert again(seminar) == 1
    assert newest().title == "Cancelled: Resilient for all (2023/1)"


def test_thanks_that_were_thrown_away_can_be_written_again(seminar):
    counts = [thank(seminar), thank(seminar)]
    discard()
    notes = LetterNote.objects.count()
    counts.append(thank(seminar))

    assert (counts, notes) == ([1, 0, 1], 0)
    assert list(release()) == ["ana@example.org"]
    assert thank(seminar) == 0


def test_who_gave_the_seat_back_meanwhile_is_not_written_to(seminar):
    come("bo@example.org", seminar)
    move(seminar, STARTS_AT + DAY)
    actions.cancel_by_hand(
        registration=Registration.objects.get(registrant__address="bo@example.org"),
        person_name="Mei Lin",
        now=NOW,
        award_now=EARLY,
    )

    assert list(release()) == ["ana@example.org"]


def test_who_got_a_seat_meanwhile_knows_the_new_time_and_is_not_told_to_wait(seminar):
    bo = come("bo@example.org", seminar)
    come("eva@example.org", seminar)
    move(seminar, STARTS_AT + DAY)
    written = set(newest().letters.values_list("recipient_key", "wording"))
    actions.cancel_by_hand(
        registration=bo.registrations.get(), person_name="Mei", now=NOW, award_now=EARLY
    )
    seat = Mail.objects.filter(address="eva@example.org", batch=None).latest("pk")

    assert len({wording for _key, wording in written}) == 2
    assert "Tuesday 7 November 2023" in seat.text
    assert list(release()) == ["ana@example.org"]


def test_who_stopped_such_letters_meanwhile_is_not_thanked_but_told_of_a_move(seminar):
    bo = come("bo@example.org", seminar)
    thank(seminar)
    actions.stop_reminders(registrant=bo, now=NOW)
    thanked = release()
    move(seminar, STARTS_AT + DAY)

    assert list(thanked) == ["ana@example.org"]
    assert sorted(release()) == ["ana@example.org", "bo@example.org"]


def test_other_letters_do_not_wait(seminar):
    move(seminar, STARTS_AT + DAY)
    actions.write_due_letters(
        seminar=Seminar.objects.get(), now=NOW, award_now=STARTS_AT + 3 * HOUR
    )
    ask("bo@example.org", seminar)

    waiting = Mail.objects.waiting()
    assert [mail.subject.partition(":")[0] for mail in waiting.order_by("pk")] == [
        "Resilient for all begins in 21 hours",
        "Confirm your registration for the seminars",
    ]
