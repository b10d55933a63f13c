"""What partners show of the award at their own sites."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

# The parts that the award's own record gives its partners, for the catalogues.
ROLES = (gettext_noop("co-organiser"), gettext_noop("co-organiser and host"))


class EmbedKind(models.TextChoices):
    """What can be shown elsewhere; the value is a part of its address."""

    FOCUS = "focus", _("FOCUS article")
    CAMPAIGN = "campaign", _("Campaign: vote, seminars and ceremony")
    CITY = "city", _("City and its initiative")
    COUNTDOWN = "countdown", _("Countdown to the close of the vote")
