"""`./laurels manage import_initiatives FILE [--dry-run] [--file-wins]`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from laurels.foundation import clock
from laurels.website.actions.import_initiatives import import_initiatives
from laurels.website.initiative_file.tables import LARGEST_FILE

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from laurels.website.actions.import_initiatives import Import


class Command(BaseCommand):
    help = (
        "Bring initiatives in from a CSV, XLSX or JSON file. All or nothing; the same file twice "
        "changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the file: .csv, .xlsx or .json")
        parser.add_argument("--dry-run", action="store_true", help="check it and write nothing")
        parser.add_argument(
            "--file-wins",
            action="store_true",
            help="where people changed the same field on the site, take the file's value",
        )

    def handle(self, *_args: Any, file: Path, **options: Any) -> None:
        try:
            with file.open("rb") as source:
                content = source.read(LARGEST_FILE + 1)
        except OSError as fault:
            message = f"{file} cannot be read: {fault.strerror}."
            raise CommandError(message) from fault
        done = import_initiatives(
            name=file.name,
            content=content,
            person_name="command line",
            now=clock.now(),
            now_of=clock.award_now,
            is_dry=options["dry_run"],
            file_wins=options["file_wins"],
        )
        for warning in done.findings.warnings:
            self.stderr.write(f"Note: {warning}")
        if not done.is_possible:
            count = len(done.findings.problems)
            things = "1 problem" if count == 1 else f"{count} problems"
            lines = "\n".join(f"  {problem}" for problem in done.findings.problems)
            message = f"{file.name} has {things}; nothing was brought in:\n{lines}"
            raise CommandError(message)
        self.stdout.write(_summary(done, is_dry=options["dry_run"]))


def _summary(done: Import, *, is_dry: bool) -> str:
    if done.changes_nothing:
        return "There is nothing to change: the library says all of it already."
    counts = (
        f"{len(done.created)} new, {len(done.changed)} changed, {done.unchanged_count} as they were"
    )
    return f"Nothing is written yet. It would be {counts}." if is_dry else f"Brought in: {counts}."
