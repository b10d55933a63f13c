"""The roles of the people who run the award."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A group of people; the value is the group's name."""

    SECRETARIAT = "Secretariat", _("Secretariat")
    PUBLISHER = "Publisher", _("Publisher")
    EDITOR = "Editor", _("Editor")
    TRANSLATOR = "Translator", _("Translator")
    PARTNER_EDITOR = "Partner editor", _("Partner editor")
