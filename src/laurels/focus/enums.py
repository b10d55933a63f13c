"""The kinds of FOCUS articles, and what a co-publisher may have answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ArticleKind(models.TextChoices):
    BUNDLE = "bundle", _("Initiatives gathered under one theme")
    NEWS = "news", _("News or advice")


class Answer(models.TextChoices):
    """What a co-publisher said of one version of an article."""

    WAITING = "waiting", _("Waiting for an answer")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


class Signing(models.TextChoices):
    """Where an article stands between its draft and the public."""

    DRAFT = "draft", _("Draft")
    CHANGED = "changed", _("Changed since it was sent: ask again")
    ASKED = "asked", _("With the co-publishers")
    REFUSED = "refused", _("Refused, back with the editor")
    SCHEDULED = "scheduled", _("Approved by all, scheduled")
    LIVE = "live", _("Published")
