"""What can be asked of questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, F

from laurels.seminars.enums import QuestionState

if TYPE_CHECKING:
    from laurels.seminars.models import Question, Seminar

SHOWN = [QuestionState.LIVE, QuestionState.ANSWERED]
ORDERS = {
    "wanted": (["-vote_count", "asked_at", "pk"], [QuestionState.LIVE]),
    "newest": (["-asked_at", "-pk"], [QuestionState.LIVE]),
    "answered": (["-vote_count", "asked_at", "pk"], [QuestionState.ANSWERED]),
}


class QuestionQuerySet(models.QuerySet["Question"]):
    def of(self, seminar: Seminar) -> Self:
        return self.filter(seminar=seminar)

    def shown(self) -> Self:
        """Return those that the public sees."""
        return self.filter(state__in=SHOWN)

    def with_cities(self) -> Self:
        return self.select_related("initiative__city")

    def for_the_room(self, seminar: Seminar) -> Self:
        """Return all that are shown, the most wanted first; cities at hand."""
        return self.of(seminar).shown().with_cities().order_by("-vote_count", "asked_at", "pk")

    def for_the_desk(self, seminar: Seminar) -> Self:
        """Return all of a seminar, cities and what they were merged into at hand."""
        wanted = self.of(seminar).select_related("initiative__city", "merged_into")
        return wanted.order_by("-vote_count", "asked_at", "pk")

    def by(self, asker: bytes, seminar: Seminar) -> Self:
        """Return what one person asked, the newest first."""
        return self.of(seminar).filter(asker=asker).order_by("-asked_at", "-pk")

    def to(self, initiative_id: int | None) -> Self:
        """Return what the public may read of the questions to one initiative, as they came."""
        found = self.shown().filter(initiative_id=initiative_id)
        return found.select_related("seminar__edition").order_by("asked_at", "pk")

    def for_the_city(self, seminar: Seminar, initiative_id: int) -> Self:
        """Return what a city is asked in a seminar: what names it, and what goes to all."""
        named = models.Q(initiative_id=initiative_id) | models.Q(initiative=None)
        return self.of(seminar).shown().filter(named).order_by("-vote_count", "asked_at", "pk")

    def unanswered(self) -> Self:
        return self.filter(answer_written_at=None)

    def rejected_by_reason(self) -> list[tuple[str, int]]:
        """Return how many were not shown for each reason; merged ones were shown elsewhere."""
        hidden = self.filter(state=QuestionState.HIDDEN, merged_into=None)
        counted = hidden.values_list("reason").annotate(count=Count("pk"))
        return list(counted.order_by(F("count").desc(), "reason"))
