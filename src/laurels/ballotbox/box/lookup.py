"""What the public log says of one ballot: found by its leaf hash or by the number read out."""

from __future__ import annotations

import json
from binascii import a2b_base64
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ballotlog import checkpoints, receipts, sealing, texts, tiles, tree
from ballotlog.errors import LogError
from laurels.ballotbox.box.answers import Refused
from laurels.ballotbox.log_folder import LogFolder

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from psycopg import Connection

    from ballotlog.manifest import Manifest

NUMBER_BYTES = 5
# As people write what they hear: Crockford's base 32 reads O as 0, I and L as 1.
HEARD = str.maketrans("OIL", "011", "- ")

# A ballot that is not logged yet has no stored hash; there are never more of these than the
# sequencer takes in a second, so they are hashed here.
LOGGED = """
select e.leaf, e.tag, e.serial, e.deadline, p.index
from ballotbox_position p join ballotbox_entry e on e.id = p.entry_id
where p.election_id = %(election)s and e.kind = 'ballot'
    and p.leaf_hash >= %(low)s and p.leaf_hash <= %(high)s
order by p.index"""
PROMISED = """
select e.leaf, e.tag, e.serial, e.deadline, null
from ballotbox_entry e
where e.election_id = %(election)s and e.kind = 'ballot'
    and e.id > coalesce(
        (select s.last_entry from ballotbox_logstate s where s.election_id = %(election)s), 0)
    and sha256('\\x00'::bytea || e.leaf) between %(low)s and %(high)s
order by e.id"""
# A promised ballot replaces the one before it at once; one the sequencer refused does not.
HIGHER_SERIAL = """
select p.index, e.leaf
from ballotbox_entry e left join ballotbox_position p on p.entry_id = e.id
where e.election_id = %(election)s and e.tag = %(tag)s and e.serial > %(serial)s
    and (p.entry_id is not null or e.id > coalesce(
        (select s.last_entry from ballotbox_logstate s where s.election_id = %(election)s), 0))
order by e.serial desc limit 1"""
LAST_WORD_ON = """
select e.kind, e.leaf
from ballotbox_entry e join ballotbox_position p on p.entry_id = e.id
where e.election_id = %s and e.kind in ('void', 'unvoid')
    and (convert_from(e.leaf, 'UTF8')::jsonb ->> 'index')::int8 = %s
order by p.index desc limit 1"""
SCALARS = """
select e.leaf
from ballotbox_entry e join ballotbox_position p on p.entry_id = e.id
where e.election_id = %s and e.kind = 'open'"""


@dataclass(frozen=True)
class Found:
    """A ballot of the table; `index` is None until it is in the log."""

    leaf: bytes
    tag: UUID
    serial: int
    deadline: int
    index: int | None


def by_leaf_hash(
    connection: Connection[Any], election: int, manifest: Manifest, leaf_hash: str
) -> dict[str, Any] | None:
    """What is public of the ballot with this leaf hash (hex), or None.

    Members: `leaf_hash` hex, `number` XXXX-XXXX, `at`, `deadline`, `index` or null, `status`
    (`promised`, `sealed`, `superseded`, `void`, `counted`, `spoiled`), `picks` or null, `rule`
    of a void or null, `superseded_by` {`index` or null while it is promised, `number`} or null.
    """
    exact = bytes.fromhex(leaf_hash)
    found = _find(connection, election, exact, exact)
    return _describe(connection, election, manifest, found[0]) if found else None


def by_number(
    connection: Connection[Any], election: int, manifest: Manifest, number: str
) -> list[dict[str, Any]]:
    """Every ballot whose leaf hash begins with these 40 bits, as `by_leaf_hash` describes it."""
    start = parse_number(number)
    if start is None:
        return []
    rest = tree.HASH_SIZE - NUMBER_BYTES
    found = _find(connection, election, start + bytes(rest), start + b"\xff" * rest)
    return [_describe(connection, election, manifest, ballot) for ballot in found]


