"""What can be asked of registrants and their registrations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from laurels.seminars.enums import RegistrationState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from laurels.seminars.models import Registrant, Registration, Seminar


class RegistrantQuerySet(models.QuerySet["Registrant"]):
    def locked(self, pk: int) -> Registrant:
        """Return one registrant for changing it and its registrations, alone."""
        return self.select_for_update(of=["self"]).select_related("edition").get(pk=pk)


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def confirmed(self) -> Self:
        """Return those who have a seat."""
        return self.filter(state=RegistrationState.CONFIRMED)

    def waiting(self) -> Self:
        """Return the waiting list, the longest wait first."""
        return self.filter(state=RegistrationState.WAITING).order_by("queued_at", "pk")

    def standing(self) -> Self:
        """Return those who want to come: with a seat or waiting for one."""
        return self.filter(state__in=[RegistrationState.CONFIRMED, RegistrationState.WAITING])

    def of(self, seminar: Seminar) -> Self:
        return self.filter(seminar=seminar)

    def feedback_counts(self, useful_from: int) -> dict[str, int]:
        """Return how many had a seat, answered, and found it useful, in one query."""
        is_useful = models.Q(feedback__grade__gte=useful_from)
        return self.confirmed().aggregate(
            guests=models.Count("pk"),
            answered=models.Count("feedback"),
            useful=models.Count("feedback", filter=is_useful),
        )

    def seats_of(self, seminars: Iterable[Seminar]) -> dict[int, tuple[int, int]]:
        """Return how many have a seat and how many wait, by the key of the seminar."""
        found = self.filter(seminar__in=[each.pk for each in seminars]).values("seminar")
        counts = found.annotate(
            taken=models.Count("pk", filter=models.Q(state=RegistrationState.CONFIRMED)),
            waiting=models.Count("pk", filter=models.Q(state=RegistrationState.WAITING)),
        )
        return {each["seminar"]: (each["taken"], each["waiting"]) for each in counts.order_by()}

    def before_in_the_queue(self, registration: Registration) -> int:
        """Return how many wait longer than this one for the same seminar."""
        ahead = models.Q(queued_at__lt=registration.queued_at) | models.Q(
            queued_at=registration.queued_at, pk__lt=registration.pk
        )
        return self.filter(ahead, seminar=registration.seminar_id).waiting().count()

    def with_all(self) -> Self:
        """Return registrations with registrant, seminar and edition at hand."""
        return self.select_related("registrant", "seminar__edition")
