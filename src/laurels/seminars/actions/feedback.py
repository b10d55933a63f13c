"""A guest says how a seminar was, and may say it otherwise for a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from laurels.seminars import rules
from laurels.seminars.models import Feedback, Registration
from laurels.seminars.refusals import NoFeedback

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.seminars.enums import Grade


@transaction.atomic
def give_feedback(
    *, registration: Registration, grade: Grade, keep: str, better: str, award_now: datetime
) -> Feedback:
    """Keep what a guest says, in place of what it said before; the same again changes nothing.

    Raise NoFeedback, whose sentence says why; then what was said before stands.
    """
    # Of a form sent twice at once, the second waits here and finds the first one's row.
    locked = Registration.objects.select_for_update(of=["self"], no_key=True).with_all()
    held = locked.get(pk=registration.pk)
    hindrance = rules.feedback_hindrance(held, award_now)
    if hindrance is not None:
        raise NoFeedback(str(hindrance.label))
    said = {"grade": grade, "keep": keep, "better": better}
    feedback = Feedback.objects.filter(registration=held).first()
    if feedback is None:
        return Feedback.objects.create(registration=held, written_at=award_now, **said)
    if {name: getattr(feedback, name) for name in said} != said:
        feedback.grade, feedback.keep, feedback.better = grade, keep, better
        feedback.changed_at = award_now
        feedback.save(update_fields=[*said, "changed_at"])
    return feedback
