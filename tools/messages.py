"""Gather the words that the interface marks for translation into the catalogues.

    python tools/messages.py            # rewrite every .po: new words come in, gone ones go out
    python tools/messages.py --state    # how much of each language is translated

No GNU gettext is needed: Django's own reader of templates and Babel do it. Translators edit
`src/laurels/locale/<language>/LC_MESSAGES/django.po`; `./laurels up` compiles.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract, extract_python
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src/laurels"
FOLDER = SOURCES / "locale"
LANGUAGES = ("ar", "es", "fr", "ru", "zh_Hans")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# Nothing that changes with the hour or the person, so that two runs give one file.
NAMED: dict[str, Any] = {
    "project": "Laurels",
    "version": "1",
    "msgid_bugs_address": "none",
    "creation_date": datetime(2026, 11, 24, tzinfo=UTC),
    "revision_date": datetime(2026, 11, 24, tzinfo=UTC),
    "last_translator": "none",
    "language_team": "none",
}
# Babel's own forms of Arabic take 11 to 99 for "other" (CLDR: "many").
PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=11 ? 4 : 5);"
}
HEADER = """\
# Laurels in {language}: the words of its interface.
# Drafts by people and programs that are no native speakers; they await review."""


def words_of_template(
    file: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[Any]:
    from django.utils.translation.template import templatize

    # What stands around the words is no Python; without its indents it is read as if it were.
    lines = templatize(file.read().decode(), origin="a template").splitlines()
    python = "\n".join(line.strip() for line in lines)
    yield from extract_python(BytesIO(python.encode()), keywords, comment_tags, options)


def gather(sources: Path = SOURCES) -> Catalog:
    """Return every marked word of Python files and templates."""
    template = Catalog(project="Laurels", charset="utf-8")
    for path in sorted(sources.rglob("*")):
        method = {".py": "python", ".html": words_of_template, ".txt": words_of_template}.get(
            path.suffix
        )
        is_template = path.suffix == ".py" or "templates" in path.parts
        if method is None or not is_template or "migrations" in path.parts:
            continue
        with path.open("rb") as file:
            for _line, message, _comments, context in extract(method, file, keywords=KEYWORDS):
                place = [(str(path.relative_to(sources)), 0)]
                template.add(message, locations=place, context=context)
    return template


def update(language: str, template: Catalog) -> Catalog:
    """Return a language's catalogue with exactly the words of `template`."""
    file = FOLDER / language / "LC_MESSAGES/django.po"
    catalogue = Catalog(
        locale=language,
        header_comment=HEADER.format(language=language),
        fuzzy=False,
        **NAMED,
    )
    if language in PLURALS:
        catalogue.mime_headers = [("Plural-Forms", PLURALS[language])]
    if file.exists():
        with file.open("rb") as stored:
            for message in read_po(stored, locale=language):
                if message.id:
                    catalogue[message.id] = message
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stored:
        write_po(stored, catalogue, width=100, no_location=True, sort_output=True)
    return catalogue


def translated(catalogue: Catalog) -> tuple[int, int]:
    """Return how many messages are translated, and how many there are."""
    messages = [message for message in catalogue if message.id]
    done = [message for message in messages if message.string and all(message.string)]
    return len(done), len(messages)


def main() -> None:
    import django
    from django.conf import settings

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--state", action="store_true", help="write nothing, only count")
    is_only_asked = parser.parse_args().state
    settings.configure(USE_I18N=True)
    django.setup()
    template = gather()
    for language in LANGUAGES:
        if is_only_asked:
            with (FOLDER / language / "LC_MESSAGES/django.po").open("rb") as stored:
                done, _all = translated(read_po(stored, locale=language))
            count = len([message for message in template if message.id])
        else:
            done, count = translated(update(language, template))
        print(f"{language}: {done} of {count} translated")


if __name__ == "__main__":
    sys.exit(main())
