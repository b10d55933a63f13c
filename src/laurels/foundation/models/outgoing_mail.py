"""Letters that wait to be sent, written in the transaction of what caused them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laurels.foundation.models.mail_batch import MailBatch
from laurels.foundation.queries import OutgoingMailQuerySet


class OutgoingMail(models.Model):
    """One letter to one address. Real time throughout.

    `released_at` is empty while a mass mail waits for a person. `calendar` is an iCalendar text
    that goes along, `stop_url` where one click stops such letters. What `FORGOTTEN` names is
    emptied when the letter is sent or given up; `message_id` stays the same at every try, so
    that a second copy after a crash can be recognised. `handed_over_at` without an end is a
    letter in doubt: `is_once` then means that it is not sent again. Abstract: an app with a
    database of its own keeps its letters there. Written by `laurels.foundation.outbox` alone.
    """

    FORGOTTEN: ClassVar[tuple[str, ...]] = (
        "address",
        "reply_to",
        "subject",
        "text",
        "calendar",
        "stop_url",
    )

    message_id = models.CharField(_("message id"), max_length=200, unique=True)
    address = models.CharField(_("address"), max_length=254, blank=True)
    # Where an answer goes if not to the site: the person on whose behalf the letter is sent.
    reply_to = models.CharField(_("answers go to"), max_length=254, blank=True)
    subject = models.TextField(_("subject"), blank=True)
    text = models.TextField(_("text"), blank=True)
    calendar = models.TextField(_("calendar"), blank=True)
    stop_url = models.CharField(_("address that stops them"), max_length=500, blank=True)
    is_once = models.BooleanField(_("better never than twice"), default=False)
    created_at = models.DateTimeField(_("created at"))
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)
    next_try_at = models.DateTimeField(_("next try at"))
    expires_at = models.DateTimeField(_("of no use after"), null=True, blank=True)
    try_count = models.PositiveSmallIntegerField(_("tries"), default=0)
    handed_over_at = models.DateTimeField(_("text handed over at"), null=True, blank=True)
    failure = models.CharField(_("last failure"), max_length=80, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("given up at"), null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes: ClassVar = [
            models.Index(
                name="%(app_label)s_%(class)s_due",
                fields=["next_try_at"],
                condition=models.Q(sent_at=None, given_up_at=None),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_forgets_the_address",
                condition=models.Q(sent_at=None, given_up_at=None)
                | models.Q(address="", reply_to="", subject="", text="", calendar="", stop_url=""),
            ),
        ]

    def __str__(self) -> str:
        return self.message_id


class Mail(OutgoingMail):
    """A letter of the site itself.

    `batch` is of those that go to many. `language` and `wording` tell its samples apart;
    `recipient_key` is whom the writer means, and is forgotten with the address.
    """

    FORGOTTEN: ClassVar = (*OutgoingMail.FORGOTTEN, "recipient_key")

    batch = models.ForeignKey(
        MailBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    language = models.CharField(_("language"), max_length=16, blank=True)
    wording = models.CharField(_("wording"), max_length=40, blank=True)
    recipient_key = models.CharField(_("whom the writer means"), max_length=80, blank=True)

    class Meta(OutgoingMail.Meta):
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints: ClassVar = [
            *OutgoingMail.Meta.constraints,
            models.CheckConstraint(
                name="mail_forgets_whom_it_meant",
                condition=models.Q(sent_at=None, given_up_at=None) | models.Q(recipient_key=""),
            ),
            models.CheckConstraint(
                name="mail_waits_in_a_batch_only",
                condition=models.Q(released_at__isnull=False) | models.Q(batch__isnull=False),
            ),
        ]
