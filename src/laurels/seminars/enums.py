"""The states of a seminar."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SeminarState(models.TextChoices):
    """Where a seminar stands; computed from its times and its edition's clock."""

    PLANNED = "planned", _("Planned")
    LIVE = "live", _("Under way")
    OVER = "over", _("Over")
