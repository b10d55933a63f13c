"""Where an archive lies: a directory, a zip, a URL prefix or memory (SPEC section 2).

This and its neighbours `zipped` and `remote` are the edge, where disk and network are read.
`read` gives None for what is missing and raises Unreadable for whatever else goes wrong. Archives
travel to other processes.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from ballotlog.errors import Unreadable
from ballotlog.tiles import LARGEST_BUNDLE

# No file of an archive is larger; of a larger one, one byte more is enough to refuse it.
ENOUGH = LARGEST_BUNDLE + 1
SIZE_NAME = re.compile("0|[1-9][0-9]{0,14}")


class Archive(Protocol):
    def read(self, path: str) -> bytes | None: ...

    def kept_sizes(self, stages: Iterable[int]) -> list[int]:
        """Sizes of the kept checkpoints, or those of `stages` where they cannot be listed."""


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
        return sizes_among(self._files)


class Directory:
    """Files below a folder, which a sequencer may still be writing to.

    What it keeps is listed first, and so is never larger than the checkpoint that is read later.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept = self._list_kept()

    def read(self, path: str) -> bytes | None:
        try:
            with (self._folder / path).open("rb") as file:
                return file.read(ENOUGH)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        except OSError as error:
            raise Unreadable(str(error)) from error

    def kept_sizes(self, stages: Iterable[int]) -> list[int]:  # noqa: ARG002 -- they can be listed
        if isinstance(self._kept, str):
            raise Unreadable(self._kept)
        return self._kept

    def _list_kept(self) -> list[int] | str:
        """Return the sizes, or what keeps them from being listed."""
        try:
            names = [
                f"checkpoints/{path.name}" for path in (self._folder / "checkpoints").iterdir()
            ]
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            return str(error)
        return sizes_among(names)


def sizes_among(paths: Iterable[str]) -> list[int]:
    """Names that are no decimal size are not checkpoints."""
    names = (path.removeprefix("checkpoints/") for path in paths if path.startswith("checkpoints/"))
    return sorted(int(name) for name in names if SIZE_NAME.fullmatch(name))
