"""Merkle trees of RFC 6962, section 2.1 (the same trees as RFC 9162, section 2.1)."""

from collections.abc import Callable, Sequence
from hashlib import sha256

HASH_SIZE = 32
TILE_WIDTH = 256

Subtree = Callable[[int, int], bytes]


def leaf_hash(leaf: bytes) -> bytes:
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def pair_up(row: bytes) -> bytes:
    """One level up: hashes side by side, an even number of them."""
    return b"".join([sha256(b"\x01" + row[i : i + 64]).digest() for i in range(0, len(row), 64)])


def fold(row: bytes, tail: bytes | None = None) -> bytes | None:
    """Root of equal, full subtrees side by side, and of a smaller one on their right.

    None for no subtree at all.
    """
    while row:
        if len(row) // HASH_SIZE % 2:
            last, row = row[-HASH_SIZE:], row[:-HASH_SIZE]
            tail = last if tail is None else node_hash(last, tail)
        row = pair_up(row)
    return tail


def root_of(leaf_hashes: bytes) -> bytes:
    """MTH of leaf hashes side by side; of none, the hash of nothing."""
    return fold(leaf_hashes) or sha256(b"").digest()


class Frontier:
    """The right edge of a growing tree: on every level, the hashes of the tile not yet full."""

    def __init__(self) -> None:
        self.size = 0
        self._rows: list[bytearray] = [bytearray()]
        self._full: list[tuple[int, int, bytes]] = []

    def append(self, leaf_hash: bytes) -> None:
        """Add the hash of the next leaf."""
        self.size += 1
        row, level = self._rows[0], 0
        row += leaf_hash
        while len(row) == TILE_WIDTH * HASH_SIZE:
            tile = bytes(row)
            self._full.append((level, (self.size - 1) >> 8 * (level + 1), tile))
            row.clear()
            level += 1
            if level == len(self._rows):
                self._rows.append(bytearray())
            row = self._rows[level]
            row += root_of(tile)

    def root(self) -> bytes:
        tail: bytes | None = None
        for row in self._rows:
            tail = fold(bytes(row), tail)
        return tail or sha256(b"").digest()

    def take_full(self) -> list[tuple[int, int, bytes]]:
        """(level, number, hashes) of the tiles that became full since the last call."""
        full, self._full = self._full, []
        return full

    def partial(self) -> list[tuple[int, int, bytes]]:
        """(level, number, hashes) of the tiles that are begun and not full."""
        return [
            (level, self.size >> 8 * (level + 1), bytes(row))
            for level, row in enumerate(self._rows)
            if row
        ]


def inclusion_proof(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """PATH of RFC 9162, section 2.1.3.1; `subtree(start, end)` is the MTH of these leaves."""
    if not 0 <= index < size:
        raise ValueError("no such leaf in this tree")
    proof, start, end = [], 0, size
    while end - start > 1:
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        if index < middle:
            proof.append(subtree(middle, end))
            end = middle
        else:
            proof.append(subtree(start, middle))
            start = middle
    return proof[::-1]


def subtree_of(leaf_hashes: Sequence[bytes]) -> Subtree:
    """Subtrees of a tree that is at hand as a whole."""
    return lambda start, end: root_of(b"".join(leaf_hashes[start:end]))


def verify_inclusion(
    index: int, size: int, leaf_hash: bytes, proof: Sequence[bytes], root: bytes
) -> bool:
    """RFC 9162, section 2.1.3.2."""
    if not 0 <= index < size:
        return False
    fn, sn, r = index, size - 1, leaf_hash
    for p in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root
