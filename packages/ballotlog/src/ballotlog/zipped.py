"""An archive in a zip file (SPEC section 2)."""

import struct
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from ballotlog.archive import ENOUGH, sizes_among
from ballotlog.errors import Unreadable

# What zipfile raises for a directory that is damaged, or written by a zip of the future.
DAMAGE = (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error)
LOCAL_HEADER = 30
ENCRYPTED = 1


class Member(NamedTuple):
    """What the central directory says of a file in a zip."""

    offset: int
    packed: int
    size: int
    checksum: int
    method: int
    flags: int


class Zip:
    """Only the central directory is believed; local headers are skipped over."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            with zipfile.ZipFile(path) as archive:
                members = archive.infolist()
        except (*DAMAGE, OSError) as error:
            raise Unreadable(f"{path}: {error}") from error
        self._members = {
            m.filename: Member(
                m.header_offset, m.compress_size, m.file_size, m.CRC, m.compress_type, m.flag_bits
            )
            for m in members
        }
        if len(self._members) < len(members):
            raise Unreadable(f"{path}: two members of one name")

    def read(self, path: str) -> bytes | None:
        member = self._members.get(path)
        if member is None:
            return None
        data = self._unpack(member)
        if data is None or len(data) != member.size or zlib.crc32(data) != member.checksum:
            raise Unreadable(f"{self._path}: {path} is damaged")
        return data

    def kept_sizes(self, stages: Iterable[int]) -> list[int]:  # noqa: ARG002 -- they can be listed
        return sizes_among(self._members)

    def _unpack(self, member: Member) -> bytes | None:
        if member.flags & ENCRYPTED or member.size > ENOUGH:
            return None
        packed = self._packed(member)
        if member.method == zipfile.ZIP_STORED:
            return packed
        if member.method != zipfile.ZIP_DEFLATED:
            return None
        try:
            return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, member.size + 1)
        except zlib.error:
            return None

    def _packed(self, member: Member) -> bytes:
        try:
            with self._path.open("rb") as file:
                file.seek(member.offset)
                header = file.read(LOCAL_HEADER)
                lengths = header[26:28], header[28:30]  # of name and extra field
                file.seek(sum(int.from_bytes(n, "little") for n in lengths), 1)
                return file.read(min(member.packed, 2 * ENOUGH))
        except OSError as error:
            raise Unreadable(str(error)) from error
