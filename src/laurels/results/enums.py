from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where an election stands; computed from facts, set by nobody."""

    DRAFT = "draft", _("Draft")
    REHEARSED = "rehearsed", _("Rehearsed")
    OPEN = "open", _("Published and open")
    CLOSED = "closed", _("Closed")
    FROZEN = "frozen", _("Frozen")
    UNLINKED = "unlinked", _("Unlinked")
    OPENED = "opened", _("Opened")
    RESULT = "result", _("Counted")
    REVEALED = "revealed", _("Told")


class Step(TextChoices):
    """What brings an election to its next state, in order."""

    REHEARSE = "rehearse", _("Rehearse")
    OPEN = "open", _("Publish the manifest")
    CLOSE = "close", _("Close the vote")
    FREEZE = "freeze", _("Freeze the list of ballots")
    UNLINK = "unlink", _("Destroy the link to mailboxes")
    OPEN_KEYS = "open_keys", _("Open the ballots")
    COUNT = "count", _("Count")
    REVEAL = "reveal", _("Tell the result")
