"""The states and choices of seminars and of those who register for them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SeminarState(models.TextChoices):
    """Where a seminar stands; computed from its times and its edition's clock.

    MOVED is a planned seminar whose start is another than the one first announced.
    """

    PLANNED = "planned", _("Planned")
    MOVED = "moved", _("Moved")
    LIVE = "live", _("Under way")
    OVER = "over", _("Over")
    CANCELLED = "cancelled", _("Cancelled")


class Platform(models.TextChoices):
    """Where the picture and the sound come from; no video server is ours."""

    ZOOM = "zoom", "Zoom"
    TEAMS = "teams", "Microsoft Teams"
    BIGBLUEBUTTON = "bigbluebutton", "BigBlueButton"
    JITSI = "jitsi", "Jitsi Meet"
    YOUTUBE = "youtube", "YouTube"
    OTHER = "other", _("another platform")


class RegistrationState(models.TextChoices):
    """Where a registration stands. PENDING takes no seat: its address is not confirmed yet."""

    PENDING = "pending", _("Waits for the address to be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    WAITING = "waiting", _("On the waiting list")
    CANCELLED = "cancelled", _("Cancelled")


class LetterKind(models.TextChoices):
    """What a letter to a registrant is about."""

    CONFIRM_ADDRESS = "confirm-address", _("Confirm the address")
    CONFIRMATION = "confirmation", _("Confirmation")
    DAY_BEFORE = "day-before", _("Reminder, a day before")
    HOUR_BEFORE = "hour-before", _("Reminder, an hour before")
    LINK = "link", _("The link")
    SEAT = "seat", _("A seat has become free")
    MOVED = "moved", _("Moved")
    CANCELLED = "cancelled", _("Cancelled")
    THANKS = "thanks", _("Thank you")


class QuestionState(models.TextChoices):
    """The four columns of the moderator's desk. The public sees LIVE and ANSWERED."""

    PENDING = "pending", _("Pending")
    LIVE = "live", _("Live")
    ANSWERED = "answered", _("Answered")
    HIDDEN = "hidden", _("Hidden")


class RejectionReason(models.TextChoices):
    """Why a question is not shown: the published list, beside how often each was given."""

    OFF_TOPIC = "off-topic", _("It is about something else than the seminar.")
    NOT_A_QUESTION = "not-a-question", _("It asks nothing.")
    ADVERTISEMENT = "advertisement", _("It advertises.")
    INSULT = "insult", _("It insults or threatens somebody.")
    PRIVATE = "private", _("It tells of a private person.")
    UNREADABLE = "unreadable", _("It cannot be understood.")


class MessageKind(models.TextChoices):
    """What readers of a room are told; the names of the server-sent events."""

    QUESTION = "question", _("a question as it is now")
    GONE = "gone", _("a question that is not shown any more")
    SCREEN = "screen", _("the question before the speaker, or none")


class Grade(models.IntegerChoices):
    """How useful a seminar was to somebody."""

    ONE = 1, _("Of no use")
    TWO = 2, _("Of little use")
    THREE = 3, _("Of some use")
    FOUR = 4, _("Useful")
    FIVE = 5, _("Very useful")


class FeedbackHindrance(models.TextChoices):
    """Why somebody cannot say how a seminar was; each says what to do."""

    NO_SEAT = (
        "no-seat",
        _("You had no seat in this seminar: feedback is asked of those who had one."),
    )
    CANCELLED = "cancelled", _("This seminar was cancelled, so there is nothing to fill in.")
    NOT_OVER = "not-over", _("This seminar is not over yet. Come back by this link when it is.")
    TOO_LATE = (
        "too-late",
        _("Feedback was taken for 30 days. It is closed now; write to the secretariat instead."),
    )
