"""The words of the log."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryKind(models.TextChoices):
    """The types of a log entry; each value is `t` of SPEC section 3."""

    MANIFEST = "manifest", _("manifest")
    BALLOT = "ballot", _("ballot")
    NOTICE = "notice", _("notice")
    EXTEND = "extend", _("extension")
    CLOSE = "close", _("close")
    VOID = "void", _("void")
    UNVOID = "unvoid", _("void taken back")
    FREEZE = "freeze", _("freeze")
    UNLINKED = "unlinked", _("link destroyed")
    OPEN = "open", _("key published")
    RESULT = "result", _("result")


class PaperState(models.TextChoices):
    """What a ballot paper can be used for."""

    EARLY = "early", _("not open yet")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
