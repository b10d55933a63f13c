"""The moments of an edition and the phases that follow from them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MomentKind(models.TextChoices):
    """What an edition's calendar holds, in the order of an edition's life."""

    CALL = "call", _("Call for initiatives")
    EARLY_BIRD = "early_bird", _("Early entries")
    REVIEW = "review", _("Review by the Technical Committee")
    SHORTLIST = "shortlist", _("Shortlist announced")
    VOTE = "vote", _("Public vote")
    SEMINARS = "seminars", _("Seminars")
    JURY = "jury", _("Meeting of the jury")
    CEREMONY = "ceremony", _("Award ceremony")


class Precision(models.TextChoices):
    """How exactly an instant is recorded; pages show no more than is known."""

    UNKNOWN = "", _("not recorded")
    MONTH = "month", _("to the month")
    DAY = "day", _("to the day")
    MINUTE = "minute", _("to the minute")


class Phase(models.TextChoices):
    """Where an edition stands; computed from its moments and its clock, never set by hand."""

    PLANNED = "planned", _("Planned")
    CALL = "call", _("Call open")
    REVIEW = "review", _("Under review")
    SHORTLIST = "shortlist", _("Shortlist announced")
    VOTE = "vote", _("Vote open")
    VOTE_CLOSED = "vote_closed", _("Vote closed")
    CEREMONY = "ceremony", _("Ceremony")
    HELD = "held", _("Held")
