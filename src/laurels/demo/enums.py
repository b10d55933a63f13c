from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stop(TextChoices):
    """A moment that the demo's clock can be moved on to, in order."""

    FIRST_SEMINAR = "first-seminar", _("To the first seminar")
    LAST_HOUR = "last-hour", _("To the last hour of the vote")
    PAST_THE_CLOSE = "past-the-close", _("Past the close")
    CEREMONY = "ceremony", _("To the ceremony")
