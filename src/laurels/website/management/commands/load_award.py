"""`./laurels manage load_award FOLDER`: loads the JSON documents of an award."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from laurels.foundation import clock
from laurels.website.actions import Loading, load_award
from laurels.website.award_file.problems import AwardFileIsWrong
from laurels.website.award_file.reading import read_folder

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = (
        "Load an award's file: editions.json, focus.json, partners.json and, where there is one, "
        "pages.json of a folder. All or "
        "nothing; a second loading writes only what changed in the file."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder that holds the three files")

    def handle(self, *_args: Any, folder: Path, **_options: Any) -> None:
        try:
            award, report = read_folder(folder)
            clock.start_demo_clocks()
            loading = load_award(award=award, report=report, now_of=clock.award_now)
        except AwardFileIsWrong as wrong:
            count = len(wrong.problems)
            things = "1 problem" if count == 1 else f"{count} problems"
            lines = "\n".join(f"  {problem}" for problem in wrong.problems)
            message = f"The award's file has {things}; nothing was loaded:\n{lines}"
            raise CommandError(message) from wrong
        for warning in loading.warnings:
            self.stderr.write(f"Note: {warning}")
        self.stdout.write(_summary(loading))


def _summary(loading: Loading) -> str:
    parts = [
        f"{verb} {_list(rows)}"
        for verb, rows in (("made", loading.created), ("changed", loading.changed))
        if rows
    ]
    return f"The award is loaded: {'; '.join(parts) or 'nothing has changed'}."


def _list(rows: dict[str, int]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in sorted(rows.items()))
