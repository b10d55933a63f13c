"""Brings databases, static files and the award's content up to date with this checkout.

Run by `laurels up` as `python -m laurels.config.prepare`; skipped while nothing has changed.
"""

import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from laurels.config import messages
from laurels.config.environment import EnvironmentIsIncompleteError

ROOT = Path(__file__).resolve().parents[3]
AWARD = ROOT / "data/award"
LOCK = ROOT / "requirements.lock"
SOURCES = ROOT / "src/laurels"
MADE = {".pyc", ".mo"}


def fingerprint(files: Iterable[Path]) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for file in sorted(files):
        digest.update(f"{file.relative_to(ROOT)}\0{file.stat().st_size}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def everything() -> str:
    """Return a fingerprint of all that preparing depends on."""
    sources = [file for file in SOURCES.rglob("*") if file.is_file() and file.suffix not in MADE]
    return fingerprint([LOCK, *sources, *AWARD.glob("*")])


def static_files() -> str:
    return fingerprint([LOCK, *(file for file in SOURCES.glob("*/static/**/*") if file.is_file())])


def is_prepared(data: Path) -> bool:
    mark = data / "prepared"
    return mark.exists() and mark.read_text() == everything()


def main() -> None:
    import django
    from django.conf import settings
    from django.core.management import call_command

    now = everything()
    messages.compile_catalogues()
    try:
        django.setup()
    except EnvironmentIsIncompleteError as problem:
        sys.exit(str(problem))
    print("Bringing both databases up to date", flush=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("migrate", "registrar", database="registrar", verbosity=0, interactive=False)
    collected = settings.DATA / "collected"
    if not collected.exists() or collected.read_text() != static_files():
        print("Collecting style sheets, scripts and pictures", flush=True)
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        collected.write_text(static_files())
    if settings.DEMO:
        print("Loading the award's editions, cities and articles", flush=True)
        call_command("load_award", str(AWARD))
    # Made anew whenever the program changed, since how texts are analysed may have.
    call_command("index_library")
    (settings.DATA / "prepared").write_text(now)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laurels.config.settings")
    main()
