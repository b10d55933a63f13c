"""Sets of entry indexes, one bit each, in the order of the freeze bitmap (SPEC section 8)."""

from collections.abc import Iterator


class Bitmap:
    """Bit (j mod 8), least significant first, of byte (j div 8) stands for entry j."""

    def __init__(self, data: bytes = b"") -> None:
        self._data = bytearray(data)

    def add(self, index: int) -> None:
        missing = (index >> 3) + 1 - len(self._data)
        if missing > 0:
            self._data += bytes(missing)
        self._data[index >> 3] |= 1 << (index & 7)

    def discard(self, index: int) -> None:
        if index in self:
            self._data[index >> 3] &= ~(1 << (index & 7))

    def __contains__(self, index: int) -> bool:
        return index >> 3 < len(self._data) and bool(self._data[index >> 3] >> (index & 7) & 1)

    def __len__(self) -> int:
        return int.from_bytes(self._data, "little").bit_count()

    def __iter__(self) -> Iterator[int]:
        for at, byte in enumerate(self._data):
            if byte:
                yield from (at * 8 + bit for bit in range(8) if byte >> bit & 1)

    def below(self, end: int) -> bytes:
        """The bits of entries 0 to end - 1, in ceil(end / 8) bytes."""
        size = (end + 7) // 8
        kept = bytearray(self._data[:size].ljust(size, b"\0"))
        if end % 8:
            kept[-1] &= (1 << end % 8) - 1
        return bytes(kept)

    def slice(self, start: int, end: int) -> bytes:
        """Whole bytes of entries start to end - 1; both are multiples of 8."""
        return bytes(self._data[start >> 3 : end >> 3].ljust((end - start) >> 3, b"\0"))

    def first_from(self, start: int) -> int | None:
        """The lowest index not below `start`."""
        for at in range(start >> 3, len(self._data)):
            if self._data[at]:
                for index in range(max(start, at * 8), at * 8 + 8):
                    if index in self:
                        return index
        return None
