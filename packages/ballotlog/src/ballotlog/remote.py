"""An archive behind a URL prefix (SPEC section 2), and how the command opens any archive."""

import http.client
import urllib.error
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile

from ballotlog.archive import ENOUGH, Archive, Directory
from ballotlog.errors import Unreadable
from ballotlog.zipped import Zip

ATTEMPTS = 3
PATIENCE = 60  # seconds
NOT_FOUND = 404


def open_archive(name: str, cache: Path) -> Archive:
    """By its name on the command line; what is fetched from a URL is kept in `cache`."""
    if name.startswith(("http://", "https://")):
        return Url(name, cache)
    return Directory(Path(name)) if Path(name).is_dir() else Zip(Path(name))


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
                    data = bytes(answer.read(ENOUGH))
                    if not answer.length or len(data) == ENOUGH:
                        return data
                failure = "the answer was cut off"
            except urllib.error.HTTPError as error:
                error.close()
                if error.code == NOT_FOUND:
                    return None
                failure = str(error)
            except (OSError, http.client.HTTPException, ValueError) as error:
                failure = str(error)
        raise Unreadable(f"{url}: {failure}")
