"""What runs in worker processes over a range of bundles: `scan` (steps 2, 3, 7) and `open_range`.

Plain functions of arguments that travel: any executor can run them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

from ballotlog import ballots
from ballotlog.archive import Archive
from ballotlog.ballots import Ballot, BallotRules, Votes
from ballotlog.bitmaps import Bitmap
from ballotlog.errors import LogError, Unreadable
from ballotlog.manifest import Manifest
from ballotlog.spool import Spool
from ballotlog.tiles import read_bundle, read_tile
from ballotlog.tree import HASH_SIZE, TILE_WIDTH, leaf_hash, root_of


@dataclass(frozen=True)
class Log:
    """What a worker must know. Without a manifest only hashes are looked at."""

    archive: Archive
    size: int
    spool: Spool
    manifest: Manifest | None


@dataclass
class Scanned:
    """What one range of bundles holds; None where nothing is wrong."""

    first: int  # entry
    end: int
    roots: bytes = b""  # of full bundles
    tail: bytes = b""  # leaf hashes of a last, partial bundle
    digests: bytes = b""  # of each bundle's file: what is opened later is what was checked
    bundle_fault: LogError | None = None  # step 2
    first_difference: int | None = None  # entry that differs from its level-0 tile (step 3)
    tile_fault: LogError | None = None  # step 3
    ballot_fault: LogError | None = None  # step 7, all but the closing time
    # Rising maxima of `at` from the manifest's closing time on, as (index, at). Closing times never
    # fall, so the first ballot that is too late is always one of these.
    late: list[tuple[int, str]] = field(default_factory=list)
    acts: list[tuple[int, bytes]] = field(default_factory=list)  # whatever is not plainly a ballot
    ballots: list[tuple[int, Ballot]] = field(default_factory=list)
    ballot_bits: bytes = b""


def scan(log: Log, first_bundle: int, last_bundle: int) -> Scanned:
    """Read, hash and judge bundles first to last - 1; rows of ballots go to the spool."""
    out = Scanned(first_bundle * TILE_WIDTH, last_bundle * TILE_WIDTH)
    rules = _rules(log.manifest) if log.manifest else None
    for number in range(first_bundle, last_bundle):
        try:
            data, leaves = read_bundle(log.archive.read, number, log.size)
        except LogError as error:
            out.bundle_fault = error
            break
        out.digests += sha256(data).digest()
        _hash(log, out, number, leaves)
        if rules and log.manifest and not out.ballot_fault:
            _judge(rules, log.manifest.closes_at.encode(), out, number * TILE_WIDTH, leaves)
    _put_away(log, out)
    return out


def _hash(log: Log, out: Scanned, number: int, leaves: list[bytes]) -> None:
    row = b"".join([leaf_hash(leaf) for leaf in leaves])
    if len(leaves) == TILE_WIDTH:
        out.roots += root_of(row)
    else:
        out.tail = row
    tile = read_tile(log.archive.read, 0, number, len(leaves))
    first = number * TILE_WIDTH
    if tile == row:
        return
    if out.tile_fault is None:
        out.tile_fault = LogError("tile-missing" if tile is None else "tile-mismatch", first)
    if out.first_difference is None and tile is not None and len(tile) == len(row):
        differs = next(
            i for i in range(0, len(row), HASH_SIZE) if row[i : i + 32] != tile[i : i + 32]
        )
        out.first_difference = first + differs // HASH_SIZE


def _judge(
    rules: BallotRules, closes_at: bytes, out: Scanned, first: int, leaves: list[bytes]
) -> None:
    """Step 7 as far as a ballot can be judged without its past. Stops at the first fault."""
    latest = out.late[-1][1].encode() if out.late else b""
    for index, leaf in enumerate(leaves, first):
        ballot = rules.read(leaf)
        if ballot is None:
            out.acts.append((index, leaf))
            continue
        out.ballots.append((index, ballot))
        if ballot.at >= closes_at and ballot.at > latest:
            latest = ballot.at
            out.late.append((index, latest.decode()))
        fault = rules.fault(ballot, None)
        if fault:
            out.ballot_fault = LogError(fault, index)
            return


def _put_away(log: Log, out: Scanned) -> None:
    """Ballots to the spool; only which entries are ballots goes back to the parent."""
    bits = Bitmap()
    for index, _ in out.ballots:
        bits.add(index - out.first)
    log.spool.write(out.ballots)
    out.ballot_bits = bits.below(out.end - out.first)
    out.ballots.clear()


def open_range(
    log: Log,
    manifest: Manifest,
    opening_key: int,
    first_bundle: int,
    digests: bytes,
    live: bytes,
    voids: bytes,
) -> Votes:
    """Count the live ballots of the bundles with these digests."""
    leaves = _live_leaves(log, first_bundle, digests, Bitmap(live), Bitmap(voids))
    return ballots.count(manifest, opening_key, leaves)


def _live_leaves(
    log: Log, first_bundle: int, digests: bytes, live: Bitmap, voids: Bitmap
) -> Iterator[tuple[bytes, bool]]:
    for at in range(len(digests) // HASH_SIZE):
        digest = digests[at * HASH_SIZE : (at + 1) * HASH_SIZE]
        for bit, leaf in enumerate(bundle(log, first_bundle + at, digest), at * TILE_WIDTH):
            if bit in live:
                yield leaf, bit in voids


def bundle(log: Log, number: int, digest: bytes) -> list[bytes]:
    """Leaves of a bundle that the scan has read. Raises Unreadable if it has changed since."""
    try:
        data, leaves = read_bundle(log.archive.read, number, log.size)
    except LogError as error:
        raise Unreadable(f"bundle {number} changed while it was read") from error
    if sha256(data).digest() != digest:
        raise Unreadable(f"bundle {number} changed while it was read")
    return leaves


@lru_cache(1)
def _rules(manifest: Manifest) -> BallotRules:
    return BallotRules(manifest)
