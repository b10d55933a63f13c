"""`./laurels manage index_library`: makes the index of the library anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from laurels.library.search.reading import read_documents
from laurels.library.search.rebuilding import rebuild

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = (
        "Make the index of the library anew from its public initiatives. The old index answers"
        " until the new one is whole; saving an initiative waits meanwhile."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--processes", type=int, default=0, help="processes that analyse; 0 is this one"
        )

    def handle(self, *_args: Any, processes: int, **_options: Any) -> None:
        count = rebuild(read_documents, processes=processes)
        self.stdout.write(f"{count} initiatives can be found.")
