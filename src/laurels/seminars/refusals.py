"""Why something in a room was not done: one sentence each, which says what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Refusal(Exception):  # noqa: N818 -- named for what is wrong
    """Says in `sentence` what was not done, and that nothing typed is lost."""

    status = 400
    sentence: str | Promise = ""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or type(self).__name__)
        if sentence:
            self.sentence = sentence


class FromElsewhere(Refusal):
    status = 403
    sentence = gettext_lazy(
        "This was not sent from our page. Load the room again and use its buttons."
    )


class NoMoreQuestions(Refusal):
    status = 409
    sentence = gettext_lazy("This seminar takes no more questions.")


class NotStored(Refusal):
    status = 503
    sentence = gettext_lazy(
        "What you wrote was not stored. Send it again in a moment: it is still here."
    )


class TooOften(Refusal):
    status = 429
    sentence = gettext_lazy(
        "Many questions came from your network within a minute. Wait a minute and send it again: "
        "what you wrote is still here."
    )


class ProofWanted(TooOften):
    """After the third question a minute: a script answers with a proof of work."""


class TooMany(Refusal):
    status = 429
    sentence = gettext_lazy(
        "You have asked as much in this seminar as one person may. Vote for the questions of "
        "others."
    )


class IsBlocked(Refusal):
    status = 403
    sentence = gettext_lazy(
        "The moderators take no more questions from you in this seminar. You can still read and "
        "listen."
    )


class QuestionIsNotShown(Refusal):
    status = 409
    sentence = gettext_lazy("This question is not shown any more. Load the page again.")


class ChangedMeanwhile(Refusal):
    """Two moderators acted at once; the second is told what the first did."""

    status = 409

    def __init__(self, *, by: str, state: str) -> None:
        who = by or _("Somebody else")
        super().__init__(
            _(
                "Not saved: %(who)s changed this question a moment ago. It is now in the column "
                "“%(state)s”. Look at it again."
            )
            % {"who": who, "state": state}
        )


class AnsweredMeanwhile(Refusal):
    """Two of one city at once: the second sees what the first published before it goes on."""

    status = 409
    sentence = gettext_lazy(
        "Not published: a colleague published another answer meanwhile. What you wrote is still "
        "here. Read the published one below, then publish yours if it shall take its place."
    )


class StepIsNotPossible(Refusal):
    status = 409
    sentence = gettext_lazy("Not saved: this cannot be done with a question of this column.")


class NoFeedback(Refusal):
    status = 409
    sentence = gettext_lazy("Feedback on this seminar is not taken now.")
