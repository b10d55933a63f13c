"""What the seminars do when the foundation calls: letters due, seats free, batches that end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from laurels.foundation import clock
from laurels.foundation.signals import batch_discarded, batch_leaves, housekeeping_due
from laurels.seminars import actions
from laurels.seminars.models import Seminar

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.foundation.models import MailBatch


@receiver(housekeeping_due)
def keep_house(now: datetime, **_rest: Any) -> None:
    """Write what is due by each edition's award clock; sending itself reads real time."""
    actions.forget_unconfirmed(now=now)
    seminars = list(Seminar.objects.select_related("edition"))
    shown = clock.award_nows({seminar.edition.clock_name for seminar in seminars})
    for seminar in seminars:
        award_now = shown[seminar.edition.clock_name]
        if seminar.cancelled_at is None and award_now < seminar.ends_at:
            actions.let_move_up(seminar=seminar, now=now, award_now=award_now)
            actions.write_due_letters(seminar=seminar, now=now, award_now=award_now)
        actions.ask_for_answers(seminar=seminar, now=now, award_now=award_now)
        actions.forget_addresses(seminar=seminar, award_now=award_now)
        actions.forget_networks(award_now=award_now, edition_id=seminar.edition_id)


@receiver(batch_leaves)
def drop_unwanted(batch: MailBatch, **_rest: Any) -> None:
    actions.drop_unwanted(batch)


@receiver(batch_discarded)
def forget_notes(batch: MailBatch, **_rest: Any) -> None:
    actions.forget_notes(batch)
