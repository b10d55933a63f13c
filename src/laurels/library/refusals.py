"""What the library refuses, each with one sentence for the visitor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import datetime

    from django.utils.functional import Promise


class Refusal(Exception):  # noqa: N818 -- named for what is wrong
    sentence: Promise | str = ""


class TooManyLetters(Refusal):
    """The limit of a network, a case or a sender is reached until `resets_at` (real time)."""

    sentence = _(
        "Too much was sent from here today. What you typed is still in the form: keep a copy "
        "and send it tomorrow, or write to the award's secretariat."
    )

    def __init__(self, resets_at: datetime) -> None:
        super().__init__(str(self.sentence))
        self.resets_at = resets_at


class TooManyFiles(Refusal):
    """A network has taken as many files as it may until `resets_at` (real time)."""

    sentence = _(
        "A great many files were taken from your network within a few minutes. Wait a little and "
        "ask for this one again. The whole library is one file, library.zip; programs read the API."
    )

    def __init__(self, resets_at: datetime) -> None:
        super().__init__(str(self.sentence))
        self.resets_at = resets_at


class LinkIsUsedUp(Refusal):
    """A private link has brought as many reports as it may, or is too old."""

    sentence = _(
        "This private link is no longer good. Ask the award's secretariat for a new one; what "
        "you typed is still in the form."
    )


class AlreadyDecided(Refusal):
    """Two people decided at once; the first one's decision stands."""

    sentence = _("Somebody has decided this already. Load the page again to see how.")
