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
