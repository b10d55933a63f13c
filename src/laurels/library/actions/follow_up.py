"""A city reports what became of its initiative, through a private link, without an account."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from laurels.foundation import audit, ids
from laurels.library import letters
from laurels.library.enums import Told
from laurels.library.models import FollowUp, FollowUpInvitation
from laurels.library.refusals import AlreadyDecided, LinkIsUsedUp

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.library.models import InitiativePage

GOOD_FOR = timedelta(days=180)
REPORTS_PER_LINK = 5


@transaction.atomic
def invite_to_report(*, initiative: InitiativePage, person_name: str, now: datetime) -> int:
    """Mail a private link to every contact of a case; return to how many, 0 where none is known.

    Each gets a link of its own; only its fingerprint is kept.
    """
    addresses = [contact.address for contact in initiative.contacts.all()]
    for address in dict.fromkeys(addresses):
        secret = ids.new_secret()
        invitation = FollowUpInvitation.objects.create(
            initiative=initiative,
            fingerprint=ids.fingerprint(secret),
            invited_by=person_name,
            invited_at=now,
            expires_at=now + GOOD_FOR,
        )
        path = reverse("library:follow_up", args=[initiative.slug, secret])
        context = {"link": f"{settings.SITE_URL}{path}", "expires_at": invitation.expires_at}
        letters.send("follow_up", address, initiative, context, now=now)
    audit.record(
        person_name=person_name,
        deed="invite to report",
        about=initiative.slug,
        now=now,
        detail={"count": len(set(addresses))},
    )
    return len(set(addresses))


@transaction.atomic
def report_follow_up(
    *, invitation: FollowUpInvitation, text: str, told_by: str, now: datetime
) -> FollowUp:
    """Keep a city's report until an editor decides. Raise LinkIsUsedUp where it is no longer good.

    The very same report again is kept once.
    """
    # Two tabs of one link must not both pass the count below.
    kept = FollowUpInvitation.objects.select_for_update().get(pk=invitation.pk)
    same = FollowUp.objects.filter(
        initiative_id=kept.initiative_id, text=text, told_by=told_by, state=Told.WAITING
    ).first()
    if same is not None:
        return same
    since = FollowUp.objects.filter(initiative_id=kept.initiative_id, told_at__gte=kept.invited_at)
    if kept.expires_at <= now or since.count() >= REPORTS_PER_LINK:
        raise LinkIsUsedUp
    return FollowUp.objects.create(
        initiative_id=kept.initiative_id, text=text, told_by=told_by, told_at=now
    )


@transaction.atomic
def decide_follow_up(
    *, follow_up: FollowUp, is_shown: bool, person_name: str, now: datetime
) -> FollowUp:
    """Show a report on its case, or not. Raise AlreadyDecided where somebody was quicker."""
    kept = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up.pk)
    if kept.state != Told.WAITING:
        raise AlreadyDecided
    kept.state = Told.SHOWN if is_shown else Told.REFUSED
    kept.decided_at, kept.decided_by = now, person_name
    kept.save()
    audit.record(
        person_name=person_name,
        deed="show follow-up" if is_shown else "refuse follow-up",
        about=kept.initiative.slug,
        now=now,
        detail={"follow_up": kept.pk},
    )
    return kept
