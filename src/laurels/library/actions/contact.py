"""A visitor writes to the people behind a case, who stay unknown until they answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from laurels.library import letters
from laurels.library.actions import limits

if TYPE_CHECKING:
    from datetime import datetime

    from laurels.library.models import InitiativePage


class Sender(NamedTuple):
    """Who writes: a name, a mail address for the answer, and the network it comes from."""

    name: str
    address: str
    network: str


@transaction.atomic
def write_to_case(
    *, initiative: InitiativePage, sender: Sender, message: str, now: datetime
) -> int:
    """Post a visitor's letter to every contact of a case, or to the secretariat; say to how many.

    The very same letter within a day is posted once (0 the second time). Raise TooManyLetters,
    with nothing posted, above a limit.
    """
    if not limits.is_first("contact", initiative.slug, sender.address, message, now=now):
        return 0
    limits.count(
        form="contact",
        network=sender.network,
        case=initiative.slug,
        sender=sender.address,
        now=now,
    )
    addresses = letters.recipients(initiative)
    context = {
        "sender": sender,
        "message": message,
        "has_contacts": bool(initiative.contacts.all()),
    }
    for address in addresses:
        letters.send("contact", address, initiative, context, now=now, reply_to=sender.address)
    return len(addresses)
