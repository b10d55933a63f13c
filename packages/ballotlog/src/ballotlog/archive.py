"""Where an archive lies: a directory, a zip, a URL prefix or memory (SPEC section 2).

This is the edge: the only module that reads disk and network. `read` gives None for what is
missing and raises Unreadable for whatever else goes wrong. Archives travel to other processes.
"""

import http.client
import re
import urllib.error
import urllib.request
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple, Protocol

from ballotlog.errors import Unreadable
from ballotlog.tiles import LARGEST_BUNDLE

# No file of an archive is larger; of a larger one, one byte more is enough to refuse it.
ENOUGH = LARGEST_BUNDLE + 1
SIZE_NAME = re.compile("0|[1-9][0-9]{0,14}")
LOCAL_HEADER = 30
ENCRYPTED = 1
ATTEMPTS = 3
PATIENCE = 60  # seconds
NOT_FOUND = 404


class Archive(Protocol):
    def read(self, path: str) -> bytes | None: ...

    def kept_sizes(self, stages: Iterable[int]) -> list[int]:
        """Sizes of the kept checkpoints, or those of `stages` where they cannot be listed."""


def open_archive(name: str, cache: Path) -> Archive:
    """By its name on the command line; what is fetched from a URL is kept in `cache`."""
    if name.startswith(("http://", "https://")):
        return Url(name, cache)
    return Directory(Path(name)) if Path(name).is_dir() else Zip(Path(name))


def read_file(name: str) -> bytes:
    """A file named on the command line."""
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Unreadable(str(error)) from error


class Memory:
    """Files by path."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    def read(self, path: str) -> bytes | None:
        return self._files.get(path)

    def kept_sizes(self, stages: Iterable[int]) -> list[int]:  # noqa: ARG002 -- they can be listed
        return _sizes(self._files)


class Directory:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, path: str) -> bytes | None:
        try:
            with (self._folder / path).open("rb") as file:
                return file.read(ENOUGH)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        except OSError as error:
            raise Unreadable(str(error)) from error

    def kept_sizes(self, stages: Iterable[int]) -> list[int]:  # noqa: ARG002 -- they can be listed
        try:
            names = [
                f"checkpoints/{path.name}" for path in (self._folder / "checkpoints").iterdir()
            ]
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise Unreadable(str(error)) from error
        return _sizes(names)


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
        except (OSError, zipfile.BadZipFile, ValueError) as error:
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
        return _sizes(self._members)

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


class Url:
    """A log as it is published. What was read once is kept, so that both passes see the same."""

    def __init__(self, prefix: str, cache: Path) -> None:
        self._prefix = prefix.rstrip("/")
        self._cache = cache

    def read(self, path: str) -> bytes | None:
        kept = self._cache / path.replace("/", "-")
        if kept.exists():
            return kept.read_bytes()
        data = self._fetch(f"{self._prefix}/{path}")
        if data is not None:
            with NamedTemporaryFile(dir=self._cache, delete=False) as file:
                file.write(data)
            Path(file.name).replace(kept)
        return data

    def kept_sizes(self, stages: Iterable[int]) -> list[int]:
        return sorted(set(stages))

    def _fetch(self, url: str) -> bytes | None:
        failure = "no answer"
        for _ in range(ATTEMPTS):
            try:
                with urllib.request.urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 -- http(s)
                    return bytes(answer.read(ENOUGH))
            except urllib.error.HTTPError as error:
                error.close()
                if error.code == NOT_FOUND:
                    return None
                failure = str(error)
            except (OSError, http.client.HTTPException, ValueError) as error:
                failure = str(error)
        raise Unreadable(f"{url}: {failure}")


def _sizes(paths: Iterable[str]) -> list[int]:
    """Names that are no decimal size are not checkpoints."""
    names = (path.removeprefix("checkpoints/") for path in paths if path.startswith("checkpoints/"))
    return sorted(int(name) for name in names if SIZE_NAME.fullmatch(name))
