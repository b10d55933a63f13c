"""Tiles and entry bundles of C2SP tlog-tiles, tile height 8 (SPEC section 2)."""

from collections.abc import Callable, Iterator, Sequence

from ballotlog.errors import LogError
from ballotlog.tree import HASH_SIZE, TILE_WIDTH, Frontier, Subtree, fold, leaf_hash, root_of

LARGEST_BUNDLE = TILE_WIDTH * (2 + 0xFFFF)

Read = Callable[[str], bytes | None]


def tile_path(level: int, number: int, width: int = TILE_WIDTH) -> str:
    """`tile/<L>/<N>[.p/<W>]`; the width is that of a partial tile."""
    return f"tile/{level}/{_number(number)}{_partial(width)}"


def bundle_path(number: int, width: int = TILE_WIDTH) -> str:
    """`tile/entries/<N>[.p/<W>]`."""
    return f"tile/entries/{_number(number)}{_partial(width)}"


def _number(number: int) -> str:
    """`x001/x234/067`: groups of three digits, all but the last marked with x."""
    parts = [f"{number % 1000:03}"]
    while number := number // 1000:
        parts.insert(0, f"x{number % 1000:03}")
    return "/".join(parts)


def _partial(width: int) -> str:
    return "" if width == TILE_WIDTH else f".p/{width}"


def width_of(number: int, size: int, level: int = 0) -> int:
    """Hashes in a tile of this level (or leaves in a bundle) of a tree of this size."""
    return min(TILE_WIDTH, (size >> 8 * level) - number * TILE_WIDTH)


def read_tile(read: Read, level: int, number: int, width: int) -> bytes | None:
    """A tile's hashes; where only the full tile is there, its first `width` hashes."""
    tile = read(tile_path(level, number, width))
    if tile is None and width < TILE_WIDTH:
        full = read(tile_path(level, number))
        return full and full[: width * HASH_SIZE]
    return tile


def encode_bundle(leaves: Sequence[bytes]) -> bytes:
    """Leaves, each with its length before it (big-endian uint16)."""
    return b"".join([len(leaf).to_bytes(2, "big") + leaf for leaf in leaves])


def decode_bundle(data: bytes, width: int, first: int = 0, *, whole: bool = True) -> list[bytes]:
    """The first `width` leaves; nothing may follow them unless the bundle is of a longer log.

    Raises LogError `bundle-format` at the entry that is cut off or follows the last.
    """
    leaves, at, end = [], 0, len(data)
    for i in range(width):
        start = at + 2
        at = start + (data[at] << 8) + data[at + 1] if start <= end else end + 1
        if at > end:
            raise LogError("bundle-format", first + i)
        leaves.append(data[start:at])
    if whole and at != end:
        raise LogError("bundle-format", first + width)
    return leaves


def read_bundle(read: Read, number: int, size: int) -> tuple[bytes, list[bytes]]:
    """File and leaves of a bundle of a log of this size (step 2). Raises LogError."""
    width, first = width_of(number, size), number * TILE_WIDTH
    data, whole = read(bundle_path(number, width)), True
    if data is None and width < TILE_WIDTH:
        data, whole = read(bundle_path(number)), False
    if data is None:
        raise LogError("bundle-missing", first)
    return data, decode_bundle(data, width, first, whole=whole)


def read_leaf(read: Read, index: int, size: int) -> bytes:
    return read_bundle(read, index // TILE_WIDTH, size)[1][index % TILE_WIDTH]


def subtree_reader(read: Read, size: int) -> Subtree:
    """Subtrees of a tree of this size, from its tiles: what an inclusion proof is made of.

    Raises LogError `tile-missing` where a tile is not there.
    """

    def subtree(start: int, end: int) -> bytes:
        """MTH of leaves start to end - 1; start is a multiple of the subtree's full height."""
        tail: bytes | None = None
        while start < end:
            height = min((end & -end).bit_length(), (end - start).bit_length()) - 1
            left = end - (1 << height)
            tail = fold(full(left, height), tail)
            end = left
        return tail or root_of(b"")

    def full(start: int, height: int) -> bytes:
        level, rest = divmod(height, 8)
        number, at = divmod(start >> 8 * level, TILE_WIDTH)
        tile = read_tile(read, level, number, width_of(number, size, level))
        row = (tile or b"")[at * HASH_SIZE : (at + (1 << rest)) * HASH_SIZE]
        if len(row) < HASH_SIZE << rest:
            raise LogError("tile-missing", number * TILE_WIDTH ** (level + 1))
        return root_of(row)

    return subtree


class Writer:
    """The files of a growing log: append leaves, then write what `files` yields, in this order.

    Bundles come before tiles, and a checkpoint is to be written last: whoever reads a checkpoint
    finds all that it promises, wherever a crash falls.
    """

    def __init__(self) -> None:
        self._frontier = Frontier()
        self._leaves: list[bytes] = []
        self._bundles: list[tuple[int, bytes]] = []

    @property
    def size(self) -> int:
        return self._frontier.size

    def append(self, leaf: bytes) -> None:
        self._frontier.append(leaf_hash(leaf))
        self._leaves.append(leaf)
        if len(self._leaves) == TILE_WIDTH:
            self._bundles.append((self.size // TILE_WIDTH - 1, encode_bundle(self._leaves)))
            self._leaves.clear()

    def root(self) -> bytes:
        return self._frontier.root()

    def files(self) -> Iterator[tuple[str, bytes]]:
        """(path, bytes) of what became full since the last call, and of what is begun."""
        bundles, self._bundles = self._bundles, []
        for number, data in bundles:
            yield bundle_path(number), data
        if self._leaves:
            path = bundle_path(self.size // TILE_WIDTH, len(self._leaves))
            yield path, encode_bundle(self._leaves)
        for level, number, tile in self._frontier.take_full():
            yield tile_path(level, number), tile
        for level, number, tile in self._frontier.partial():
            yield tile_path(level, number, len(tile) // HASH_SIZE), tile
