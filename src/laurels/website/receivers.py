"""Answers what lower apps ask of the whole award."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.signals import post_save  # noqa: TID251 -- Wagtail's log tells no other way
from django.dispatch import receiver
from wagtail.models import ModelLogEntry, PageLogEntry

from laurels.foundation import audit
from laurels.library.signals import outcomes_asked
from laurels.website.standing import told_editions

if TYPE_CHECKING:
    from django.http import HttpRequest

LONGEST_ABOUT = 200


@receiver(outcomes_asked, dispatch_uid="website.tell_outcomes")
def tell_outcomes(request: HttpRequest, **_signal: Any) -> set[int]:
    return told_editions(request)


@receiver(post_save, sender=PageLogEntry, dispatch_uid="website.audit_pages")
@receiver(post_save, sender=ModelLogEntry, dispatch_uid="website.audit_rows")
def keep_in_the_audit_trail(
    instance: PageLogEntry | ModelLogEntry,
    created: bool,  # noqa: FBT001 -- Django's own
    **_signal: Any,
) -> None:
    """Write what staff do in the admin into the trail that outlives accounts and pages.

    In the transaction of the deed, so that both stand or neither. Deeds of commands, which have
    no person in Wagtail's log, are told to the trail by those who do them.
    """
    if not created or instance.user is None:
        return
    kind = instance.content_type.model if instance.content_type else "page"
    audit.record(
        person_name=str(instance.user),
        deed=instance.action,
        about=f"{kind} {instance.label}"[:LONGEST_ABOUT],
        now=instance.timestamp,
        detail={"row": str(instance.object_id)},
    )
