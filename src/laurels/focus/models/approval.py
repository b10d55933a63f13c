"""What co-publishers say of one version of an article, and who may say it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from laurels.focus.enums import Answer
from laurels.focus.queries import ApprovalQuerySet
from laurels.partners.models import Partner


class Signatory(models.Model):
    """A person who may approve articles for a partner.

    The address gets the private links; an account with the same address may approve as well.
    """

    partner = models.ForeignKey(
        Partner, on_delete=models.CASCADE, related_name="signatories", verbose_name=_("partner")
    )
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"))

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering: ClassVar = ["partner__short_name", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                Lower("email"), "partner", name="signatory_is_one_per_partner_and_address"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.partner.short_name}"


class Approval(models.Model):
    """What one partner was asked and answered about one version of an article. Real time.

    `content_digest` binds it to the content, since the admin may save over a revision.
    Written by `laurels.focus.actions` alone.
    """

    article = models.ForeignKey(
        "focus.FocusArticlePage", on_delete=models.CASCADE, related_name="approvals"
    )
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    content_digest = models.CharField(_("digest of the content"), max_length=64)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="approvals")
    answer = models.CharField(
        _("answer"), max_length=20, choices=Answer.choices, default=Answer.WAITING
    )
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_by = models.CharField(_("answered by"), max_length=200, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering: ClassVar = ["-asked_at", "partner__short_name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="approval_is_one_per_version_and_partner",
                fields=["revision", "content_digest", "partner"],
            ),
            models.CheckConstraint(
                name="approval_refused_has_a_reason",
                condition=~models.Q(answer=Answer.REFUSED) | ~models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="approval_answered_has_time_and_name",
                condition=models.Q(answer=Answer.WAITING, answered_at=None, answered_by="")
                | (
                    ~models.Q(answer=Answer.WAITING)
                    & models.Q(answered_at__isnull=False)
                    & ~models.Q(answered_by="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner.short_name}: {self.get_answer_display()}"
