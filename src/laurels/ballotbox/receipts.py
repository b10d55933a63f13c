"""A receipt, for the page that works without JavaScript."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from django.db import connection

from ballotlog import manifest
from laurels.ballotbox.box import lookup

if TYPE_CHECKING:
    import psycopg

    from laurels.ballotbox.models import Election

LEAF_HASH = re.compile("[0-9a-f]{64}")


def look_up(
    election: Election, *, leaf_hash: str | None = None, number: str | None = None
) -> list[dict[str, Any]]:
    """What is public of the ballots with this leaf hash (hex) or number (XXXX-XXXX).

    The same members as the box's own answer (`box.lookup.by_leaf_hash`); empty where there is
    none, and for what is neither a hash nor a number.
    """
    if election.manifest is None:
        return []
    fixed = manifest.parse(bytes(election.manifest))
    connection.ensure_connection()
    plain = cast("psycopg.Connection[Any]", connection.connection)
    if leaf_hash is not None and LEAF_HASH.fullmatch(leaf_hash):
        found = lookup.by_leaf_hash(plain, election.pk, fixed, leaf_hash)
        return [found] if found else []
    return lookup.by_number(plain, election.pk, fixed, number or "")
