"""Sorting of ballots by tag, for more ballots than memory should hold (SPEC section 5).

A row is tag, serial and index in 24 bytes. Rows lie in files, in buckets by tag: one bucket holds
every ballot of its tags. The modulus is random, so that no registrar can fill one bucket.
"""

import os
import secrets
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from ballotlog.ballots import Ballot

ROW = 24
BUCKET = 60_000  # ballots: about 6 MB while they are sorted
MOST_BUCKETS = 4_096  # enough for 250 million, whatever size a checkpoint claims


class Spool(NamedTuple):
    folder: str
    buckets: int  # a power of two
    modulus: int

    @classmethod
    def create(cls, folder: str, size: int) -> "Spool":
        """For a log of this size."""
        buckets = min(1 << (size // BUCKET).bit_length(), MOST_BUCKETS)
        return cls(folder, buckets, secrets.randbits(61) | 1 << 60)

    def write(self, ballots: Iterable[tuple[int, Ballot]]) -> None:
        """Add (index, ballot) to files of this process's own."""
        rows: list[list[bytes]] = [[] for _ in range(self.buckets)]
        for index, ballot in ballots:
            place = (int(ballot.serial) << 48 | index).to_bytes(8, "big")
            bucket = int(ballot.tag, 16) % self.modulus & self.buckets - 1
            rows[bucket].append(bytes.fromhex(ballot.tag.decode()) + place)
        for bucket, own in enumerate(rows):
            if own:
                with Path(self.folder, f"{bucket}.{os.getpid()}").open("ab") as file:
                    file.write(b"".join(own))

    def sort(self, bucket: int, end: int) -> tuple["array[int]", "array[int]"]:
        """(duplicates, superseded) of the ballots in this bucket, among entries below `end`."""
        duplicates, superseded, last = array("Q"), array("Q"), b""
        for row in sorted(self._rows(bucket, end)):
            if row[:18] == last[:18]:  # one tag and serial: the first in the log stays
                duplicates.append(_index(row))
                continue
            if row[:16] == last[:16]:
                superseded.append(_index(last))
            last = row
        return duplicates, superseded

    def _rows(self, bucket: int, end: int) -> Iterable[bytes]:
        for path in Path(self.folder).glob(f"{bucket}.*"):
            data = path.read_bytes()
            for at in range(0, len(data), ROW):
                row = data[at : at + ROW]
                if _index(row) < end:
                    yield row


def _index(row: bytes) -> int:
    return int.from_bytes(row[18:], "big")
