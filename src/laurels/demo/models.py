from __future__ import annotations

from django.db import models

from laurels.ballotbox.models import Election


class ClockTrip(models.Model):
    """One move of the demo's clock, with the invented ballots cast on the way."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="trips")
    destination = models.DateTimeField()
    started_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ballots_to_cast = models.PositiveIntegerField(default=0)
    ballots_cast = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)

    class Meta:
        constraints = [
            # Two tabs must not drive one clock.
            models.UniqueConstraint(
                name="one_clock_trip_at_a_time",
                fields=["election"],
                condition=models.Q(ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.election_id}: {self.destination:%Y-%m-%d %H:%M}"
