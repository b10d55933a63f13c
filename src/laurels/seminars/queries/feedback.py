"""What can be asked of feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count

from laurels.seminars.enums import Grade

if TYPE_CHECKING:
    from laurels.seminars.models import Feedback, Seminar


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def of(self, seminar: Seminar) -> Self:
        """Return what was said of a seminar, as it came; nobody's name is at hand."""
        return self.filter(registration__seminar=seminar).order_by("written_at", "pk")

    def worded(self) -> Self:
        """Return those that hold a text."""
        return self.exclude(keep="", better="")

    def by_grade(self) -> list[tuple[Grade, int]]:
        """Return how many gave each grade, all five of them; [] where nobody answered."""
        counted = dict(self.order_by().values_list("grade").annotate(Count("pk")))
        return [(grade, counted.get(grade.value, 0)) for grade in Grade] if counted else []
