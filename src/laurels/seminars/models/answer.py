"""What the cities answer in writing."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from laurels.library.models import InitiativePage
from laurels.seminars.models.question import Question


class Answer(models.Model):
    """A city's answer in writing to a question, for good on its page. Times of the award clock.

    A question to all has one of each city that answers. `version` counts what was published, so
    that nobody overwrites what a colleague wrote meanwhile; `changed_at` is there where a better
    one took the place of the first.
    """

    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="answers", verbose_name=_("question")
    )
    initiative = models.ForeignKey(
        InitiativePage,
        on_delete=models.PROTECT,
        related_name="answers",
        verbose_name=_("answered by"),
    )
    text = models.TextField(_("answer"))
    language = models.CharField(_("language"), max_length=16)
    version = models.PositiveIntegerField(_("version"), default=1)
    written_at = models.DateTimeField(_("written"))
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering: ClassVar = ["question", "written_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="answer_is_one_per_question_and_city", fields=["question", "initiative"]
            ),
            models.CheckConstraint(name="answer_says_something", condition=~models.Q(text="")),
            models.CheckConstraint(
                name="answer_names_its_language", condition=~models.Q(language="")
            ),
            models.CheckConstraint(
                name="answer_changes_after_it_is_written",
                condition=models.Q(changed_at=None)
                | models.Q(changed_at__gte=models.F("written_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
