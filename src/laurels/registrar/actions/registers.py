"""Opening a register, and prolonging it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction

from laurels.registrar.enums import Grade
from laurels.registrar.keys import public_point, signing_key
from laurels.registrar.models import RegistrarElection

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

DATABASE = "registrar"
KEY_BYTES = 32


class RegisterDiffers(ValueError):  # noqa: N818 -- named for what is wrong
    """A register of this name exists, with other facts; the message names them."""


class GradeIsMissing(ValueError):  # noqa: N818 -- named for what is wrong
    """The manifest does not name the grade that a mailbox check gives."""


class KeyDiffers(ValueError):  # noqa: N818 -- named for what is wrong
    """The key file of the registrar does not belong to the public key of the election."""


@transaction.atomic(using=DATABASE)
def open_register(  # noqa: PLR0913 -- the facts of a manifest
    *,
    slug: str,
    election_id: str,
    title: str,
    host_timezone: str,
    opens_at: datetime,
    closes_at: datetime,
    clock_name: str,
    registrar_key: bytes,
    grades: Sequence[str],
) -> RegistrarElection:
    """Begin the register of one election; the same call again changes nothing.

    `registrar_key` is the public point of 65 bytes that stands in the manifest. Raise
    KeyDiffers where the registrar's key file is another's, GradeIsMissing where the box would
    refuse every ballot, RegisterDiffers where the register exists with other facts.
    """
    if Grade.MAIL not in grades:
        raise GradeIsMissing(f"The manifest of {slug} does not have the grade {Grade.MAIL}.")
    if public_point(signing_key(slug)) != registrar_key:
        raise KeyDiffers(f"KEYS/{slug}/registrar.pem is not the key named in the manifest.")
    facts = {
        "election_id": election_id,
        "title": title,
        "host_timezone": host_timezone,
        "opens_at": opens_at,
        "clock_name": clock_name,
        "grades": list(grades),
        "registrar_key": registrar_key,
    }
    register, is_new = RegistrarElection.objects.get_or_create(
        slug=slug,
        defaults={
            **facts,
            "closes_at": closes_at,
            "mailbox_key": secrets.token_bytes(KEY_BYTES),
        },
    )
    # The closing time is left out: an extension may have moved it since.
    other = [] if is_new else [name for name, fact in facts.items() if _of(register, name) != fact]
    if other:
        raise RegisterDiffers(f"The register {slug} stands with other facts: {', '.join(other)}.")
    return register


@transaction.atomic(using=DATABASE)
def extend_register(*, election: RegistrarElection, closes_at: datetime) -> RegistrarElection:
    """Move the closing time forward, as an `extend` of the log says; never back."""
    register = RegistrarElection.objects.locked(election.pk)
    if register.unlinked_at is None and closes_at > register.closes_at:
        register.closes_at = closes_at
        register.save(update_fields=["closes_at"])
    return register


def _of(register: RegistrarElection, name: str) -> object:
    value = getattr(register, name)
    return bytes(value) if isinstance(value, memoryview) else value
