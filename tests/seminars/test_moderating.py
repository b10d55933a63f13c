"""What moderators do, what is refused, and what two do at once."""

from __future__ import annotations

import json

import pytest

from laurels.foundation.models import AuditEvent
from laurels.seminars import actions, rules
from laurels.seminars.enums import QuestionState
from laurels.seminars.models import Block, Question, Room, RoomMessage, Vote
from laurels.seminars.refusals import ChangedMeanwhile, StepIsNotPossible
from tests.factories.rooms import LIVE, ask, guest, make_room, show

pytestmark = pytest.mark.django_db


def deed(action, question, *, person_name="Mo", **more):
    return action(
        seminar=question.seminar,
        question_id=question.pk,
        version=question.version,
        person_name=person_name,
        now=LIVE,
        **more,
    )


def hide(question, reason="off-topic"):
    return deed(actions.hide_question, question, reason=reason)


def told(seminar):
    return [
        (message.number, message.kind, json.loads(message.body).get("id"))
        for message in RoomMessage.objects.filter(seminar=seminar).order_by("number")
    ]


@pytest.fixture
def seminar():
    return make_room("Cape Town")


def test_question_goes_from_the_guest_to_the_speaker_and_every_step_is_told(seminar):
    question = show(ask(seminar))
    on_screen = deed(actions.put_on_screen, question)
    answered = deed(actions.answer_question, on_screen, award_now=LIVE)

    assert told(seminar) == [
        (1, "question", question.pk),
        (2, "screen", None),
        (3, "question", question.pk),
        (4, "screen", None),
    ]
    assert (answered.state, answered.answered_second) == ("answered", 20 * 60)
    assert Room.objects.get(seminar=seminar).on_screen is None
    assert AuditEvent.objects.filter(person_name="Mo").count() == 3


def test_every_pair_of_states_is_a_step_or_is_refused():
    allowed = {(str(a), str(b)) for a, b in rules.STEPS}
    states = [str(state) for state in QuestionState]

    assert {(a, b) for a in states for b in states if rules.may_become(a, b)} == allowed
    assert ("hidden", "live") not in allowed
    assert ("pending", "answered") not in allowed


def test_second_of_two_moderators_is_told_what_the_first_did(seminar):
    seen = ask(seminar)
    hide(Question.objects.get(pk=seen.pk))

    with pytest.raises(ChangedMeanwhile) as refused:
        deed(actions.show_question, seen, person_name="Li")

    assert str(refused.value.sentence) == (
        "Not saved: Mo changed this question a moment ago. It is now in the column “Hidden”. "
        "Look at it again."
    )
    assert Question.objects.get().state == "hidden"
    assert told(seminar) == []


def test_hidden_question_disappears_and_can_be_brought_back_as_pending(seminar):
    hidden = hide(show(ask(seminar)), "insult")
    back = deed(actions.take_down_question, hidden)

    assert [kind for _number, kind, _id in told(seminar)] == ["question", "gone"]
    assert (back.state, back.reason) == ("pending", "")


def test_merged_duplicates_add_up_and_a_person_counts_once(seminar):
    first, second = show(ask(seminar, "Who pays?")), show(ask(seminar, "who is paying"))
    for name, question in [("a", first), ("b", first), ("b", second), ("c", second)]:
        actions.vote_for_question(question_id=question.pk, guest=guest(name), wanted=True, now=LIVE)

    main = deed(actions.merge_questions, second, into_id=first.pk)

    assert main == first
    assert main.vote_count == len({"asker 1", "asker 2", "a", "b", "c"})
    assert Vote.objects.filter(question=first).count() == 5
    duplicate = Question.objects.get(pk=second.pk)
    assert (duplicate.state, duplicate.merged_into, duplicate.reason) == ("hidden", first, "")
    assert Question.objects.of(seminar).rejected_by_reason() == []


@pytest.mark.parametrize("into", ["itself", "hidden", "elsewhere"])
def test_merging_into_what_is_not_there_is_refused(seminar, into):
    question = ask(seminar)
    targets = {
        "itself": lambda: question.pk,
        "hidden": lambda: hide(ask(seminar, "hidden")).pk,
        "elsewhere": lambda: 99_999,
    }

    with pytest.raises(StepIsNotPossible):
        deed(actions.merge_questions, question, into_id=targets[into]())


def test_edited_question_keeps_what_was_asked_first(seminar):
    question = deed(actions.edit_question, show(ask(seminar, "who pay?")), text="Who pays?")
    again = deed(actions.edit_question, question, text="Who pays for it?")

    assert (again.text, again.original_text) == ("Who pays for it?", "who pay?")
    assert deed(actions.edit_question, again, text="who pay?").original_text == ""


def test_vote_beside_a_moderators_deed_is_not_lost(seminar):
    question = ask(seminar)
    stale = Question.objects.get(pk=question.pk)
    show(question)
    actions.vote_for_question(question_id=question.pk, guest=guest("a"), wanted=True, now=LIVE)
    stale.refresh_from_db(fields=["version", "state"])

    deed(actions.edit_question, stale, text="Who pays, and how much?")

    assert Question.objects.get().vote_count == 2


def test_blocked_asker_is_known_by_browser_and_by_network(seminar):
    question = ask(seminar, by="spammer")
    deed(actions.block_asker, question)

    assert {bytes(block.key) for block in Block.objects.all()} == {
        guest("spammer").key,
        guest("spammer").network,
    }


def test_same_question_sent_twice_is_one(seminar):
    assert ask(seminar) == ask(seminar)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Who pays?  ", "Who pays?"),
        ("a\r\nb\n\n\n\nc", "a\nb\n\nc"),
        ("\u202eevil\u202c", "evil"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
        ("👩‍👩‍👧 \ud800", "👩‍👩‍👧"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("bell\x07", "bell"),
        ("\u200d\u200f", ""),
        ("e\u0301", "é"),
    ],
)
def test_text_is_kept_without_what_nobody_sees(typed, kept):
    assert rules.clean_text(typed) == kept


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://youtu.be/abc", "https://youtu.be/abc?t=65s"),
        ("https://www.youtube.com/watch?v=a", "https://www.youtube.com/watch?v=a&t=65s"),
        ("https://video.example/a.mp4", "https://video.example/a.mp4#t=65"),
    ],
)
def test_recording_is_opened_at_a_second(url, address):
    assert rules.recording_at(url, 65) == address
