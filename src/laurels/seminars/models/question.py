"""What is asked in a seminar, and who wants it answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laurels.library.models import InitiativePage
from laurels.seminars.enums import QuestionState, RejectionReason
from laurels.seminars.models.seminar import Seminar
from laurels.seminars.queries import QuestionQuerySet

if TYPE_CHECKING:
    from laurels.seminars.models.answer import Answer


class Question(models.Model):
    """A question to one city of a seminar, or to all. Its times are on the award clock.

    Without `initiative` it goes to all cities. `asker` is SHA-256 of what the browser keeps,
    `network` a keyed hash of the sender's network, emptied by `actions.forget_networks`.
    `original_text` is there where a moderator edited the language. `version` grows with each deed
    of a moderator, the last one's name is `changed_by`. `answered_at` is when it was answered
    first, live or by a city in writing; `answered_second`, of what was answered live, counts from
    the start of the recording. Written by `actions` alone.
    """

    seminar = models.ForeignKey(
        Seminar, on_delete=models.CASCADE, related_name="questions", verbose_name=_("seminar")
    )
    initiative = models.ForeignKey(
        InitiativePage,
        # Without its initiative it would be a question to all.
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("to"),
    )
    asker = models.BinaryField(_("asker"), max_length=32)
    network = models.BinaryField(_("network"), max_length=32, null=True, blank=True)
    name = models.CharField(_("name"), max_length=80, blank=True)
    language = models.CharField(_("language of the page"), max_length=16)
    text = models.TextField(_("question"))
    original_text = models.TextField(_("as it was asked"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=QuestionState, default=QuestionState.PENDING
    )
    reason = models.CharField(_("reason"), max_length=20, choices=RejectionReason, blank=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duplicates",
        verbose_name=_("merged into"),
    )
    vote_count = models.PositiveIntegerField(_("want it answered"), default=0)
    version = models.PositiveIntegerField(_("version"), default=0)
    changed_by = models.CharField(_("last changed by"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    is_answered_live = models.BooleanField(_("answered live"), default=False)
    answered_second = models.PositiveIntegerField(
        _("second of the recording"), null=True, blank=True
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering: ClassVar = ["seminar", "asked_at", "pk"]
        indexes: ClassVar = [
            models.Index(name="question_column", fields=["seminar", "state"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="question_asks_something", condition=~models.Q(text="")),
            models.CheckConstraint(
                name="question_hidden_has_one_reason",
                condition=models.Q(state=QuestionState.HIDDEN)
                & (
                    models.Q(merged_into=None) & ~models.Q(reason="")
                    | models.Q(merged_into__isnull=False, reason="")
                )
                | ~models.Q(state=QuestionState.HIDDEN) & models.Q(merged_into=None, reason=""),
            ),
            models.CheckConstraint(
                name="question_answered_is_dated",
                condition=~models.Q(state=QuestionState.ANSWERED)
                | models.Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="question_minute_is_of_a_live_answer",
                condition=models.Q(answered_second=None)
                | models.Q(is_answered_live=True, answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def answer_of(self, initiative_id: int) -> Answer | None:
        """Return what one city wrote; answers at hand."""
        found = (each for each in self.answers.all() if each.initiative_id == initiative_id)
        return next(found, None)


class Vote(models.Model):
    """One person who wants a question answered; `voter` is SHA-256 of what the browser keeps."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="votes")
    voter = models.BinaryField(_("voter"), max_length=32)

    class Meta:
        verbose_name = _("up-vote")
        verbose_name_plural = _("up-votes")
        constraints: ClassVar = [
            models.UniqueConstraint(name="vote_counts_once_a_person", fields=["question", "voter"]),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}"
