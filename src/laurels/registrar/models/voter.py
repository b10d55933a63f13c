"""Mailboxes, the codes sent to them, and the tickets they were given."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laurels.registrar.enums import Grade
from laurels.registrar.models.register import RegistrarElection


class Mailbox(models.Model):
    """One mailbox that typed its code. `last_serial` is that of its newest signed ticket."""

    election = models.ForeignKey(
        RegistrarElection, on_delete=models.CASCADE, related_name="mailboxes"
    )
    digest = models.BinaryField(_("HMAC-SHA256 of the address"), max_length=32)
    tag = models.BinaryField(_("tag"), max_length=16, unique=True)
    grade = models.CharField(_("grade"), max_length=16, choices=Grade)
    last_serial = models.PositiveIntegerField(_("last serial"), default=0)

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="mailbox_votes_once_an_election", fields=["election", "digest"]
            ),
        ]

    def __str__(self) -> str:
        return f"mailbox {self.pk}"


class Code(models.Model):
    """A six-digit code on its way. Real time. The address is forgotten when the code is used."""

    election = models.ForeignKey(RegistrarElection, on_delete=models.CASCADE, related_name="codes")
    digest = models.BinaryField(_("HMAC-SHA256 of the address"), max_length=32)
    address = models.CharField(_("address"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=16)
    request_hash = models.BinaryField(_("SHA-256 of the browser's secret"), unique=True)
    code_hash = models.BinaryField(_("HMAC-SHA256 of the code"), max_length=32)
    tries_left = models.PositiveSmallIntegerField(_("tries left"))
    expires_at = models.DateTimeField(_("expires at"), db_index=True)
    replaced_at = models.DateTimeField(_("replaced at"), null=True, blank=True)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        indexes: ClassVar = [models.Index(name="code_of_mailbox", fields=["election", "digest"])]
        constraints: ClassVar = [
            # Two requests at once would otherwise leave a mailbox with two good codes.
            models.UniqueConstraint(
                name="code_newest_is_one_per_mailbox",
                fields=["election", "digest"],
                condition=models.Q(replaced_at=None, used_at=None),
            ),
            models.CheckConstraint(
                name="code_forgets_the_address",
                condition=models.Q(address="")
                | models.Q(replaced_at__isnull=True, used_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"code {self.pk}"


class VoterSession(models.Model):
    """A browser that typed its code, for two hours of real time, and the serial offered to it."""

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="sessions")
    secret_hash = models.BinaryField(_("SHA-256 of the browser's secret"), unique=True)
    serial = models.PositiveIntegerField(_("serial offered"))
    address = models.CharField(_("address, until the ticket is signed"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=16)
    expires_at = models.DateTimeField(_("expires at"), db_index=True)

    class Meta:
        verbose_name = _("voter session")
        verbose_name_plural = _("voter sessions")

    def __str__(self) -> str:
        return f"session {self.pk}"


class Ticket(models.Model):
    """A serial offered to a mailbox, and signed once a sealed ballot's hash is known.

    `evc` is SHA-256(evidence_salt || evidence), fixed when the serial is offered (SPEC,
    section 5). Award time.
    """

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="tickets")
    serial = models.PositiveIntegerField(_("serial"))
    grade = models.CharField(_("grade"), max_length=16, choices=Grade)
    evidence_salt = models.BinaryField(_("salt"), max_length=32)
    evidence = models.BinaryField(_("evidence record, canonical JSON"))
    evc = models.BinaryField(_("evidence commitment"), max_length=32)
    offered_at = models.DateTimeField(_("offered at"))
    ciphertext_hash = models.BinaryField(_("SHA-256 of the sealed ballot"), null=True)
    signature = models.BinaryField(_("signature"), max_length=64, null=True)
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        constraints: ClassVar = [
            models.UniqueConstraint(name="ticket_is_one_per_serial", fields=["mailbox", "serial"]),
            models.CheckConstraint(
                name="ticket_serial_fits_the_log",
                condition=models.Q(serial__gte=1, serial__lte=65535),
            ),
            models.CheckConstraint(
                name="ticket_is_signed_over_a_hash",
                condition=models.Q(signature=None, ciphertext_hash=None, signed_at=None)
                | models.Q(
                    signature__isnull=False,
                    ciphertext_hash__isnull=False,
                    signed_at__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"ticket {self.pk}"
