"""What stays of a seminar: recording, slides, minutes and where each presentation begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from laurels.foundation import audit
from laurels.seminars.actions.mailing import about
from laurels.seminars.actions.telling import lock_room
from laurels.seminars.models import Chapter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from laurels.seminars.models import Seminar


@transaction.atomic
def keep_what_remains(
    *,
    seminar: Seminar,
    recording_url: str,
    slides_url: str,
    minutes: str,
    chapters: Mapping[int, int],
    person_name: str,
    now: datetime,
) -> None:
    """Publish what remains; `chapters` gives the second at which an initiative's part begins."""
    room = lock_room(seminar)
    room.slides_url, room.minutes = slides_url, minutes
    room.save(update_fields=["slides_url", "minutes"])
    type(seminar).objects.filter(pk=seminar.pk).update(recording_url=recording_url)
    Chapter.objects.filter(seminar=seminar).delete()
    Chapter.objects.bulk_create(
        [
            Chapter(seminar=seminar, initiative_id=initiative, second=second)
            for initiative, second in chapters.items()
        ]
    )
    audit.record(person_name=person_name, deed="keep what remains", about=about(seminar), now=now)
