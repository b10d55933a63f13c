"""Makes the archive of a whole election of any size, streamed and on several processes.

Ballot k votes again for the voter of ballot k - 50 where k ends in 99, repeats the tag and serial
of ballot k - 1 where it ends in 500, and seals rubbish where it ends in 007.
"""

import time
from collections import Counter
from concurrent.futures import Executor
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from ballotlog import checkpoints, leaves, manifest, p256, result, texts
from ballotlog.ballots import Votes
from ballotlog.bitmaps import Bitmap
from ballotlog.hpke import Sealer
from ballotlog.keyring import Keyring
from ballotlog.sealing import encode_picks
from ballotlog.tiles import bundle_path, encode_bundle, tile_path
from ballotlog.tree import HASH_SIZE, TILE_WIDTH, Frontier, leaf_hash
from ballotlog.values import later, unix_seconds

CITIES = 15
REVOTE, REPLACED, REPEATED, RUBBISH = 99, 49, 500, 7  # of a hundred, or of a thousand
TASK = 8  # bundles
PEERS, ROUNDS = 50, 120
TEMPLATE: dict[str, Any] = {
    "election": "example.org/bench",
    "title": "Bench of the recount",
    "origin": "log.example.org/bench",
    "at": "2026-10-31T00:00:00Z",
    "opens_at": "2026-11-01T00:00:00Z",
    "closes_at": "2026-11-10T00:00:00Z",
    "closes_latest": "2026-11-10T00:00:00Z",
    "ceremony_at": "2026-11-20T00:00:00Z",
    "grace_seconds": 600,
    "candidates": [{"n": n, "id": f"city-{n}", "name": f"City {n}"} for n in range(1, CITIES + 1)],
    "picks": {"min": 1, "max": 3},
    "plaintext_size": 64,
    "seats": 3,
    "tie": "lot",
    "grades": ["mail"],
    "rules": {"ids": [], "hash": "00" * 32},
    "reviewers": [],
    "trustees": [{"name": f"Trustee {i}", "institution": f"House {i}"} for i in (1, 2)],
    "witnesses": ["w.example.org"],
    "quorum": {"open": 1, "final": 1},
}


class Maker(NamedTuple):
    """What a worker needs to make ballots."""

    folder: Path
    manifest_leaf: bytes
    registrar: int