def receipt(connection: Connection[Any], election: int, folder: Path, leaf_hash: str) -> str:
    """A C2SP tlog-proof against the newest checkpoint. Raise Refused where there is none yet."""
    exact = bytes.fromhex(leaf_hash)
    found = _find(connection, election, exact, exact)
    if not found:
        raise Refused("unknown-ballot")
    files = LogFolder(folder)
    note, index = files.read("checkpoint"), found[0].index
    size = 0 if note is None else checkpoints.parse(note).size
    # The state row is committed a moment before the checkpoint is replaced.
    if note is None or index is None or index >= size:
        raise Refused("not-yet-logged")
    try:
        proof = tree.inclusion_proof(index, size, tiles.subtree_reader(files.read, size))
    except LogError:
        # A tile is being written again after a fault.
        raise Refused("not-yet-logged") from None
    return receipts.write_receipt(found[0].leaf, index, proof, note.decode())


def parse_number(text: str) -> bytes | None:
    """The 40 bits of a receipt number, however it was written down; None for anything else."""
    digits = text.upper().translate(HEARD)
    if len(digits) != 2 * 4 or not set(digits) <= set(receipts.CROCKFORD):
        return None
    bits = 0
    for digit in digits:
        bits = bits << 5 | receipts.CROCKFORD.index(digit)
    return bits.to_bytes(NUMBER_BYTES, "big")


def _find(connection: Connection[Any], election: int, low: bytes, high: bytes) -> list[Found]:
    bounds = {"election": election, "low": low, "high": high}
    rows = connection.execute(f"({LOGGED}) union all ({PROMISED})", bounds).fetchall()
    return [Found(bytes(leaf), *rest) for leaf, *rest in rows]


def _describe(
    connection: Connection[Any], election: int, manifest: Manifest, ballot: Found
) -> dict[str, Any]:
    hashed = tree.leaf_hash(ballot.leaf)
    public: dict[str, Any] = {
        "leaf_hash": hashed.hex(),
        "number": receipts.receipt_number(hashed),
        "at": json.loads(ballot.leaf)["at"],
        "deadline": ballot.deadline,
        "index": ballot.index,
        "status": "promised",
        "picks": None,
        "rule": None,
        "superseded_by": None,
    }
    later = _superseded_by(connection, election, ballot)
    if later is not None:
        return public | {"status": "superseded", "superseded_by": later}
    if ballot.index is not None:
        public |= _class(connection, election, manifest, ballot)
    return public


def _superseded_by(
    connection: Connection[Any], election: int, ballot: Found
) -> dict[str, Any] | None:
    bounds = {"election": election, "tag": ballot.tag, "serial": ballot.serial}
    found = connection.execute(HIGHER_SERIAL, bounds).fetchone()
    if found is None:
        return None
    index, leaf = found
    return {"index": index, "number": receipts.receipt_number(tree.leaf_hash(bytes(leaf)))}


def _class(
    connection: Connection[Any], election: int, manifest: Manifest, ballot: Found
) -> dict[str, Any]:
    """The class of SPEC section 5, where no later ballot stands for this one.

    The box takes one ballot a serial, so none is a duplicate.
    """
    word = connection.execute(LAST_WORD_ON, [election, ballot.index]).fetchone()
    if word is not None and word[0] == "void":
        return {"status": "void", "rule": json.loads(bytes(word[1]))["rule"]}
    opening_key = _opening_key(connection, election, manifest)
    if opening_key is None:
        return {"status": "sealed"}
    picks = _picks(manifest, opening_key, ballot)
    return {"status": "spoiled" if picks is None else "counted", "picks": picks}


def _opening_key(connection: Connection[Any], election: int, manifest: Manifest) -> int | None:
    rows = connection.execute(SCALARS, [election]).fetchall()
    if len(rows) < len(manifest.trustees):
        return None
    scalars = [a2b_base64(json.loads(bytes(leaf))["scalar"]) for (leaf,) in rows]
    return sealing.sum_scalars(int.from_bytes(scalar, "big") for scalar in scalars)


def _picks(manifest: Manifest, opening_key: int, ballot: Found) -> list[int] | None:
    info = texts.ballot_info(manifest.election, manifest.hash, ballot.tag.hex, ballot.serial)
    sealed = a2b_base64(json.loads(ballot.leaf)["c"])
    numbers = {candidate.n for candidate in manifest.candidates}
    plaintext = sealing.open_sealed(opening_key, info, sealed)
    return sealing.decode_picks(plaintext, numbers, manifest.picks.min, manifest.picks.max)
