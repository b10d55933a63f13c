"""Choices of the registrar."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Grade(TextChoices):
    """How strong the proof of a mailbox is; stands in every ballot of the log."""

    MAIL = "mail", _("a code sent to a mailbox")
