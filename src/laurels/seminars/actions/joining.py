"""The personal link: who came, and from where the form was opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from laurels.seminars import rules
from laurels.seminars.models import Registration, ShareCount

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.editions.models import Edition


@transaction.atomic
def join(*, registration: Registration, award_now: datetime) -> None:
    """Note that somebody uses the personal link while it is open."""
    Registration.objects.filter(pk=registration.pk).update(
        joined_at=Coalesce("joined_at", award_now),
        last_joined_at=award_now,
        join_count=F("join_count") + 1,
    )


@transaction.atomic
def count_share(*, edition: Edition, source: str) -> None:
    """Count that the form was opened from there; no more words than can be looked through."""
    counted = ShareCount.objects.filter(edition=edition, source=source)
    if counted.update(count=F("count") + 1):
        return
    if ShareCount.objects.filter(edition=edition).count() < rules.SOURCES_COUNTED:
        ShareCount.objects.bulk_create(
            [ShareCount(edition=edition, source=source)], ignore_conflicts=True
        )
        counted.update(count=F("count") + 1)
