"""The roles of the people who run the award."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A group of people; the value is the group's name."""

    SECRETARIAT = "Secretariat", _("Secretariat")
    EDITOR = "Editor", _("Editor")
