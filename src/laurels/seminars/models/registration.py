"""Who comes to which seminar, and what each was written."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laurels.editions.models import Edition, check_zone
from laurels.foundation.ids import new_secret
from laurels.seminars.enums import LetterKind, RegistrationState
from laurels.seminars.models.seminar import Seminar
from laurels.seminars.queries import RegistrantQuerySet, RegistrationQuerySet


class Registrant(models.Model):
    """One person of one edition's seminars, known by one mail address; no account. Real time.

    `canonical` is the form of the address under which it is counted. `token` opens the private
    page and is written to the address only. Until `confirmed_at` nothing but the request to
    confirm is written. `reminders_stopped_at`: no letter goes but those the person causes and
    those that a seminar is moved or cancelled.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="registrants")
    address = models.CharField(_("address"), max_length=254)
    canonical = models.CharField(_("address as counted"), max_length=254)
    token = models.CharField(_("private token"), max_length=43, unique=True, default=new_secret)
    name = models.CharField(_("name"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=120, blank=True)
    country_code = models.CharField(_("country (ISO 3166)"), max_length=2, blank=True)
    zone = models.CharField(_("time zone"), max_length=60, validators=[check_zone])
    language = models.CharField(_("language"), max_length=16)
    source = models.CharField(_("came from"), max_length=40, blank=True)
    created_at = models.DateTimeField(_("asked"))
    asked_at = models.DateTimeField(_("last written to on request"), null=True, blank=True)
    consented_at = models.DateTimeField(_("consented"))
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)
    reminders_stopped_at = models.DateTimeField(_("reminders stopped"), null=True, blank=True)

    objects = RegistrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("registrant")
        verbose_name_plural = _("registrants")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="registrant_address_is_one_per_edition", fields=["edition", "canonical"]
            ),
        ]

    def __str__(self) -> str:
        return self.address


class Registration(models.Model):
    """One registrant and one seminar.

    `queued_at` (real time) orders the waiting list, then `pk`. `seated_at` is on the award
    clock: reminders that fell due before are not sent. `change_count` counts what this person's
    calendar must learn of, beside the seminar's own changes. `token` is the personal link, which
    sends on to the platform; `joined_at` (award clock) is its first use in time, `join_count`
    all of them.
    """

    registrant = models.ForeignKey(
        Registrant, on_delete=models.CASCADE, related_name="registrations"
    )
    seminar = models.ForeignKey(Seminar, on_delete=models.PROTECT, related_name="registrations")
    state = models.CharField(_("state"), max_length=12, choices=RegistrationState)
    token = models.CharField(_("personal link"), max_length=43, unique=True, default=new_secret)
    created_at = models.DateTimeField(_("asked"))
    queued_at = models.DateTimeField(_("place in the queue since"), null=True, blank=True)
    seated_at = models.DateTimeField(_("has a seat since"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    joined_at = models.DateTimeField(_("came"), null=True, blank=True)
    last_joined_at = models.DateTimeField(_("came last"), null=True, blank=True)
    change_count = models.PositiveIntegerField(_("changes"), default=0)
    join_count = models.PositiveIntegerField(_("uses of the link"), default=0)

    # Given by the person's own page, never stored.
    place_in_queue: int
    may_leave: bool

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering: ClassVar = ["seminar", "pk"]
        permissions: ClassVar = [("run_seminar", "May move, cancel and write to a seminar")]
        indexes: ClassVar = [
            models.Index(name="registration_queue", fields=["seminar", "state", "queued_at"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="registration_is_one_per_seminar", fields=["registrant", "seminar"]
            ),
            models.CheckConstraint(
                name="registration_seat_is_dated",
                condition=~models.Q(state=RegistrationState.CONFIRMED)
                | models.Q(seated_at__isnull=False),
            ),
            models.CheckConstraint(
                name="registration_wait_is_dated",
                condition=~models.Q(state=RegistrationState.WAITING)
                | models.Q(queued_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registrant} · {self.seminar}"


class ShareCount(models.Model):
    """How often the form of an edition was opened from where: a plain word in the address."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="share_counts")
    source = models.CharField(_("came from"), max_length=40)
    count = models.PositiveIntegerField(_("openings"), default=0)

    class Meta:
        verbose_name = _("share count")
        verbose_name_plural = _("share counts")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="share_count_is_one_per_word", fields=["edition", "source"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.count}"


class LetterNote(models.Model):
    """That one registration was written one kind of letter about one start: never a second time.

    `about` is the seminar's `sequence` at that time, so that a seminar that was moved is
    reminded of anew.
    """

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="letter_notes"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=LetterKind)
    about = models.PositiveIntegerField(_("about the change"))
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("note of a letter")
        verbose_name_plural = _("notes of letters")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="letter_of_a_kind_is_written_once", fields=["registration", "kind", "about"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.about})"
