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

    def with_answers(self) -> Self:
        """Have the answers at hand, with their cities: three queries for all questions."""
        return self.prefetch_related("answers__initiative__city")

    def for_the_room(self, seminar: Seminar) -> Self:
        """Return all that are shown, the most wanted first; cities at hand."""
        return self.of(seminar).shown().with_cities().order_by("-vote_count", "asked_at", "pk")

    def for_the_desk(self, seminar: Seminar) -> Self:
        """Return all of a seminar; cities, answers and what they were merged into at hand."""
        wanted = self.of(seminar).select_related("initiative__city", "merged_into").with_answers()
        return wanted.order_by("-vote_count", "asked_at", "pk")

    def by(self, asker: bytes, seminar: Seminar) -> Self:
        """Return what one person asked, the newest first."""
        return self.of(seminar).filter(asker=asker).order_by("-asked_at", "-pk")

    def asked_of(self, initiative_id: int) -> Self:
        """Return what one city is asked: by name, or with all that present in the seminar.

        What it answered stays, though its presentation was taken out of the programme.
        """
        everything = self.model.objects.all()
        with_all = everything.filter(
            initiative=None, seminar__presentations__initiative_id=initiative_id
        )
        answered = everything.filter(answers__initiative_id=initiative_id)
        return self.filter(
            models.Q(initiative_id=initiative_id)
            | models.Q(pk__in=with_all.values("pk"))
            | models.Q(pk__in=answered.values("pk"))
        )

    def on_the_page_of(self, initiative_id: int | None) -> Self:
        """Return what stands on an initiative's page, by seminar; none for one never saved."""
        if initiative_id is None:
            return self.none()
        found = self.shown().asked_of(initiative_id).select_related("seminar__edition")
        return found.with_answers().order_by("seminar__starts_at", "seminar", "asked_at", "pk")

    def for_the_city(self, seminar: Seminar, initiative_id: int) -> Self:
        """Return what a city is asked in a seminar, the most wanted first."""
        found = self.of(seminar).shown().asked_of(initiative_id)
        return found.order_by("-vote_count", "asked_at", "pk")

    def unanswered_by(self, initiative_id: int) -> Self:
        """Leave out what was answered live, and what this city answered in writing."""
        answered = self.model.objects.filter(answers__initiative_id=initiative_id)
        return self.filter(is_answered_live=False).exclude(pk__in=answered.values("pk"))

    def rejected_by_reason(self) -> list[tuple[str, int]]:
        """Return how many were not shown for each reason; merged ones were shown elsewhere."""
        hidden = self.filter(state=QuestionState.HIDDEN, merged_into=None)
        counted = hidden.values_list("reason").annotate(count=Count("pk"))
        return list(counted.order_by(F("count").desc(), "reason"))
