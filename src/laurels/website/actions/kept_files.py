"""A file of initiatives between its check and its import: what is imported is what was checked."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from laurels.foundation.models import KeptFile
from laurels.website.actions.import_initiatives import (
    Import,
    import_initiatives,
    tell_nobody,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

PURPOSE = "import_initiatives"
KEPT_FOR = timedelta(days=7)
LONGEST_NAME = 200


class FileIsNotWhatWasChecked(ValueError):  # noqa: N818 -- named for what is wrong
    """The kept file was taken in already, or is no longer the one that was checked."""


@transaction.atomic
def keep_file(*, name: str, content: bytes, person_name: str, now: datetime) -> KeptFile:
    """Keep the bytes that were checked; files that nobody took in for a week go."""
    KeptFile.objects.filter(purpose=PURPOSE, taken_in_at=None, kept_at__lt=now - KEPT_FOR).delete()
    return KeptFile.objects.create(
        purpose=PURPOSE,
        name=name[-LONGEST_NAME:],
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        kept_at=now,
        kept_by=person_name,
    )


@transaction.atomic
def take_in(
    *,
    pk: int,
    digest: str,
    person_name: str,
    now: datetime,
    now_of: Callable[[str], datetime],
    file_wins: bool = False,
    tell: Callable[[int], None] = tell_nobody,
) -> Import:
    """Import a kept file; raise FileIsNotWhatWasChecked where it is not the one of that digest.

    The library may have changed since the check: with a problem nothing is written and the file
    stays, to be looked at again.
    """
    # Of two clicks at once the second finds the file taken in.
    kept = KeptFile.objects.select_for_update().filter(pk=pk, purpose=PURPOSE).first()
    if kept is None or kept.taken_in_at or kept.digest != digest or not kept.is_as_it_was:
        raise FileIsNotWhatWasChecked
    done = import_initiatives(
        name=kept.name,
        content=bytes(kept.content),
        person_name=person_name,
        now=now,
        now_of=now_of,
        file_wins=file_wins,
        tell=tell,
    )
    if done.is_possible:
        kept.content = b""
        kept.taken_in_at = now
        kept.save(update_fields=["content", "taken_in_at"])
    return done
