"""What the desk of FOCUS refuses, each with one sentence that says what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):  # noqa: N818 -- named for what is wrong
    """Something was asked for that cannot be done as things stand; nothing was changed."""

    sentence = _("This cannot be done.")

    def __init__(self, sentence: object = "") -> None:
        super().__init__(str(sentence or self.sentence))


class NothingToSend(Refusal):
    sentence = _("There is no saved version to send. Open the article and save it first.")


class NobodyToAsk(Refusal):
    sentence = _("Nobody signs this article. Tick its co-publishers, save, and send it again.")


class NoSignatory(Refusal):
    """A co-publisher has nobody who may approve for it."""


class AlreadyPublished(Refusal):
    sentence = _("This version is published. Change the article and save it, then send it.")


class VersionChanged(Refusal):
    sentence = _("This version was changed after it was sent. You will be asked again.")


class AlreadyAnswered(Refusal):
    sentence = _("This version was answered already. Ask the secretariat to send it again.")


class ReasonMissing(Refusal):
    sentence = _("Say what should change, so that the editor can mend it. Then send it again.")


class NotApprovedYet(Refusal):
    sentence = _("Not every co-publisher has approved this version yet.")


class AlreadyDrafted(Refusal):
    """Somebody else has made the draft of this day; `article_id` is its page."""

    def __init__(self, sentence: object, article_id: int) -> None:
        super().__init__(sentence)
        self.article_id = article_id


class NothingChosen(Refusal):
    sentence = _("Choose at least one initiative for the article.")
