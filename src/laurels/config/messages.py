"""The words of the interface in its languages: catalogues of GNU gettext, read by Babel.

`.po` files lie in the tree and are written by people; `.mo` files, which Django reads, are made
from them when an installation is prepared, and before the tests.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parents[1] / "locale"


def compile_catalogues(folder: Path = FOLDER) -> list[Path]:
    """Write each `.mo` that is missing or says something else than its `.po`; return those."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/django.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parents[1].name)
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        target = source.with_suffix(".mo")
        if not target.exists() or target.read_bytes() != compiled.getvalue():
            # A process that starts now reads the old file or the new one, never half of it.
            unfinished = target.with_suffix(".new")
            unfinished.write_bytes(compiled.getvalue())
            unfinished.replace(target)
            written.append(target)
    return written