def make(folder: Path, ballots: int, executor: Executor) -> None:
    """Write the archive; every check of `ballotlog verify` holds for it."""
    keys = Keyring(TEMPLATE)
    manifest_leaf = keys.complete(TEMPLATE)
    scalar = keys.registrar.private_numbers().private_value
    frontier, tail = Frontier(), b""
    bundles = -(-(ballots + 1) // TILE_WIDTH)
    work = partial(_bundles, Maker(folder, manifest_leaf, scalar), ballots)
    for row, rest in executor.map(work, range(0, bundles, TASK)):
        for at in range(0, len(row), HASH_SIZE):
            frontier.append(row[at : at + HASH_SIZE])
        tail = rest
    _finish(folder, keys, manifest.parse(manifest_leaf), ballots, frontier, tail)


def _bundles(maker: Maker, ballots: int, first: int) -> tuple[bytes, bytes]:
    """Leaf hashes of a task's entries, and the bundle that is not full."""
    row, tail = b"", b""
    for number in range(first, first + TASK):
        indexes = range(number * TILE_WIDTH, min((number + 1) * TILE_WIDTH, ballots + 1))
        made = [_ballot(maker, i - 1) if i else maker.manifest_leaf for i in indexes]
        row += b"".join(leaf_hash(leaf) for leaf in made)
        if len(made) == TILE_WIDTH:
            _write(maker.folder, bundle_path(number), encode_bundle(made))
        elif made:
            tail = encode_bundle(made)
    return row, tail


@lru_cache(1)
def _tools(maker: Maker) -> tuple[manifest.Manifest, Sealer, Any]:
    known = manifest.parse(maker.manifest_leaf)
    return known, Sealer(known.key), p256.private_key(maker.registrar)


def _ballot(maker: Maker, k: int) -> bytes:
    m, seal, registrar = _tools(maker)
    voter, serial = _ticket(k)
    tag, evc = sha256(b"voter %d" % voter).hexdigest()[:32], sha256(b"%d" % k).hexdigest()
    plaintext = b"[0]".ljust(64) if k % 1000 == RUBBISH else encode_picks(_picks(k), 64)
    c = seal(plaintext, texts.ballot_info(m.election, m.hash, tag, serial))
    ticket = texts.ticket(m.election, tag, serial, "mail", evc, sha256(c).hexdigest())
    sig = texts.sign(registrar, ticket)
    at = later(m.opens_at, k % 1296 * 600)  # nine days of ten minutes
    return leaves.ballot(at=at, tag=tag, serial=serial, grade="mail", evc=evc, c=c, sig=sig)


def _ticket(k: int) -> tuple[int, int]:
    """(voter, serial) of ballot k."""
    if k % 1000 == REPEATED:
        k -= 1
    return (k - 50, 2) if k % 100 == REVOTE else (k, 1)


def _picks(k: int) -> list[int]:
    digits = sha256(b"picks %d" % k).digest()
    return list(dict.fromkeys(byte % CITIES + 1 for byte in digits))[: 1 + k % 3]


def _is_live(k: int, ballots: int) -> bool:
    replaced = k % 100 == REPLACED and k + 50 < ballots
    return not replaced and (k % 1000 != REPEATED)


def _count(m: manifest.Manifest, ballots: int, opening_key: int) -> tuple[Bitmap, result.Tally]:
    """Which entries are live, and the result that a recount must find."""
    live, counted, spoiled = Bitmap(), Counter[int](), 0
    for k in (k for k in range(ballots) if _is_live(k, ballots)):
        live.add(k + 1)
        spoiled += k % 1000 == RUBBISH
        counted.update(() if k % 1000 == RUBBISH else _picks(k))
    duplicate = sum(k % 1000 == REPEATED for k in range(ballots))
    superseded = ballots - duplicate - len(live)
    sealed = result.Counts(ballots, None, superseded, duplicate, 0, None)
    return live, result.tally(m, opening_key, sealed, Votes(counted, Counter(), spoiled))


def _finish(
    folder: Path, keys: Keyring, m: manifest.Manifest, ballots: int, frontier: Frontier, tail: bytes
) -> None:
    """Close, freeze, unlink, open and count, with a checkpoint at each stage."""
    opening_key = p256.sum_scalars(keys.trustees)
    live, outcome = _count(m, ballots, opening_key)
    ends = _Ends(folder, keys, m, frontier, tail)
    at = later(m.closes_at, 60)
    ends.append(leaves.close(at=at, ballots=ballots), stage=True)
    valid = live.below(ballots + 2)
    ends.append(leaves.freeze(at=at, count=len(live), bitmap=valid), stage=True)
    text = texts.unlinked(m.election, at, "Gone.")
    ends.append(
        leaves.unlinked(
            at=at,
            statement="Gone.",
            trustee=0,
            registrar_sig=texts.sign(keys.registrar, text),
            trustee_sig=texts.sign(p256.private_key(keys.trustees[0]), text),
        )
    )
    for trustee, scalar in enumerate(keys.trustees):
        ends.append(leaves.opening(at=at, trustee=trustee, scalar=scalar))
    ends.append(leaves.result(at=at, outcome=outcome.as_json()), stage=True)
    ends.write_files()


class _Ends:
    """The last bundles of the log, and its tiles and checkpoints."""

    def __init__(
        self, folder: Path, keys: Keyring, m: manifest.Manifest, frontier: Frontier, tail: bytes
    ) -> None:
        self._folder = folder
        self._keys = keys
        self._manifest = m
        self._frontier = frontier
        self._tail = tail

    def append(self, leaf: bytes, *, stage: bool = False) -> None:
        self._frontier.append(leaf_hash(leaf))
        self._tail += encode_bundle([leaf])
        size = self._frontier.size
        if size % TILE_WIDTH == 0:
            _write(self._folder, bundle_path(size // TILE_WIDTH - 1), self._tail)
            self._tail = b""
        if stage:
            note = self._checkpoint()
            _write(self._folder, f"checkpoints/{size}", note)
            _write(self._folder, "checkpoint", note)

    def _checkpoint(self) -> bytes:
        origin, time = self._manifest.origin, unix_seconds(self._manifest.closes_at) + 60
        text = checkpoints.checkpoint_text(origin, self._frontier.size, self._frontier.root())
        note = checkpoints.sign_note(text, origin, self._keys.log)
        for name, key in self._keys.witnesses.items():
            note += checkpoints.cosign(text, name, key, time)
        return note.encode()

    def write_files(self) -> None:
        number, width = divmod(self._frontier.size, TILE_WIDTH)
        if width:
            _write(self._folder, bundle_path(number, width), self._tail)
        for level, number, tile in self._frontier.take_full():
            _write(self._folder, tile_path(level, number), tile)
        for level, number, tile in self._frontier.partial():
            _write(self._folder, tile_path(level, number, len(tile) // HASH_SIZE), tile)


def _write(folder: Path, path: str, data: bytes) -> None:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def bare(_: int) -> float:
    """Seconds of one ECDH and one ECDSA verification, keys and signatures ready."""
    curve, prehashed = ec.SECP256R1(), ec.ECDSA(utils.Prehashed(hashes.SHA256()))
    key, digest, ecdh = ec.generate_private_key(curve), b"\x01" * 32, ec.ECDH()
    peers = [ec.generate_private_key(curve).public_key() for _ in range(PEERS)]
    public, signatures = key.public_key(), [key.sign(digest, prehashed) for _ in range(PEERS)]
    for peer in peers:  # a key's first use is dearer
        key.exchange(ecdh, peer)
    started = time.perf_counter()
    for _ in range(ROUNDS):
        for peer, signature in zip(peers, signatures, strict=True):
            key.exchange(ecdh, peer)
            public.verify(signature, digest, prehashed)
    return (time.perf_counter() - started) / (PEERS * ROUNDS)
