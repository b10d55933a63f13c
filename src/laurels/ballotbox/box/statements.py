"""The statements by which the box stores a group of ballots, and how their values are packed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.adapt import Dumper
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Format

if TYPE_CHECKING:
    from psycopg.abc import Buffer

UUID, INTEGER, BYTES = 2950, 23, 17  # type numbers of PostgreSQL
# on: the answer waits for the disk. The limits keep a stuck lock from holding every voter.
OPTIONS = (
    "-c synchronous_commit=on -c timezone=UTC -c lock_timeout=5s -c statement_timeout=10s"
    " -c idle_in_transaction_session_timeout=10s"
)

# First of its transaction. The statement after it sees all that was committed before the lock was
# given: nothing is stored behind a close, and ids become visible in their order.
LOCK = "select pg_advisory_xact_lock(%s::int4, %s::int4)"

# The time of acceptance is fixed here, under the lock: the award clock of foundation.clock (real
# time where the election has none), rounded down to ten minutes in the leaf.
ACCEPT = """
with clock as materialized (
    select e.id, e.opens_at, e.closing_at, e.closed_at is not null as is_closed, e.grace_seconds,
        clock_timestamp() + coalesce(
            (select o."offset" from foundation_clockoffset o
             where %b::bool and o.name = e.clock_name), '0') as now
    from ballotbox_election e where e.id = %b::int8 and e.manifest_hash = convert_from(%b, 'UTF8')
), facts as materialized (
    select id,
        case when now < opens_at then 'not-open-yet'
             when is_closed or now >= closing_at then 'vote-closed' end as refusal,
        date_bin('10 minutes', now, '2000-01-01T00:00:00Z'::timestamptz) as at,
        to_char(date_bin('10 minutes', now, '2000-01-01T00:00:00Z'::timestamptz),
            'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at_text,
        floor(extract(epoch from
            least(now + '10 minutes', closing_at + make_interval(secs => grace_seconds))
        ))::int8 as deadline
    from clock
), stored as (
    insert into ballotbox_entry (election_id, kind, tag, serial, deadline, leaf, accepted_at)
    select facts.id, 'ballot', b.tag, b.serial, facts.deadline,
        convert_to('{"at":"' || facts.at_text || '",', 'UTF8') || b.rest,
        facts.at
    from facts, unnest(%b::uuid[], %b::int4[], %b::bytea[]) with ordinality
        as b (tag, serial, rest, n)
    where facts.refusal is null
    order by b.n
    on conflict (election_id, tag, serial) do nothing
    returning 1
)
select refusal, (select count(*) from stored), deadline, at_text from facts"""

# What stands under each (tag, serial), in the order of the group; nothing where there is none.
FIND = """
select e.leaf, e.deadline
from unnest(%b::uuid[], %b::int4[]) with ordinality as b (tag, serial, n)
left join ballotbox_entry e
    on e.election_id = %b::int8 and e.tag = b.tag and e.serial = b.serial
order by b.n"""


class Packed(bytes):
    """A value in PostgreSQL's own binary form."""


class PackedDumper(Dumper):
    """Sends bytes as they are; psycopg's list dumper costs 2 us for each element."""

    format = Format.BINARY
    oid = 0

    def dump(self, obj: Any) -> Buffer:
        return obj


def pack(item_type: int, items: list[bytes]) -> Packed:
    """An array of one dimension without nulls."""
    count = len(items).to_bytes(4, "big")
    parts = [part for item in items for part in (len(item).to_bytes(4, "big"), item)]
    return Packed(
        b"\0\0\0\1\0\0\0\0%b%b\0\0\0\1%b" % (item_type.to_bytes(4, "big"), count, b"".join(parts))
    )


def connect(database_url: str) -> psycopg.Connection[Any]:
    """A connection in autocommit mode. Raise psycopg.OperationalError within five seconds."""
    given = str(conninfo_to_dict(database_url).get("options") or "")
    connection = psycopg.connect(
        database_url,
        autocommit=True,
        connect_timeout=5,
        application_name="laurels box",
        options=f"{given} {OPTIONS}".strip(),
    )
    connection.adapters.register_dumper(Packed, PackedDumper)
    return connection
