"""Another city says that it adapted an initiative; the first one confirms before it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from laurels.foundation import audit, ids
from laurels.library import letters
from laurels.library.actions import limits
from laurels.library.enums import Told
from laurels.library.models import Adaptation
from laurels.library.refusals import AlreadyDecided

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.library.models import InitiativePage


class Adopted(NamedTuple):
    """What a city says of its adaptation; `evidence` is a web address or ""."""

    city_name: str
    country: str
    year: int
    scale: str
    evidence: str = ""
    adapted_in: InitiativePage | None = None


@transaction.atomic
def tell_adaptation(
    *,
    initiative: InitiativePage,
    adopted: Adopted,
    told_by: str,
    told_from: str,
    network: str,
    now: datetime,
) -> Adaptation | None:
    """Keep what a city says, and ask the first city by a private link, or the secretariat.

    None where the very same was told within a day. Raise TooManyLetters above a limit.
    """
    parts = (adopted.city_name, adopted.country, str(adopted.year), adopted.scale, told_from)
    if not limits.is_first("adaptation", initiative.slug, *parts, now=now):
        return None
    limits.count(
        form="adaptation", network=network, case=initiative.slug, sender=told_from, now=now
    )
    secret = ids.new_secret()
    told = Adaptation.objects.create(
        initiative=initiative,
        **adopted._asdict(),
        told_by=told_by,
        told_from=told_from,
        told_at=now,
        fingerprint=ids.fingerprint(secret),
    )
    path = reverse("library:confirm_adaptation", args=[secret])
    context = {"told": told, "link": f"{settings.SITE_URL}{path}"}
    for address in letters.recipients(initiative):
        letters.send("adaptation", address, initiative, context, now=now)
    return told


@transaction.atomic
def decide_adaptation(
    *, adaptation: Adaptation, is_shown: bool, person_name: str, now: datetime
) -> Adaptation:
    """Confirm an adaptation, or not; the same answer of the same person again changes nothing.

    Raise AlreadyDecided where somebody was quicker.
    """
    kept = Adaptation.objects.select_for_update(of=("self",)).get(pk=adaptation.pk)
    decided = Told.SHOWN if is_shown else Told.REFUSED
    if (kept.state, kept.decided_by) == (decided, person_name):
        return kept
    if kept.state != Told.WAITING:
        raise AlreadyDecided
    kept.state = decided
    kept.decided_at, kept.decided_by = now, person_name
    kept.save()
    audit.record(
        person_name=person_name,
        deed="confirm adaptation" if is_shown else "refuse adaptation",
        about=kept.initiative.slug,
        now=now,
        detail={"adaptation": kept.pk},
    )
    return kept
