"""BibTeX: one entry to a case, as the case's own page gives it."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from laurels.library.rules import bibtex, citation_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from laurels.library.formats.rows import Entry


def write_bibtex(entries: Iterable[Entry], out: IO[bytes]) -> None:
    for entry in entries:
        out.write(bibtex(citation_of(entry.page, entry.row["url"])).encode())
        out.write(b"\n")
