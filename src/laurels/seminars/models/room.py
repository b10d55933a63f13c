"""The room of a seminar: what is told in it, what stays of it, who may not speak."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laurels.foundation.ids import new_secret
from laurels.library.models import InitiativePage
from laurels.seminars.enums import MessageKind
from laurels.seminars.models.question import Question
from laurels.seminars.models.seminar import Seminar
from laurels.seminars.queries import HeadcountQuerySet


class Room(models.Model):
    """One seminar's room. Whoever tells something locks this row until the commit.

    So messages become visible in the order of their numbers, and none is missing between two.
    """

    seminar = models.OneToOneField(
        Seminar, on_delete=models.CASCADE, primary_key=True, related_name="room"
    )
    last_number = models.PositiveBigIntegerField(_("number of the last message"), default=0)
    on_screen = models.ForeignKey(
        Question,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("before the speaker"),
    )
    slides_url = models.URLField(_("slides"), max_length=1000, blank=True)
    minutes = models.TextField(_("minutes"), blank=True)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")

    def __str__(self) -> str:
        return str(self.seminar)


class RoomMessage(models.Model):
    """What all readers of a room are told, once and in order; `body` is JSON on one line."""

    seminar = models.ForeignKey(Seminar, on_delete=models.CASCADE, related_name="messages")
    number = models.PositiveBigIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=12, choices=MessageKind)
    body = models.TextField(_("body"))

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="room_message_number_is_one_per_seminar", fields=["seminar", "number"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seminar_id}/{self.number}"


class Headcount(models.Model):
    """How many people were in a room in one minute, and nothing of who they were.

    `minute` is an instant of the award clock. A minute without a row was not counted. Written by
    the stream's process alone.
    """

    seminar = models.ForeignKey(Seminar, on_delete=models.CASCADE, related_name="headcounts")
    minute = models.DateTimeField(_("minute"))
    people = models.PositiveIntegerField(_("people"))

    objects = HeadcountQuerySet.as_manager()

    class Meta:
        verbose_name = _("headcount")
        verbose_name_plural = _("headcounts")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="headcount_is_one_per_minute", fields=["seminar", "minute"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seminar_id}: {self.people}"


class Block(models.Model):
    """A person or a network that may not ask in a seminar; `key` as in a question."""

    seminar = models.ForeignKey(Seminar, on_delete=models.CASCADE, related_name="blocks")
    key = models.BinaryField(_("key"), max_length=32)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints: ClassVar = [
            models.UniqueConstraint(name="block_is_made_once", fields=["seminar", "key"]),
        ]

    def __str__(self) -> str:
        return f"{self.seminar_id}"


class Chapter(models.Model):
    """Where an initiative's presentation begins in the recording, in seconds."""

    seminar = models.ForeignKey(Seminar, on_delete=models.CASCADE, related_name="chapters")
    initiative = models.ForeignKey(InitiativePage, on_delete=models.CASCADE, related_name="+")
    second = models.PositiveIntegerField(_("second of the recording"))

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering: ClassVar = ["second"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="chapter_is_one_per_presentation", fields=["seminar", "initiative"]
            ),
        ]

    def __str__(self) -> str:
        return str(self.initiative)


class CityContact(models.Model):
    """A city's representatives in one seminar: whoever has `token` answers for the city.

    `asked_at` and `reminded_at` are real times of the letters that ask for answers in writing.
    """

    seminar = models.ForeignKey(Seminar, on_delete=models.CASCADE, related_name="city_contacts")
    initiative = models.ForeignKey(
        InitiativePage, on_delete=models.CASCADE, related_name="contacts_in_seminars"
    )
    address = models.EmailField(_("address"))
    language = models.CharField(_("language"), max_length=16)
    token = models.CharField(_("private token"), max_length=43, unique=True, default=new_secret)
    asked_at = models.DateTimeField(_("asked for answers"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)

    class Meta:
        verbose_name = _("city's representative")
        verbose_name_plural = _("cities' representatives")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="city_contact_is_one_per_seminar", fields=["seminar", "initiative"]
            ),
        ]

    def __str__(self) -> str:
        return str(self.initiative)


class CityNote(models.Model):
    """A short note between the moderators and one city; nobody else reads it. Real time."""

    contact = models.ForeignKey(CityContact, on_delete=models.CASCADE, related_name="notes")
    is_from_city = models.BooleanField(_("from the city"))
    author = models.CharField(_("author"), max_length=200)
    text = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering: ClassVar = ["written_at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
