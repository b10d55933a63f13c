"""The kinds of FOCUS articles."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ArticleKind(models.TextChoices):
    BUNDLE = "bundle", _("Initiatives gathered under one theme")
    NEWS = "news", _("News or advice")
