from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from laurels.ballotbox.models import Election


class Trustee(models.Model):
    """Holds one share of an election's key; known to us by its public half only."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="trustees")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    institution = models.CharField(max_length=200)
    # SEC 1 point, 65 bytes, and the proof of possession of SPEC, section 4, 64 bytes.
    key = models.BinaryField()
    proof = models.BinaryField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                name="trustee_has_its_own_position", fields=["election", "position"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.institution}"


class Reviewer(models.Model):
    """Signs, together with one of another institution, that a ballot is set aside."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="reviewers")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    institution = models.CharField(max_length=200)
    key = models.BinaryField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                name="reviewer_has_its_own_position", fields=["election", "position"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.institution}"


class Rehearsal(models.Model):
    """A dress run of one draft, from manifest to result, that verified."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="rehearsals")
    rehearsed_at = models.DateTimeField()
    # SHA-256 of the draft in hex: a draft that changes afterwards has not been rehearsed.
    draft_hash = models.CharField(max_length=64)
    report = models.JSONField()

    class Meta:
        ordering = ["rehearsed_at"]
        permissions = [("run_election", _("Can take the steps of an election"))]

    def __str__(self) -> str:
        return f"{self.election_id}: {self.draft_hash[:12]}"


class Reveal(models.Model):
    """The result has been told on the stage; from then on its page shows it."""

    election = models.OneToOneField(Election, on_delete=models.CASCADE, related_name="reveal")
    revealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.election_id}: {self.revealed_at:%Y-%m-%d %H:%M}"
